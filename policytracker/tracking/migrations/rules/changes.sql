-- Extensions, conditions, ends and successors of a commitment. The trigger's argument names the column of the commitment.
CREATE FUNCTION tracking_rule_change() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    told jsonb := to_jsonb(NEW);
    of_commitment bigint := (told ->> TG_ARGV[0])::bigint;
    of_occurrence bigint := (told ->> 'occurrence_id')::bigint;
    other_commitment bigint := (told ->> 'new_id')::bigint;
BEGIN
    IF of_occurrence IS NOT NULL AND NOT EXISTS (
        SELECT FROM government_occurrence o WHERE o.id = of_occurrence AND o.commitment_id = of_commitment
    ) THEN
        PERFORM tracking_rule_refuse(
            'occurrence_is_of_the_commitment', 'The period belongs to another commitment.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.recorded_at IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM tracking_rule_forward(of_commitment, NEW.recorded_at, TG_TABLE_NAME);
    IF EXISTS (
        SELECT FROM government_commitment c WHERE c.id IN (of_commitment, other_commitment) AND c.recorded_at IS NULL
    ) THEN
        PERFORM tracking_rule_refuse(
            'change_is_of_a_public_commitment', 'A commitment that this names is still a draft.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.happened_on > tracking_rule_day(of_commitment, NEW.recorded_at) THEN
        PERFORM tracking_rule_refuse(
            'change_is_not_from_the_future', 'What has not happened yet cannot be recorded.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.evidence_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM tracking_evidence e
        WHERE e.id = NEW.evidence_id AND e.commitment_id IN (of_commitment, other_commitment)
            AND e.recorded_at <= NEW.recorded_at
    ) THEN
        PERFORM tracking_rule_refuse(
            'evidence_is_of_the_commitment', 'The evidence is of another commitment, or not public.', TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    of_table text;
BEGIN
    FOREACH of_table IN ARRAY ARRAY[
        'tracking_deadlinechange', 'tracking_conditionchange', 'tracking_discontinuation', 'tracking_supersession'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER rule_change BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION tracking_rule_change(%L)',
            of_table, CASE of_table WHEN 'tracking_supersession' THEN 'old_id' ELSE 'commitment_id' END
        );
        EXECUTE format(
            'CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW '
            'WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_append_only()', of_table
        );
        EXECUTE format(
            'CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
            'EXECUTE FUNCTION tracking_rule_append_only()', of_table
        );
    END LOOP;
END
$$;

-- Corrections are added, in the order of time.
-- In force since 0007: that of ledger/filing.sql.
CREATE FUNCTION tracking_rule_correction() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    until timestamptz;
BEGIN
    SELECT max(recorded_at) INTO until FROM tracking_correction
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id;
    IF NEW.recorded_at < until THEN
        PERFORM tracking_rule_refuse(
            'record_is_written_forward', format('This was corrected on %s already.', until), TG_TABLE_NAME
        );
    END IF;
    IF NEW.target_kind = 'commitment' THEN
        PERFORM tracking_rule_forward(NEW.target_id, NEW.recorded_at, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_correction BEFORE INSERT ON tracking_correction
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_correction();
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_correction
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_correction
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();
