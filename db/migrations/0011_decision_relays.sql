CREATE TABLE "decision_relay_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"relay_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"relayed_on" date,
	"note" text DEFAULT '' NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	"answered_by" uuid NOT NULL,
	CONSTRAINT "decision_relay_answers_once" UNIQUE("consortium_id","relay_id","organisation_id"),
	CONSTRAINT "decision_relay_answers_day" CHECK (("decision_relay_answers"."outcome" = 'relayee') = ("decision_relay_answers"."relayed_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "decision_relays" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"consortium_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"asked_by" uuid NOT NULL,
	CONSTRAINT "decision_relays_tenant" UNIQUE("consortium_id","id"),
	CONSTRAINT "decision_relays_once" UNIQUE("consortium_id","decision_id")
);
--> statement-breakpoint
ALTER TABLE "decision_relay_answers" ADD CONSTRAINT "decision_relay_answers_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relay_answers" ADD CONSTRAINT "decision_relay_answers_answered_by_accounts_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relay_answers" ADD CONSTRAINT "decision_relay_answers_relay" FOREIGN KEY ("consortium_id","relay_id") REFERENCES "public"."decision_relays"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relay_answers" ADD CONSTRAINT "decision_relay_answers_organisation" FOREIGN KEY ("consortium_id","organisation_id") REFERENCES "public"."organisations"("consortium_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relays" ADD CONSTRAINT "decision_relays_consortium_id_consortia_id_fk" FOREIGN KEY ("consortium_id") REFERENCES "public"."consortia"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relays" ADD CONSTRAINT "decision_relays_asked_by_accounts_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_relays" ADD CONSTRAINT "decision_relays_decision" FOREIGN KEY ("consortium_id","decision_id") REFERENCES "public"."decisions"("consortium_id","id") ON DELETE no action ON UPDATE no action;