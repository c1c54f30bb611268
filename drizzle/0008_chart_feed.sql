CREATE TABLE "song_revision" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "song_revision_one" CHECK ("song_revision"."one")
);
--> statement-breakpoint
ALTER TABLE "ingest_day" ADD COLUMN "charted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Days that were delivered before the column was there.
UPDATE "ingest_day" SET "charted" = true FROM (SELECT DISTINCT "day", "feed" FROM "song_day" WHERE "floor" IS NOT NULL) AS "floors"
WHERE "ingest_day"."kind" = 'daily' AND "ingest_day"."day" = "floors"."day" AND "ingest_day"."feed" = "floors"."feed";
