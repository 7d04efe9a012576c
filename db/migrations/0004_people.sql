CREATE TABLE "account_links" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"email_change_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "account_links_email_change" CHECK (("account_links"."purpose" in ('ancienne_adresse', 'nouvelle_adresse')) = ("account_links"."email_change_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "email_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"new_email" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"old_confirmed_at" timestamp with time zone,
	"new_confirmed_at" timestamp with time zone,
	"applied_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "email_changes_normalized" CHECK ("email_changes"."new_email" = lower(trim("email_changes"."new_email")))
);
--> statement-breakpoint
CREATE TABLE "mail_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"session_id" text NOT NULL,
	"code_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "security_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"account_id" uuid,
	"by" uuid,
	"event" text NOT NULL,
	"address" text
);
--> statement-breakpoint
CREATE TABLE "totp_credentials" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" integer
);
--> statement-breakpoint
CREATE TABLE "external_bodies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"name" text NOT NULL,
	"organisation_id" uuid,
	"purpose" text DEFAULT '' NOT NULL,
	"ends_on" date,
	CONSTRAINT "external_bodies_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "external_bodies_name" UNIQUE("consortium_id","name")
);
--> statement-breakpoint
CREATE TABLE "mandate_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"function" text NOT NULL,
	"function_label" text NOT NULL,
	"carries_voice" boolean DEFAULT false NOT NULL,
	"civilite" text NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"email" text NOT NULL,
	"qualite" text NOT NULL,
	"starts_on" date NOT NULL,
	"titulaire_mandate_id" uuid,
	"replaces_mandate_id" uuid,
	"message" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'proposee' NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"proposed_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"reason" text,
	"mandate_id" uuid,
	CONSTRAINT "mandate_proposals_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "mandate_proposals_answered" CHECK (("mandate_proposals"."state" = 'proposee') = ("mandate_proposals"."answered_at" is null)),
	CONSTRAINT "mandate_proposals_reason" CHECK ("mandate_proposals"."state" <> 'retournee' or "mandate_proposals"."reason" is not null),
	CONSTRAINT "mandate_proposals_mandate" CHECK (("mandate_proposals"."state" = 'acceptee') = ("mandate_proposals"."mandate_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "visibility_defaults" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"minutes_visibility" text NOT NULL,
	CONSTRAINT "visibility_defaults_once" UNIQUE("consortium_id","kind"),
	CONSTRAINT "visibility_defaults_technical_minutes_reach_their_level" CHECK ("visibility_defaults"."kind" not in ('groupe_operationnel', 'groupe_transversal') or "visibility_defaults"."minutes_visibility" <> 'instance')
);
--> statement-breakpoint
CREATE TABLE "outgoing_mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid,
	"kind" text NOT NULL,
	"account_id" uuid NOT NULL,
	"about" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'en_attente' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone,
	"abandon_reason" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_tried_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "outgoing_mails_sent" CHECK (("outgoing_mails"."state" = 'envoye') = ("outgoing_mails"."sent_at" is not null)),
	CONSTRAINT "outgoing_mails_abandoned" CHECK (("outgoing_mails"."state" = 'abandonne') = ("outgoing_mails"."abandoned_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "site_texts" (
	"key" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "verification" text;--> statement-breakpoint
ALTER TABLE "instances" ADD COLUMN "opens_writing_to_members" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "instances" ADD COLUMN "voting_rules" jsonb;--> statement-breakpoint
ALTER TABLE "instances" ADD COLUMN "ends_on" date;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "replaces_mandate_id" uuid;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "reads_dossier" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "entered_on" date;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "entered_by_decision_id" uuid;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "entered_by_act" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "left_on" date;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_email_change_id_email_changes_id_fk" FOREIGN KEY ("email_change_id") REFERENCES "public"."email_changes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_codes" ADD CONSTRAINT "mail_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_codes" ADD CONSTRAINT "mail_codes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_log" ADD CONSTRAINT "security_log_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_log" ADD CONSTRAINT "security_log_by_accounts_id_fk" FOREIGN KEY ("by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_credentials" ADD CONSTRAINT "totp_credentials_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_bodies" ADD CONSTRAINT "external_bodies_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_bodies" ADD CONSTRAINT "external_bodies_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_titulaire_mandate_id_mandates_id_fk" FOREIGN KEY ("titulaire_mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_replaces_mandate_id_mandates_id_fk" FOREIGN KEY ("replaces_mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_proposed_by_accounts_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_answered_by_accounts_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_mandate_id_mandates_id_fk" FOREIGN KEY ("mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandate_proposals" ADD CONSTRAINT "mandate_proposals_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visibility_defaults" ADD CONSTRAINT "visibility_defaults_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD CONSTRAINT "outgoing_mails_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_texts" ADD CONSTRAINT "site_texts_updated_by_accounts_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_links_account" ON "account_links" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "email_changes_account" ON "email_changes" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mail_codes_session" ON "mail_codes" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_account" ON "recovery_codes" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "security_log_at" ON "security_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "security_log_account" ON "security_log" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "mandate_proposals_by_organisation" ON "mandate_proposals" USING btree ("organisation_id","proposed_at");--> statement-breakpoint
CREATE INDEX "outgoing_mails_by_consortium" ON "outgoing_mails" USING btree ("consortium_id","created_at");--> statement-breakpoint
CREATE INDEX "outgoing_mails_by_account" ON "outgoing_mails" USING btree ("account_id","created_at");--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_replaces_mandate_id_mandates_id_fk" FOREIGN KEY ("replaces_mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_entered_by_decision" FOREIGN KEY ("consortium_id","entered_by_decision_id") REFERENCES "public"."decisions"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_verification" CHECK (("sessions"."verified_at" is null) = ("sessions"."verification" is null));--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_dossier" CHECK (not "mandates"."reads_dossier" or "mandates"."function" = 'assistant');--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_days" CHECK ("organisations"."left_on" is null or "organisations"."entered_on" is null or "organisations"."left_on" >= "organisations"."entered_on");