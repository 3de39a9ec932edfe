-- A quote occurs, at its offsets, in its snapshot.
CREATE FUNCTION tracking_rule_passage() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.snapshot_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.snapshot_id, NEW.start, NEW."end", NEW.exact) = (OLD.snapshot_id, OLD.start, OLD."end", OLD.exact) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NOT tracking_rule_occurs(NEW.snapshot_id, NEW.start, NEW."end", NEW.exact) THEN
        PERFORM tracking_rule_refuse(
            'quote_occurs', 'The quote does not occur in the snapshot at this place.', TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_passage BEFORE INSERT OR UPDATE ON tracking_evidence
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_passage();
CREATE TRIGGER rule_passage BEFORE INSERT OR UPDATE ON tracking_statement
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_passage();
CREATE TRIGGER rule_passage BEFORE INSERT OR UPDATE ON tracking_candidate
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_passage();
CREATE TRIGGER rule_passage BEFORE INSERT OR UPDATE ON tracking_annotation
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_passage();

-- Evidence and statements enter the record no earlier than what was concluded already, and never leave it.
CREATE FUNCTION tracking_rule_said() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.recorded_at IS NOT NULL THEN
            IF NEW.recorded_at IS DISTINCT FROM OLD.recorded_at THEN
                PERFORM tracking_rule_refuse(
                    'append_only', 'What is in the public record stays there from the moment it entered.', TG_TABLE_NAME
                );
            END IF;
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.recorded_at IS NOT NULL THEN
        PERFORM tracking_rule_forward(NEW.commitment_id, NEW.recorded_at, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_said BEFORE INSERT OR UPDATE ON tracking_evidence
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_said();
CREATE TRIGGER rule_said BEFORE INSERT OR UPDATE ON tracking_statement
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_said();
CREATE TRIGGER rule_append_only_delete BEFORE DELETE ON tracking_evidence
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();

-- Evidence is of the past when it is recorded, and is settled as soon as a published assessment rests on it.
CREATE FUNCTION tracking_rule_evidence() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.recorded_at IS NOT NULL AND NEW.dated_on > tracking_rule_day(NEW.commitment_id, NEW.recorded_at) THEN
        PERFORM tracking_rule_refuse(
            'evidence_is_not_from_the_future', 'The source is dated after the moment of recording.', TG_TABLE_NAME
        );
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF (
        NEW.commitment_id, NEW.snapshot_id, NEW.start, NEW."end", NEW.exact, NEW.prefix, NEW.suffix,
        NEW.stance, NEW.kind, NEW.dated_on, NEW.note, NEW.added_at
    ) IS DISTINCT FROM (
        OLD.commitment_id, OLD.snapshot_id, OLD.start, OLD."end", OLD.exact, OLD.prefix, OLD.suffix,
        OLD.stance, OLD.kind, OLD.dated_on, OLD.note, OLD.added_at
    ) AND EXISTS (
        SELECT FROM tracking_assessmentevidence l JOIN tracking_assessment a ON a.id = l.assessment_id
        WHERE l.evidence_id = OLD.id AND a.recorded_at IS NOT NULL
    ) THEN
        PERFORM tracking_rule_refuse(
            'cited_evidence_is_settled', 'A published assessment rests on this evidence; it does not change.', TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_evidence BEFORE INSERT OR UPDATE ON tracking_evidence
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_evidence();
