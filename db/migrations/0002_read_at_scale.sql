ALTER TABLE "action_items" DROP CONSTRAINT "action_items_block";--> statement-breakpoint
ALTER TABLE "points_of_attention" DROP CONSTRAINT "points_of_attention_block";--> statement-breakpoint
ALTER TABLE "decision_answers_seen" DROP CONSTRAINT "decision_answers_seen_once";--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_block";--> statement-breakpoint
ALTER TABLE "prestataire_attachments" DROP CONSTRAINT "prestataire_attachments_once";--> statement-breakpoint
ALTER TABLE "live_texts" DROP CONSTRAINT "live_texts_once";--> statement-breakpoint
ALTER TABLE "attendance" DROP CONSTRAINT "attendance_once";--> statement-breakpoint
ALTER TABLE "invitations" DROP CONSTRAINT "invitations_once";--> statement-breakpoint
ALTER TABLE "minutes" DROP CONSTRAINT "minutes_of_meeting";--> statement-breakpoint
ALTER TABLE "minutes_recipients" DROP CONSTRAINT "minutes_recipients_once";--> statement-breakpoint
ALTER TABLE "minutes_versions" DROP CONSTRAINT "minutes_versions_once";--> statement-breakpoint
DROP INDEX "decisions_by_proposing";--> statement-breakpoint
DROP INDEX "minutes_recipients_account";--> statement-breakpoint
DROP INDEX "register_events_by_decision";--> statement-breakpoint
DROP INDEX "mandates_by_instance";--> statement-breakpoint
DROP INDEX "organisation_names_by_organisation";--> statement-breakpoint
DROP INDEX "agenda_items_by_meeting";--> statement-breakpoint
DROP INDEX "meetings_by_instance";--> statement-breakpoint
DROP INDEX "meetings_by_date";--> statement-breakpoint
DROP INDEX "minutes_approvals_by_minutes";--> statement-breakpoint
CREATE INDEX "action_items_open_of_mandate" ON "action_items" USING btree ("owner_mandate_id") WHERE "action_items"."state" in ('a_faire', 'en_cours');--> statement-breakpoint
CREATE INDEX "action_items_open_of_organisation" ON "action_items" USING btree ("owner_organisation_id") WHERE "action_items"."state" in ('a_faire', 'en_cours');--> statement-breakpoint
CREATE INDEX "action_items_open_of_instance" ON "action_items" USING btree ("owner_instance_id") WHERE "action_items"."state" in ('a_faire', 'en_cours');--> statement-breakpoint
CREATE INDEX "decisions_by_date" ON "decisions" USING btree ("consortium_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_state_and_date" ON "decisions" USING btree ("consortium_id","state","proposed_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_competent_and_date" ON "decisions" USING btree ("competent_instance_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_proposing_and_date" ON "decisions" USING btree ("proposing_instance_id","proposed_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_answer" ON "decisions" USING btree ("proposing_instance_id","result_recorded_at");--> statement-breakpoint
CREATE INDEX "meetings_to_come" ON "meetings" USING btree ("consortium_id","instance_id","starts_at") WHERE "meetings"."state" in ('preparation', 'invitations_envoyees', 'en_cours');--> statement-breakpoint
CREATE INDEX "minutes_by_state" ON "minutes" USING btree ("consortium_id","state");--> statement-breakpoint
CREATE INDEX "minutes_recipients_unread" ON "minutes_recipients" USING btree ("account_id") WHERE "minutes_recipients"."read_at" is null;--> statement-breakpoint
CREATE INDEX "register_events_by_decision" ON "register_events" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "mandates_by_instance" ON "mandates" USING btree ("instance_id");--> statement-breakpoint
CREATE INDEX "organisation_names_by_organisation" ON "organisation_names" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "agenda_items_by_meeting" ON "agenda_items" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "meetings_by_instance" ON "meetings" USING btree ("instance_id","starts_at");--> statement-breakpoint
CREATE INDEX "meetings_by_date" ON "meetings" USING btree ("consortium_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "minutes_approvals_by_minutes" ON "minutes_approvals" USING btree ("minutes_id");--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_block" UNIQUE("minutes_id","block_id","consortium_id");--> statement-breakpoint
ALTER TABLE "points_of_attention" ADD CONSTRAINT "points_of_attention_block" UNIQUE("minutes_id","block_id","consortium_id");--> statement-breakpoint
ALTER TABLE "decision_answers_seen" ADD CONSTRAINT "decision_answers_seen_once" UNIQUE("decision_id","account_id","consortium_id");--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_block" UNIQUE("minutes_id","block_id","consortium_id");--> statement-breakpoint
ALTER TABLE "prestataire_attachments" ADD CONSTRAINT "prestataire_attachments_once" UNIQUE("consortium_function_id","instance_id","consortium_id");--> statement-breakpoint
ALTER TABLE "live_texts" ADD CONSTRAINT "live_texts_once" UNIQUE("minutes_id","epoch","consortium_id");--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_once" UNIQUE("meeting_id","mandate_id","consortium_id");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_once" UNIQUE("meeting_id","account_id","consortium_id");--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_of_meeting" UNIQUE("meeting_id","consortium_id");--> statement-breakpoint
ALTER TABLE "minutes_recipients" ADD CONSTRAINT "minutes_recipients_once" UNIQUE("minutes_id","version","account_id","consortium_id");--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_once" UNIQUE("minutes_id","version","consortium_id");