CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"phone" text,
	"password_hash" text,
	"is_administrateur" boolean DEFAULT false NOT NULL,
	"suspended_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email"),
	CONSTRAINT "accounts_email_normalized" CHECK ("accounts"."email" = lower(trim("accounts"."email")))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "action_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"instance_id" uuid NOT NULL,
	"wording" text NOT NULL,
	"owner_kind" text,
	"owner_label" text DEFAULT '' NOT NULL,
	"owner_mandate_id" uuid,
	"owner_organisation_id" uuid,
	"owner_instance_id" uuid,
	"due_on" date,
	"state" text DEFAULT 'a_faire' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid,
	CONSTRAINT "action_items_block" UNIQUE("consortium_id","minutes_id","block_id"),
	CONSTRAINT "action_items_owner" CHECK (num_nonnulls("action_items"."owner_mandate_id", "action_items"."owner_organisation_id", "action_items"."owner_instance_id") = case when "action_items"."owner_kind" is null then 0 else 1 end)
);
--> statement-breakpoint
CREATE TABLE "points_of_attention" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"instance_id" uuid NOT NULL,
	"wording" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "points_of_attention_block" UNIQUE("consortium_id","minutes_id","block_id")
);
--> statement-breakpoint
CREATE TABLE "decision_answers_seen" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_answers_seen_once" UNIQUE("consortium_id","decision_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"block_id" text NOT NULL,
	"origin_meeting_id" uuid NOT NULL,
	"proposing_instance_id" uuid NOT NULL,
	"competent_instance_id" uuid NOT NULL,
	"nature" text NOT NULL,
	"wording" text NOT NULL,
	"reasons" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"agenda_meeting_id" uuid,
	"number_year" integer,
	"number_rank" integer,
	"number" text,
	"result_meeting_id" uuid,
	"result_on" date,
	"result_reason" text,
	"result_recorded_at" timestamp with time zone,
	"result_recorded_by" uuid,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_reason" text,
	CONSTRAINT "decisions_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "decisions_block" UNIQUE("consortium_id","minutes_id","block_id"),
	CONSTRAINT "decisions_number" UNIQUE("consortium_id","competent_instance_id","number_year","number_rank"),
	CONSTRAINT "decisions_numbered" CHECK (("decisions"."state" in ('adoptee', 'rejetee', 'prise_d_acte')) = ("decisions"."number" is not null)),
	CONSTRAINT "decisions_basis" CHECK ("decisions"."state" not in ('adoptee', 'rejetee', 'prise_d_acte', 'ajournee') or "decisions"."result_meeting_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "register_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"rank" integer NOT NULL,
	"decision_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"salt" text NOT NULL,
	"payload_hash" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	CONSTRAINT "register_events_rank" UNIQUE("consortium_id","rank")
);
--> statement-breakpoint
CREATE TABLE "register_heads" (
	"consortium_id" uuid PRIMARY KEY NOT NULL,
	"rank" integer NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "competence_rules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"nature" text NOT NULL,
	"instance_id" uuid,
	"starts_on" date NOT NULL,
	"ends_on" date,
	CONSTRAINT "competence_rules_once" UNIQUE("consortium_id","nature","starts_on")
);
--> statement-breakpoint
CREATE TABLE "consortia" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"territory" text NOT NULL,
	"purpose" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consortia_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "consortium_functions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"organisation_id" uuid,
	"function" text NOT NULL,
	"civilite" text NOT NULL,
	"qualite" text NOT NULL,
	"function_label" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consortium_functions_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "consortium_functions_days" CHECK ("consortium_functions"."ends_on" is null or "consortium_functions"."ends_on" >= "consortium_functions"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "instances" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"code" text NOT NULL,
	"level" text NOT NULL,
	"kind" text NOT NULL,
	"parent_id" uuid,
	"territory" text,
	"purpose" text DEFAULT '' NOT NULL,
	"roles" text[] DEFAULT '{}'::text[] NOT NULL,
	"composition" text DEFAULT '' NOT NULL,
	"cadence" text DEFAULT '' NOT NULL,
	"meetings_per_year" integer,
	"validator_rule" text NOT NULL,
	"draft_readers" text NOT NULL,
	"minutes_visibility" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "instances_slug" UNIQUE("consortium_id","slug"),
	CONSTRAINT "instances_code" UNIQUE("consortium_id","code"),
	CONSTRAINT "instances_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "instances_technical_minutes_reach_their_level" CHECK ("instances"."kind" not in ('groupe_operationnel', 'groupe_transversal') or "instances"."minutes_visibility" <> 'instance')
);
--> statement-breakpoint
CREATE TABLE "mandates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"function" text NOT NULL,
	"civilite" text NOT NULL,
	"qualite" text NOT NULL,
	"function_label" text NOT NULL,
	"carries_voice" boolean DEFAULT false NOT NULL,
	"titulaire_mandate_id" uuid,
	"meeting_id" uuid,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mandates_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "mandates_days" CHECK ("mandates"."ends_on" is null or "mandates"."ends_on" >= "mandates"."starts_on"),
	CONSTRAINT "mandates_invite_meeting" CHECK (("mandates"."function" = 'invite') = ("mandates"."meeting_id" is not null)),
	CONSTRAINT "mandates_titulaire" CHECK (("mandates"."function" in ('suppleant', 'assistant')) = ("mandates"."titulaire_mandate_id" is not null)),
	CONSTRAINT "mandates_voice" CHECK (not "mandates"."carries_voice" or "mandates"."function" in ('president', 'copilote', 'membre'))
);
--> statement-breakpoint
CREATE TABLE "organisation_names" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"phase" text NOT NULL,
	"territory" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "organisations_slug" UNIQUE("consortium_id","slug"),
	CONSTRAINT "organisations_tenant" UNIQUE("consortium_id","id")
);
--> statement-breakpoint
CREATE TABLE "prestataire_attachments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"consortium_function_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	CONSTRAINT "prestataire_attachments_once" UNIQUE("consortium_id","consortium_function_id","instance_id")
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"consortium_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"by" uuid,
	"verb" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_text_undecodable" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"live_text_id" uuid NOT NULL,
	"update" "bytea" NOT NULL,
	"error" text NOT NULL,
	"set_aside_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_text_updates" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"live_text_id" uuid NOT NULL,
	"update" "bytea" NOT NULL,
	"account_id" uuid,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_texts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"schema_version" integer NOT NULL,
	"state" "bytea" NOT NULL,
	"journalled_through" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"first_edited_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "live_texts_once" UNIQUE("consortium_id","minutes_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "agenda_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"reporter" text DEFAULT '' NOT NULL,
	"duration_minutes" integer,
	"decision_id" uuid,
	CONSTRAINT "agenda_items_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "agenda_items_duration" CHECK ("agenda_items"."duration_minutes" is null or "agenda_items"."duration_minutes" between 1 and 600)
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"mandate_id" uuid NOT NULL,
	"status" text NOT NULL,
	"mode" text,
	"represented_by" text,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "attendance_once" UNIQUE("consortium_id","meeting_id","mandate_id"),
	CONSTRAINT "attendance_mode" CHECK ("attendance"."mode" is null or "attendance"."status" in ('present', 'represente')),
	CONSTRAINT "attendance_represented" CHECK (("attendance"."status" = 'represente') = ("attendance"."represented_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_by" uuid NOT NULL,
	CONSTRAINT "invitations_once" UNIQUE("consortium_id","meeting_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"state" text DEFAULT 'preparation' NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"place" text DEFAULT '' NOT NULL,
	"link" text DEFAULT '' NOT NULL,
	"previous_meeting_id" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"announced_at" timestamp with time zone,
	"announced_by" uuid,
	"started_at" timestamp with time zone,
	"started_by" uuid,
	"held_at" timestamp with time zone,
	"held_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"replaced_by_id" uuid,
	CONSTRAINT "meetings_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "meetings_hours" CHECK ("meetings"."ends_at" is null or "meetings"."ends_at" > "meetings"."starts_at"),
	CONSTRAINT "meetings_announced" CHECK ("meetings"."state" in ('preparation', 'annulee') or "meetings"."announced_at" is not null),
	CONSTRAINT "meetings_held" CHECK (("meetings"."state" = 'tenue') = ("meetings"."held_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"state" text DEFAULT 'brouillon' NOT NULL,
	"visibility" text NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"opened_to_members_at" timestamp with time zone,
	"opened_to_members_by" uuid,
	"proofreading_at" timestamp with time zone,
	"proofreading_by" uuid,
	"validated_at" timestamp with time zone,
	"validated_by" uuid,
	"distributed_at" timestamp with time zone,
	"distributed_by" uuid,
	"approved_at" timestamp with time zone,
	"approved_by" uuid,
	"approved_meeting_id" uuid,
	CONSTRAINT "minutes_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "minutes_of_meeting" UNIQUE("consortium_id","meeting_id"),
	CONSTRAINT "minutes_validated" CHECK (("minutes"."state" in ('valide', 'diffuse', 'approuve')) = ("minutes"."validated_at" is not null)),
	CONSTRAINT "minutes_distributed" CHECK (("minutes"."state" in ('diffuse', 'approuve')) = ("minutes"."distributed_at" is not null)),
	CONSTRAINT "minutes_approved" CHECK (("minutes"."state" = 'approuve') = ("minutes"."approved_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "minutes_approvals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"mandate_id" uuid,
	"state_vector" "bytea" NOT NULL,
	"delete_set_hash" text NOT NULL,
	"seen_content" jsonb NOT NULL,
	"approved_at" timestamp with time zone NOT NULL,
	"maintained" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "minutes_recipients" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "minutes_recipients_once" UNIQUE("consortium_id","minutes_id","version","account_id")
);
--> statement-breakpoint
CREATE TABLE "minutes_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"minutes_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"sealed_statement" text NOT NULL,
	"salts" jsonb NOT NULL,
	"seal" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"sealed_by" uuid NOT NULL,
	"pdf" "bytea",
	"pdf_hash" text,
	CONSTRAINT "minutes_versions_once" UNIQUE("consortium_id","minutes_id","version"),
	CONSTRAINT "minutes_versions_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "minutes_versions_pdf" CHECK (("minutes_versions"."pdf" is null) = ("minutes_versions"."pdf_hash" is null))
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_accounts_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_updated_by_accounts_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_owner_mandate" FOREIGN KEY ("consortium_id","owner_mandate_id") REFERENCES "public"."mandates"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_owner_organisation" FOREIGN KEY ("consortium_id","owner_organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_owner_instance" FOREIGN KEY ("consortium_id","owner_instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_of_attention" ADD CONSTRAINT "points_of_attention_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_of_attention" ADD CONSTRAINT "points_of_attention_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points_of_attention" ADD CONSTRAINT "points_of_attention_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_answers_seen" ADD CONSTRAINT "decision_answers_seen_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_answers_seen" ADD CONSTRAINT "decision_answers_seen_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_answers_seen" ADD CONSTRAINT "decision_answers_seen_decision" FOREIGN KEY ("consortium_id","decision_id") REFERENCES "public"."decisions"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_result_recorded_by_accounts_id_fk" FOREIGN KEY ("result_recorded_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_withdrawn_by_accounts_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_origin_meeting" FOREIGN KEY ("consortium_id","origin_meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_agenda_meeting" FOREIGN KEY ("consortium_id","agenda_meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_result_meeting" FOREIGN KEY ("consortium_id","result_meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_proposing_instance" FOREIGN KEY ("consortium_id","proposing_instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_competent_instance" FOREIGN KEY ("consortium_id","competent_instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_events" ADD CONSTRAINT "register_events_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_events" ADD CONSTRAINT "register_events_by_accounts_id_fk" FOREIGN KEY ("by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_heads" ADD CONSTRAINT "register_heads_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "competence_rules" ADD CONSTRAINT "competence_rules_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "competence_rules" ADD CONSTRAINT "competence_rules_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consortium_functions" ADD CONSTRAINT "consortium_functions_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consortium_functions" ADD CONSTRAINT "consortium_functions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consortium_functions" ADD CONSTRAINT "consortium_functions_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instances" ADD CONSTRAINT "instances_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instances" ADD CONSTRAINT "instances_parent_id_instances_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."instances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_titulaire_mandate_id_mandates_id_fk" FOREIGN KEY ("titulaire_mandate_id") REFERENCES "public"."mandates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_names" ADD CONSTRAINT "organisation_names_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_names" ADD CONSTRAINT "organisation_names_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prestataire_attachments" ADD CONSTRAINT "prestataire_attachments_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prestataire_attachments" ADD CONSTRAINT "prestataire_attachments_function" FOREIGN KEY ("consortium_id","consortium_function_id") REFERENCES "public"."consortium_functions"("consortium_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prestataire_attachments" ADD CONSTRAINT "prestataire_attachments_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_by_accounts_id_fk" FOREIGN KEY ("by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_text_undecodable" ADD CONSTRAINT "live_text_undecodable_live_text_id_live_texts_id_fk" FOREIGN KEY ("live_text_id") REFERENCES "public"."live_texts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_text_updates" ADD CONSTRAINT "live_text_updates_live_text_id_live_texts_id_fk" FOREIGN KEY ("live_text_id") REFERENCES "public"."live_texts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_text_updates" ADD CONSTRAINT "live_text_updates_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_texts" ADD CONSTRAINT "live_texts_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_texts" ADD CONSTRAINT "live_texts_minutes_id_minutes_id_fk" FOREIGN KEY ("minutes_id") REFERENCES "public"."minutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_meeting" FOREIGN KEY ("consortium_id","meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_recorded_by_accounts_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_meeting" FOREIGN KEY ("consortium_id","meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_mandate" FOREIGN KEY ("consortium_id","mandate_id") REFERENCES "public"."mandates"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_sent_by_accounts_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_meeting" FOREIGN KEY ("consortium_id","meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_previous_meeting_id_meetings_id_fk" FOREIGN KEY ("previous_meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_announced_by_accounts_id_fk" FOREIGN KEY ("announced_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_started_by_accounts_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_held_by_accounts_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_ended_by_accounts_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_replaced_by_id_meetings_id_fk" FOREIGN KEY ("replaced_by_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_instance" FOREIGN KEY ("consortium_id","instance_id") REFERENCES "public"."instances"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_opened_to_members_by_accounts_id_fk" FOREIGN KEY ("opened_to_members_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_proofreading_by_accounts_id_fk" FOREIGN KEY ("proofreading_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_validated_by_accounts_id_fk" FOREIGN KEY ("validated_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_distributed_by_accounts_id_fk" FOREIGN KEY ("distributed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_approved_by_accounts_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting" FOREIGN KEY ("consortium_id","meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_approved_meeting" FOREIGN KEY ("consortium_id","approved_meeting_id") REFERENCES "public"."meetings"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_approvals" ADD CONSTRAINT "minutes_approvals_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_approvals" ADD CONSTRAINT "minutes_approvals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_approvals" ADD CONSTRAINT "minutes_approvals_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_approvals" ADD CONSTRAINT "minutes_approvals_mandate" FOREIGN KEY ("consortium_id","mandate_id") REFERENCES "public"."mandates"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_recipients" ADD CONSTRAINT "minutes_recipients_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_recipients" ADD CONSTRAINT "minutes_recipients_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_recipients" ADD CONSTRAINT "minutes_recipients_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_sealed_by_accounts_id_fk" FOREIGN KEY ("sealed_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes_versions" ADD CONSTRAINT "minutes_versions_minutes" FOREIGN KEY ("consortium_id","minutes_id") REFERENCES "public"."minutes"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "action_items_by_instance" ON "action_items" USING btree ("consortium_id","instance_id","state");--> statement-breakpoint
CREATE INDEX "decisions_by_competent" ON "decisions" USING btree ("consortium_id","competent_instance_id","state");--> statement-breakpoint
CREATE INDEX "decisions_by_proposing" ON "decisions" USING btree ("consortium_id","proposing_instance_id","state");--> statement-breakpoint
CREATE INDEX "register_events_by_decision" ON "register_events" USING btree ("consortium_id","decision_id");--> statement-breakpoint
CREATE INDEX "consortium_functions_account" ON "consortium_functions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mandates_account" ON "mandates" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mandates_by_instance" ON "mandates" USING btree ("consortium_id","instance_id");--> statement-breakpoint
CREATE INDEX "organisation_names_by_organisation" ON "organisation_names" USING btree ("consortium_id","organisation_id");--> statement-breakpoint
CREATE INDEX "journal_by_consortium" ON "journal" USING btree ("consortium_id","at");--> statement-breakpoint
CREATE INDEX "journal_by_subject" ON "journal" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "live_text_updates_by_text" ON "live_text_updates" USING btree ("live_text_id","seq");--> statement-breakpoint
CREATE INDEX "agenda_items_by_meeting" ON "agenda_items" USING btree ("consortium_id","meeting_id");--> statement-breakpoint
CREATE INDEX "meetings_by_instance" ON "meetings" USING btree ("consortium_id","instance_id","starts_at");--> statement-breakpoint
CREATE INDEX "meetings_by_date" ON "meetings" USING btree ("consortium_id","starts_at");--> statement-breakpoint
CREATE INDEX "minutes_approvals_by_minutes" ON "minutes_approvals" USING btree ("consortium_id","minutes_id");--> statement-breakpoint
CREATE INDEX "minutes_recipients_account" ON "minutes_recipients" USING btree ("account_id");