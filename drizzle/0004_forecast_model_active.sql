ALTER TABLE "forecast_model" ADD COLUMN "learned_until" date;--> statement-breakpoint
ALTER TABLE "forecast_model" ADD COLUMN "active" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What a model learned from was not kept before: at most every song that has 60 days by now.
UPDATE "forecast_model" SET "learned_until" = coalesce((SELECT max("day") FROM "ingest_day"), "made_at"::date) - 59;--> statement-breakpoint
ALTER TABLE "forecast_model" ALTER COLUMN "learned_until" SET NOT NULL;--> statement-breakpoint
UPDATE "forecast_model" m SET "active" = true WHERE "activated_at" = (SELECT max("activated_at") FROM "forecast_model" o WHERE o."kind" = m."kind");--> statement-breakpoint
CREATE UNIQUE INDEX "forecast_model_active" ON "forecast_model" USING btree ("kind") WHERE "forecast_model"."active";
