CREATE TABLE "item_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"title" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'proposee' NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"proposed_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"answer" text,
	CONSTRAINT "item_proposals_answered" CHECK (("item_proposals"."state" = 'proposee') = ("item_proposals"."answered_at" is null)),
	CONSTRAINT "item_proposals_set_aside" CHECK ("item_proposals"."state" <> 'ecartee' or "item_proposals"."answer" is not null)
);
--> statement-breakpoint
ALTER TABLE "item_proposals" ADD CONSTRAINT "item_proposals_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_proposals" ADD CONSTRAINT "item_proposals_proposed_by_accounts_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_proposals" ADD CONSTRAINT "item_proposals_answered_by_accounts_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_proposals" ADD CONSTRAINT "item_proposals_meeting" FOREIGN KEY ("consortium_id","meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "item_proposals_by_meeting" ON "item_proposals" USING btree ("meeting_id","proposed_at");