-- At most one deliberative mandate for each institution and instance at any day (domain: « porter la voix »).
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_one_voice" EXCLUDE USING gist (
	"consortium_id" WITH =,
	"instance_id" WITH =,
	"organisation_id" WITH =,
	daterange("starts_on", "ends_on", '[]') WITH &&
) WHERE ("carries_voice");
--> statement-breakpoint
-- What is written once stays as written: the audit journal and the register of decisions.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "journal_append_only" BEFORE UPDATE OR DELETE ON "journal"
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER "journal_no_truncate" BEFORE TRUNCATE ON "journal"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER "register_events_append_only" BEFORE UPDATE OR DELETE ON "register_events"
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER "register_events_no_truncate" BEFORE TRUNCATE ON "register_events"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A sealed version never changes; its official PDF is stored once.
CREATE FUNCTION refuse_change_of_sealed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND OLD.pdf IS NULL
		AND (to_jsonb(NEW) - 'pdf' - 'pdf_hash') = (to_jsonb(OLD) - 'pdf' - 'pdf_hash') THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a sealed version never changes' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "minutes_versions_sealed" BEFORE UPDATE OR DELETE ON "minutes_versions"
	FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sealed_version();
--> statement-breakpoint
-- A live text, once closed, is neither reopened nor rewritten.
CREATE FUNCTION refuse_change_of_closed_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'a closed live text never changes' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "live_texts_closed" BEFORE UPDATE OR DELETE ON "live_texts"
	FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_closed_text();
--> statement-breakpoint
-- A decision keeps its sealed wording, reasons, nature and origin.
CREATE FUNCTION refuse_change_of_sealed_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' OR ROW(NEW.id, NEW.consortium_id, NEW.minutes_id, NEW.block_id, NEW.origin_meeting_id,
			NEW.proposing_instance_id, NEW.competent_instance_id, NEW.nature, NEW.wording, NEW.reasons)
		IS DISTINCT FROM ROW(OLD.id, OLD.consortium_id, OLD.minutes_id, OLD.block_id, OLD.origin_meeting_id,
			OLD.proposing_instance_id, OLD.competent_instance_id, OLD.nature, OLD.wording, OLD.reasons)
		OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number) THEN
		RAISE EXCEPTION 'a decision keeps its sealed wording, origin and number' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "decisions_sealed" BEFORE UPDATE OR DELETE ON "decisions"
	FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sealed_decision();
