-- A rubric by which something was published keeps its words: a change of vocabulary is a new rubric.
CREATE FUNCTION tracking_rule_rubric() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    free text[] := CASE TG_TABLE_NAME WHEN 'tracking_rubric' THEN '{name,note}' ELSE '{i18n}' END::text[];
    in_use bigint := (coalesce(old_row, new_row) ->> TG_ARGV[0])::bigint;
BEGIN
    IF old_row - free IS DISTINCT FROM new_row - free AND EXISTS (
        SELECT FROM tracking_assessment a
        WHERE a.rubric_id IN (in_use, (new_row ->> TG_ARGV[0])::bigint) AND a.recorded_at IS NOT NULL
    ) THEN
        PERFORM tracking_rule_refuse(
            'rubric_in_use_is_settled',
            'Published assessments were judged by this rubric. Make a new rubric for new words or meanings.',
            TG_TABLE_NAME
        );
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_rubric BEFORE UPDATE OR DELETE ON tracking_rubric
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_rubric('id');
CREATE TRIGGER rule_rubric BEFORE INSERT OR UPDATE OR DELETE ON tracking_rubricstatus
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_rubric('rubric_id');

-- A blind rating is somebody else's, and final once submitted; only its adjudication is added later, once.
CREATE FUNCTION tracking_rule_rating() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    judged tracking_assessment;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF OLD.submitted_at IS NOT NULL AND NOT (
            TG_OP = 'UPDATE' AND OLD.adjudication_id IS NULL
            AND to_jsonb(OLD) - 'adjudication_id' = to_jsonb(NEW) - 'adjudication_id'
        ) THEN
            PERFORM tracking_rule_refuse('append_only', 'A submitted rating does not change.', TG_TABLE_NAME);
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
    END IF;
    SELECT * INTO judged FROM tracking_assessment WHERE id = NEW.assessment_id;
    IF TG_OP = 'INSERT' AND NEW.rater_id IN (judged.author_id, judged.reviewer_id) THEN
        PERFORM tracking_rule_refuse(
            'rater_is_somebody_else', 'Who wrote or reviewed the assessment cannot rate it blindly.', TG_TABLE_NAME
        );
    END IF;
    IF NEW.submitted_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM tracking_rubricstatus s WHERE s.rubric_id = judged.rubric_id AND s.key = NEW.status
    ) THEN
        PERFORM tracking_rule_refuse(
            'status_is_in_its_rubric', format('The rubric does not know the status “%s”.', NEW.status), TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_rating BEFORE INSERT OR UPDATE OR DELETE ON tracking_blindrating
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_rating();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON tracking_blindrating
    FOR EACH STATEMENT EXECUTE FUNCTION tracking_rule_append_only();

-- Commitments of a government that nobody has concluded: what the closing round has to close.
CREATE FUNCTION tracking_rule_still_open(of_round bigint, of_government bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
    SELECT c.id FROM government_commitment c
    WHERE c.government_id = of_government AND c.recorded_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM tracking_supersession s WHERE s.old_id = c.id AND s.recorded_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM tracking_discontinuation d WHERE d.commitment_id = c.id AND d.recorded_at IS NOT NULL)
        AND NOT EXISTS (
            SELECT FROM tracking_assessment a
            WHERE a.commitment_id = c.id AND a.closing_round_id = of_round AND a.recorded_at IS NOT NULL
                AND NOT EXISTS (SELECT FROM tracking_ruling r WHERE r.assessment_id = a.id AND r.kind = 'withdrawn')
        )
        AND NOT coalesce((
            SELECT m.is_concluded FROM tracking_assessment a
            JOIN tracking_rubricstatus m ON m.rubric_id = a.rubric_id AND m.key = a.status
            WHERE a.commitment_id = c.id AND a.occurrence_id IS NULL AND a.recorded_at IS NOT NULL
                AND NOT EXISTS (SELECT FROM tracking_ruling r WHERE r.assessment_id = a.id AND r.kind = 'withdrawn')
                AND NOT EXISTS (
                    SELECT FROM tracking_assessment b WHERE b.supersedes_id = a.id AND b.recorded_at IS NOT NULL
                )
            ORDER BY a.effective_from DESC, a.recorded_at DESC, a.id DESC LIMIT 1
        ), false)
$$;

CREATE FUNCTION tracking_rule_closing() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    still_open bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.closed_at IS NOT NULL THEN
            PERFORM tracking_rule_refuse('append_only', 'A closing round that was closed stays closed.', TG_TABLE_NAME);
        END IF;
    END IF;
    IF NEW.closed_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT count(*) INTO still_open FROM tracking_rule_still_open(NEW.id, NEW.government_id);
    IF still_open > 0 THEN
        PERFORM tracking_rule_refuse(
            'nothing_closes_silently',
            format('%s open commitments of this government have no closing assessment.', still_open),
            TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER rule_closing BEFORE INSERT OR UPDATE ON tracking_closinground
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_closing();
