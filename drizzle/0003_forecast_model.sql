CREATE TABLE "forecast_model" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"engine" jsonb NOT NULL,
	"contest" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"activated_at" timestamp with time zone
);
