-- No conclusion without evidence, no conclusion alone, no conclusion backwards. Fires when an assessment is, or becomes,
-- part of the public record.
CREATE FUNCTION tracking_rule_assessment() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    promise government_commitment;
    meaning tracking_rubricstatus;
    today date;
    cited record;
BEGIN
    IF NEW.occurrence_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM government_occurrence o WHERE o.id = NEW.occurrence_id AND o.commitment_id = NEW.commitment_id
    ) THEN
        PERFORM tracking_rule_refuse(
            'occurrence_is_of_the_commitment', 'The period belongs to another commitment.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.recorded_at IS NULL THEN
        RETURN NEW;
    END IF;

    PERFORM tracking_rule_forward(NEW.commitment_id, NEW.recorded_at, TG_TABLE_NAME);
    SELECT * INTO promise FROM government_commitment WHERE id = NEW.commitment_id;
    today := tracking_rule_day(NEW.commitment_id, NEW.recorded_at);
    SELECT * INTO meaning FROM tracking_rubricstatus WHERE rubric_id = NEW.rubric_id AND key = NEW.status;
    IF NOT FOUND THEN
        PERFORM tracking_rule_refuse(
            'status_is_in_its_rubric', format('The rubric does not know the status “%s”.', NEW.status), TG_TABLE_NAME
        );
    END IF;
    IF promise.recorded_at IS NULL OR EXISTS (
        SELECT FROM government_occurrence o WHERE o.id = NEW.occurrence_id AND o.recorded_at IS NULL
    ) THEN
        PERFORM tracking_rule_refuse(
            'assessment_is_of_a_public_commitment', 'The commitment, or its period, is still a draft.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.effective_from > today THEN
        PERFORM tracking_rule_refuse(
            'assessment_is_not_from_the_future', 'A status cannot be true from a day that has not come.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM tracking_assessment a
        WHERE a.id = NEW.supersedes_id AND a.id <> NEW.id AND a.recorded_at <= NEW.recorded_at
            AND a.commitment_id = NEW.commitment_id AND a.occurrence_id IS NOT DISTINCT FROM NEW.occurrence_id
    ) THEN
        PERFORM tracking_rule_refuse(
            'replacement_is_of_the_same', 'It replaces no published assessment of the same commitment and period.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.closing_round_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM tracking_closinground c WHERE c.id = NEW.closing_round_id AND c.government_id = promise.government_id
    ) THEN
        PERFORM tracking_rule_refuse(
            'closing_round_is_of_the_government', 'The closing round is of another government.', TG_TABLE_NAME
        );
    END IF;

    -- Nothing may be taken from the evidence while we look at it.
    PERFORM FROM tracking_evidence
        WHERE id IN (SELECT evidence_id FROM tracking_assessmentevidence WHERE assessment_id = NEW.id)
        ORDER BY id FOR SHARE;
    SELECT
        count(*) FILTER (WHERE e.commitment_id <> NEW.commitment_id) AS of_others,
        count(*) FILTER (WHERE e.recorded_at IS NULL OR e.recorded_at > NEW.recorded_at) AS hidden,
        count(*) FILTER (WHERE e.dated_on > today) AS ahead,
        count(*) FILTER (
            WHERE e.dated_on >= promise.made_on AND tracking_rule_occurs(e.snapshot_id, e.start, e."end", e.exact)
        ) AS sound
    INTO cited
    FROM tracking_assessmentevidence l JOIN tracking_evidence e ON e.id = l.evidence_id
    WHERE l.assessment_id = NEW.id;
    IF cited.of_others > 0 THEN
        PERFORM tracking_rule_refuse(
            'evidence_is_of_the_commitment', 'Some of the evidence is of another commitment.', TG_TABLE_NAME
        );
    END IF;
    IF cited.ahead > 0 THEN
        PERFORM tracking_rule_refuse(
            'evidence_is_not_from_the_future', 'Some of the evidence is dated after the moment of recording.', TG_TABLE_NAME
        );
    END IF;
    IF cited.hidden > 0 THEN
        PERFORM tracking_rule_refuse(
            'evidence_is_public', 'Some of the evidence is not in the public record.', TG_TABLE_NAME
        );
    END IF;
    IF NOT meaning.is_rating THEN
        RETURN NEW;
    END IF;

    IF promise.verifiability <> 'verifiable' THEN
        PERFORM tracking_rule_refuse(
            'verifiability_comes_first', 'Only a commitment found verifiable can be rated.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.rationale !~ '\S' THEN
        PERFORM tracking_rule_refuse(
            'published_assessment_has_a_rationale', 'A published assessment says why.', TG_TABLE_NAME
        );
    END IF;
    IF meaning.needs_reason_code AND NEW.reason_code = '' THEN
        PERFORM tracking_rule_refuse(
            'status_has_its_reason_code', format('The status “%s” needs a reason code.', NEW.status), TG_TABLE_NAME
        );
    END IF;
    IF cited.sound = 0 AND NOT (meaning.may_rest_on_search AND NEW.where_looked ~ '\S') THEN
        PERFORM tracking_rule_refuse(
            'assessment_rests_on_evidence',
            'No conclusion without evidence: cite a passage, of this commitment, no older than the commitment itself.',
            TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

-- A published assessment can neither change nor go. (An UPDATE that publishes a draft finds it unrecorded.)
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_assessment BEFORE INSERT OR UPDATE ON tracking_assessment
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_assessment();

-- The links of a published assessment are as settled as the assessment.
CREATE FUNCTION tracking_rule_links() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    judged record;
BEGIN
    FOR judged IN
        SELECT id, recorded_at, commitment_id FROM tracking_assessment
        WHERE (TG_OP <> 'INSERT' AND id = OLD.assessment_id) OR (TG_OP <> 'DELETE' AND id = NEW.assessment_id)
        ORDER BY id FOR SHARE
    LOOP
        IF judged.recorded_at IS NOT NULL THEN
            PERFORM tracking_rule_refuse(
                'append_only', 'The evidence of a published assessment stays as it was published.', TG_TABLE_NAME
            );
        END IF;
        IF TG_OP <> 'DELETE' AND judged.id = NEW.assessment_id AND EXISTS (
            SELECT FROM tracking_evidence e
            WHERE e.id = NEW.evidence_id AND e.commitment_id <> judged.commitment_id
        ) THEN
            PERFORM tracking_rule_refuse(
                'evidence_is_of_the_commitment', 'This is evidence of another commitment.', TG_TABLE_NAME
            );
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_links BEFORE INSERT OR UPDATE OR DELETE ON tracking_assessmentevidence
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_links();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_assessmentevidence
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();

-- Withdrawn, disputed, upheld: of a published assessment, and after it.
CREATE FUNCTION tracking_rule_ruling() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    ruled tracking_assessment;
BEGIN
    SELECT * INTO ruled FROM tracking_assessment WHERE id = NEW.assessment_id;
    IF ruled.recorded_at IS NULL THEN
        PERFORM tracking_rule_refuse(
            'ruling_is_on_a_published_assessment', 'A draft is edited, not ruled on.', TG_TABLE_NAME
        );
    END IF;
    PERFORM tracking_rule_forward(ruled.commitment_id, NEW.recorded_at, TG_TABLE_NAME);
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_ruling BEFORE INSERT ON tracking_ruling
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_ruling();
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_ruling
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_ruling
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();
