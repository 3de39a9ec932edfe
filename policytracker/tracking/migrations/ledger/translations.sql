-- Assessments join the ledger, for the sake of their translations: all else of them is append-only.

-- The table whose rows a correction of that kind is about, and which of them are in the public record.
CREATE OR REPLACE FUNCTION tracking_ledger_table(of_kind text) RETURNS regclass
LANGUAGE sql STABLE AS $$
    SELECT (CASE
        WHEN of_kind IN ('statement', 'event', 'assessment') THEN 'tracking_'
        WHEN of_kind = 'article' THEN 'articles_'
        WHEN of_kind IN (
            'commitment', 'initiative', 'government', 'ministry', 'succession', 'official', 'post', 'membership',
            'occurrence', 'milestone', 'criterion'
        ) THEN 'government_'
    END || of_kind)::regclass
$$;

-- The columns that a published row of a kind changes only with a line in the ledger; `i18n` stands for every
-- translation in it. NULL for a kind that has no ledger.
CREATE OR REPLACE FUNCTION tracking_ledger_columns(of_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE of_kind
        WHEN 'commitment' THEN '{slug,statement,initiative_id,government_id,kind,specificity,verifiability,verifiability_note,lead_ministry_id,made_by_id,made_on,made_precision,due_on,due_precision,due_words,condition,is_conditional,recurrence,reversed_on,note,recorded_at,i18n}'
        WHEN 'initiative' THEN '{slug,name,description,government_id,lead_ministry_id,parent_id,announced_on,started_on,started_precision,ended_on,ended_precision,outcome_note,source_urls,merged_into_id,recorded_at,i18n}'
        WHEN 'government' THEN '{slug,name,country,time_zone,started_on,ended_on,predecessor_id,source_urls,recorded_at,i18n}'
        WHEN 'ministry' THEN '{slug,name,classification,classification_note,country,parent_id,founded_on,founded_precision,dissolved_on,dissolved_precision,homepage,note,source_urls,recorded_at,i18n}'
        WHEN 'succession' THEN '{predecessor_id,successor_id,kind,happened_on,happened_precision,source_urls,recorded_at}'
        WHEN 'official' THEN '{slug,name,country,party_id,born,note,source_urls,merged_into_id,recorded_at,i18n}'
        WHEN 'post' THEN '{slug,label,ministry_id,is_single_holder,is_head,source_urls,recorded_at,i18n}'
        WHEN 'membership' THEN '{official_id,post_id,started_on,started_precision,ended_on,ended_precision,is_acting,nominated_on,attested_on,note,source_urls,recorded_at,i18n}'
        WHEN 'occurrence' THEN '{commitment_id,label,period_start,period_end,due_on,due_precision,due_words,recorded_at,i18n}'
        WHEN 'milestone' THEN '{commitment_id,label,due_on,due_precision,reached_on,source_urls,recorded_at,i18n}'
        WHEN 'criterion' THEN '{commitment_id,text,position,recorded_at,i18n}'
        WHEN 'assessment' THEN '{rationale,recorded_at,i18n}'
        WHEN 'statement' THEN '{commitment_id,snapshot_id,start,end,exact,is_original,said_on,said_precision,membership_id,ministry_id,drift,recorded_at}'
        WHEN 'event' THEN '{text,happened_on,happened_precision,recorded_at,i18n}'
        WHEN 'article' THEN '{headline,is_headline_ours,byline,publisher_id,section,language,published_at,published_on,published_precision,published_words,utc_offset_minutes,updated_at,image_credit,url,is_summary,note,recorded_at}'
    END::text[]
$$;

CREATE TRIGGER ledger_news AFTER UPDATE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL AND OLD.i18n IS DISTINCT FROM NEW.i18n)
    EXECUTE FUNCTION tracking_ledger_news('assessment');
CREATE CONSTRAINT TRIGGER ledger_required AFTER UPDATE ON tracking_assessment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL AND OLD.i18n IS DISTINCT FROM NEW.i18n)
    EXECUTE FUNCTION tracking_ledger_required('assessment');

-- Our words in another language may follow later, told by the ledger. The words that were judged by stay.
-- Gone since 0012: two triggers of the common function do the same.
CREATE FUNCTION tracking_rule_assessment_stays() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'i18n' = to_jsonb(NEW) - 'i18n' THEN
        RETURN NEW;
    END IF;
    PERFORM tracking_rule_refuse(
        'append_only',
        format('What %s has recorded is not rewritten: add a row that takes it back or replaces it.', TG_TABLE_NAME),
        TG_TABLE_NAME
    );
    RETURN NULL;
END
$$;
DROP TRIGGER rule_append_only ON tracking_assessment;
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_assessment_stays();

-- What is judged when an assessment is published is not judged once more when it is translated.
DROP TRIGGER rule_assessment ON tracking_assessment;
CREATE TRIGGER rule_assessment BEFORE INSERT ON tracking_assessment
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_assessment();
CREATE TRIGGER rule_assessment_update BEFORE UPDATE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NULL) EXECUTE FUNCTION tracking_rule_assessment();
