CREATE TABLE "score_model" (
	"id" text PRIMARY KEY NOT NULL,
	"card" jsonb NOT NULL,
	"onnx" "bytea" NOT NULL,
	"songs" text NOT NULL,
	"report" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"active" boolean DEFAULT false NOT NULL,
	"activated_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "demo" ADD COLUMN "artist" text;--> statement-breakpoint
ALTER TABLE "demo" ADD COLUMN "isrc" text;--> statement-breakpoint
ALTER TABLE "demo" ADD COLUMN "lufs" real;--> statement-breakpoint
ALTER TABLE "demo" ADD COLUMN "song_id" integer;--> statement-breakpoint
ALTER TABLE "demo" ADD COLUMN "linked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "score" ADD COLUMN "hook_by" text;--> statement-breakpoint
ALTER TABLE "score" ADD COLUMN "embedding" real[];--> statement-breakpoint
ALTER TABLE "score" ADD COLUMN "answer" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "score_model_active" ON "score_model" USING btree ("active") WHERE "score_model"."active";--> statement-breakpoint
CREATE INDEX "demo_song" ON "demo" USING btree ("song_id") WHERE "demo"."song_id" is not null;