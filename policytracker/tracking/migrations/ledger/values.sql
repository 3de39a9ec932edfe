-- The table whose rows a correction of that kind is about, and which of them are in the public record.
-- In force since 0007: that of translations.sql.
CREATE FUNCTION tracking_ledger_table(of_kind text) RETURNS regclass
LANGUAGE sql STABLE AS $$
    SELECT (CASE
        WHEN of_kind IN ('statement', 'event') THEN 'tracking_'
        WHEN of_kind = 'article' THEN 'articles_'
        WHEN of_kind IN (
            'commitment', 'initiative', 'government', 'ministry', 'succession', 'official', 'post', 'membership',
            'occurrence', 'milestone', 'criterion'
        ) THEN 'government_'
    END || of_kind)::regclass
$$;

-- The columns that a published row of a kind changes only with a line in the ledger; `i18n` stands for every
-- translation in it. NULL for a kind that has no ledger.
-- In force since 0007: that of translations.sql.
CREATE FUNCTION tracking_ledger_columns(of_kind text) RETURNS text[]
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
        WHEN 'statement' THEN '{commitment_id,snapshot_id,start,end,exact,is_original,said_on,said_precision,membership_id,ministry_id,drift,recorded_at}'
        WHEN 'event' THEN '{text,happened_on,happened_precision,recorded_at,i18n}'
        WHEN 'article' THEN '{headline,is_headline_ours,byline,publisher_id,section,language,published_at,published_on,published_precision,published_words,utc_offset_minutes,updated_at,image_credit,url,is_summary,note,recorded_at}'
    END::text[]
$$;

-- Fields of which an empty value means "not yet": filling them in is news, not a correction. So is a translation.
CREATE FUNCTION tracking_ledger_is_news(of_kind text, of_field text, before jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN of_field = 'outcome_note' OR of_field LIKE 'outcome\_note\_%' THEN true  -- where it stands now, in words
        WHEN of_field = 'verifiability' THEN before = '"undecided"'
        WHEN before IS NOT NULL AND before NOT IN ('null', '""') THEN false
        ELSE of_field IN (
            'ended_on', 'ended_precision', 'dissolved_on', 'dissolved_precision', 'reached_on', 'reversed_on', 'drift',
            'verifiability_note'
        ) OR (tracking_ledger_columns(of_kind) @> '{i18n}' AND of_field ~ '_[a-z]{2}(_[a-z]+)?$'
            AND NOT of_field || '_id' = ANY (tracking_ledger_columns(of_kind))
            AND NOT of_field = ANY (tracking_ledger_columns(of_kind)))
    END
$$;

-- The protected fields of a row, by the name of the field ("lead_ministry", "name_ko"), as JSON. Empty is left out.
CREATE FUNCTION tracking_ledger_fields(of_kind text, of_row jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(field, value) FILTER (WHERE value IS NOT NULL AND value <> 'null'), '{}')
    FROM (
        SELECT regexp_replace(c, '_id$', '') AS field, of_row -> c AS value
        FROM unnest(tracking_ledger_columns(of_kind)) c WHERE c <> 'i18n'
        UNION ALL
        SELECT key, value FROM jsonb_each(CASE WHEN jsonb_typeof(of_row -> 'i18n') = 'object' THEN of_row -> 'i18n' END)
    ) fields
$$;

-- What a published row says in all its protected fields; NULL where there is no such row.
-- In force since 0007: that of filing.sql.
CREATE FUNCTION tracking_ledger_row(of_kind text, of_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET timezone = 'UTC' AS $$
DECLARE
    found jsonb;
BEGIN
    IF tracking_ledger_columns(of_kind) IS NOT NULL THEN
        EXECUTE format('SELECT to_jsonb(r) FROM %s r WHERE id = $1 AND recorded_at IS NOT NULL', tracking_ledger_table(of_kind))
            INTO found USING of_id;
    END IF;
    RETURN CASE WHEN found IS NOT NULL THEN tracking_ledger_fields(of_kind, found) END;
END
$$;
