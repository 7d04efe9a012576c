ALTER TABLE "mandate_proposals" ADD COLUMN "kind" text DEFAULT 'designation' NOT NULL;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD COLUMN "ends_on" date;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD COLUMN "ends_mandate_id" uuid;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_ends_mandate_id_mandates_id_fk" FOREIGN KEY ("ends_mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_days" CHECK ("mandate_proposals"."ends_on" is null or "mandate_proposals"."ends_on" >= "mandate_proposals"."starts_on");--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_end" CHECK ("mandate_proposals"."kind" <> 'fin' or "mandate_proposals"."ends_on" is not null);--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_ends" CHECK ("mandate_proposals"."ends_mandate_id" is null or "mandate_proposals"."kind" = 'fin');