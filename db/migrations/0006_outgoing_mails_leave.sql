ALTER TABLE "outgoing_mails" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "sent_by" uuid;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "abandoned_by" uuid;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_sent_by_accounts_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_abandoned_by_accounts_id_fk" FOREIGN KEY ("abandoned_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outgoing_mails_waiting" ON "outgoing_mails" USING btree ("due_at") WHERE "outgoing_mails"."state" = 'en_attente';--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_reason" CHECK (("outgoing_mails"."state" = 'abandonne') = ("outgoing_mails"."abandon_reason" is not null));