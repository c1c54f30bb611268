-- A forecast by a model of the catalogue's own asks for the listeners of one song and of its artist's earlier ones.
CREATE INDEX "play_song" ON "play" USING btree ("song_id","day");
