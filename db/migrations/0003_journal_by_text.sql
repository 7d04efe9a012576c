DROP INDEX "live_text_updates_by_text";--> statement-breakpoint
ALTER TABLE "live_text_updates" DROP CONSTRAINT "live_text_updates_pkey";--> statement-breakpoint
ALTER TABLE "live_text_updates" ADD CONSTRAINT "live_text_updates_live_text_id_seq_pk" PRIMARY KEY("live_text_id","seq");
