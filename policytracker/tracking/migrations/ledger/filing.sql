-- Under what a subject is filed, as sorted lists of row numbers, by the name of the field. A kind that is filed under
-- nothing gives an empty object.
CREATE FUNCTION tracking_ledger_filed(of_kind text, of_id bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE of_kind
        WHEN 'commitment' THEN jsonb_build_object(
            'topics', (
                SELECT coalesce(jsonb_agg(topic_id ORDER BY topic_id), '[]')
                FROM government_commitment_topics WHERE commitment_id = of_id
            ),
            'supporting_ministries', (
                SELECT coalesce(jsonb_agg(ministry_id ORDER BY ministry_id), '[]')
                FROM government_commitment_supporting_ministries WHERE commitment_id = of_id
            ),
            'tags', (
                SELECT coalesce(jsonb_agg(DISTINCT t.tag_id), '[]')
                FROM tracking_annotation_tags t JOIN tracking_annotation a ON a.id = t.annotation_id
                WHERE a.motivation = 'tagging' AND a.commitment_id = of_id
            )
        )
        WHEN 'initiative' THEN jsonb_build_object(
            'topics', (
                SELECT coalesce(jsonb_agg(topic_id ORDER BY topic_id), '[]')
                FROM government_initiative_topics WHERE initiative_id = of_id
            ),
            'tags', (
                SELECT coalesce(jsonb_agg(DISTINCT t.tag_id), '[]')
                FROM tracking_annotation_tags t JOIN tracking_annotation a ON a.id = t.annotation_id
                WHERE a.motivation = 'tagging' AND a.initiative_id = of_id
            )
        )
        ELSE '{}'
    END
$$;

-- What a published row says in all its protected fields, its filing with them; NULL where there is no such row.
CREATE OR REPLACE FUNCTION tracking_ledger_row(of_kind text, of_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET timezone = 'UTC' AS $$
DECLARE
    found jsonb;
BEGIN
    IF tracking_ledger_columns(of_kind) IS NOT NULL THEN
        EXECUTE format('SELECT to_jsonb(r) FROM %s r WHERE id = $1 AND recorded_at IS NOT NULL', tracking_ledger_table(of_kind))
            INTO found USING of_id;
    END IF;
    RETURN CASE WHEN found IS NOT NULL
        THEN tracking_ledger_fields(of_kind, found) || tracking_ledger_filed(of_kind, of_id) END;
END
$$;

CREATE FUNCTION tracking_ledger_is_filing(of_field text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT of_field IN ('topics', 'supporting_ministries', 'tags')
$$;

-- The record is written forward. Filing bears on no standing: its lines are in order among themselves, field by field.
CREATE OR REPLACE FUNCTION tracking_rule_correction() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    until timestamptz;
BEGIN
    SELECT max(recorded_at) INTO until FROM tracking_correction
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id
            AND (field = NEW.field OR NOT (tracking_ledger_is_filing(field) OR tracking_ledger_is_filing(NEW.field)));
    IF NEW.recorded_at < until THEN
        PERFORM tracking_rule_refuse(
            'record_is_written_forward', format('This was corrected on %s already.', until), TG_TABLE_NAME
        );
    END IF;
    IF NEW.target_kind = 'commitment' AND NOT tracking_ledger_is_filing(NEW.field) THEN
        PERFORM tracking_rule_forward(NEW.target_id, NEW.recorded_at, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION tracking_rule_written_until(of_commitment bigint) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT greatest(
        (SELECT max(recorded_at) FROM tracking_assessment WHERE commitment_id = of_commitment),
        (
            SELECT max(r.recorded_at) FROM tracking_ruling r
            JOIN tracking_assessment a ON a.id = r.assessment_id WHERE a.commitment_id = of_commitment
        ),
        (SELECT max(recorded_at) FROM tracking_deadlinechange WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_conditionchange WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_discontinuation WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_supersession WHERE old_id = of_commitment),
        (
            SELECT max(recorded_at) FROM tracking_correction
            WHERE target_kind = 'commitment' AND target_id = of_commitment AND NOT tracking_ledger_is_filing(field)
        )
    )
$$;

-- A line that somebody writes about filing is written before the filing changes: then it cannot misstate what was.
CREATE FUNCTION tracking_ledger_filing_line() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1
        AND NEW.before IS DISTINCT FROM tracking_ledger_filed(NEW.target_kind, NEW.target_id) -> NEW.field
    THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_fits_the_record',
            TABLE = TG_TABLE_NAME, MESSAGE = format('The correction of %s %s (%s) does not fit the record. %s',
                NEW.target_kind, NEW.target_id, NEW.field, 'It was filed otherwise, or was refiled before this was told.');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_filing_line BEFORE INSERT ON tracking_correction
    FOR EACH ROW WHEN (NEW.field IN ('topics', 'supporting_ministries', 'tags'))
    EXECUTE FUNCTION tracking_ledger_filing_line();

-- Refiling that nobody told with a reason, the database tells itself, as news. What is filed at the moment of
-- publication is part of what is published.
CREATE FUNCTION tracking_ledger_filing() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    owner_of text := TG_ARGV[0];
    of_field text := TG_ARGV[1];
    link text := TG_ARGV[2];
    moved text := CASE TG_OP
        WHEN 'INSERT' THEN format('SELECT m.*, %I AS link, true AS came FROM new_rows m', link)
        WHEN 'DELETE' THEN format('SELECT m.*, %I AS link, false AS came FROM old_rows m', link)
        ELSE format('SELECT m.*, %1$I AS link, true AS came FROM new_rows m
            UNION ALL SELECT m.*, %1$I, false FROM old_rows m', link)
    END;
    owner text := CASE owner_of
        WHEN 'annotation' THEN
            'SELECT CASE WHEN a.commitment_id IS NULL THEN ''initiative'' ELSE ''commitment'' END AS kind,
                coalesce(a.commitment_id, a.initiative_id) AS id, moved.link, moved.came
            FROM moved JOIN tracking_annotation a ON a.id = moved.annotation_id
            WHERE a.motivation = ''tagging'' AND coalesce(a.commitment_id, a.initiative_id) IS NOT NULL'
        ELSE format('SELECT %L AS kind, moved.%I AS id, moved.link, moved.came FROM moved', owner_of, owner_of || '_id')
    END;
    subject record;
    now_says jsonb;
    was jsonb;
    told jsonb;
BEGIN
    FOR subject IN EXECUTE format(
        'WITH moved AS (%s), owned AS (%s)
        SELECT kind, id, coalesce(jsonb_agg(link) FILTER (WHERE came), ''[]'') AS gained,
            coalesce(jsonb_agg(link) FILTER (WHERE NOT came), ''[]'') AS lost
        FROM owned GROUP BY kind, id ORDER BY kind, id', moved, owner)
    LOOP
        now_says := tracking_ledger_row(subject.kind, subject.id);
        CONTINUE WHEN now_says IS NULL
            OR (now_says ->> 'recorded_at')::timestamptz >= tracking_ledger_moment();
        SELECT coalesce(jsonb_agg(DISTINCT each), '[]') INTO was FROM (
            SELECT jsonb_array_elements(now_says -> of_field) AS each
            EXCEPT SELECT jsonb_array_elements(subject.gained)
            UNION SELECT jsonb_array_elements(subject.lost)
        ) before;
        CONTINUE WHEN was = now_says -> of_field;
        SELECT after INTO told FROM tracking_correction
            WHERE target_kind = subject.kind AND target_id = subject.id AND field = of_field AND kind <> 'news'
                AND transaction_id = pg_current_xact_id()::text::bigint
            ORDER BY recorded_at DESC, id DESC LIMIT 1;
        CONTINUE WHEN FOUND AND told <> was;
        INSERT INTO tracking_correction
            (target_kind, target_id, field, before, after, kind, note, made_by_id, recorded_at)
        VALUES (subject.kind, subject.id, of_field, was, now_says -> of_field, 'news', '',
            tracking_ledger_person(), tracking_ledger_moment());
    END LOOP;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    filing record;
BEGIN
    FOR filing IN SELECT * FROM (VALUES
        ('government_commitment_topics', 'commitment', 'topics', 'topic_id'),
        ('government_commitment_supporting_ministries', 'commitment', 'supporting_ministries', 'ministry_id'),
        ('government_initiative_topics', 'initiative', 'topics', 'topic_id'),
        ('tracking_annotation_tags', 'annotation', 'tags', 'tag_id')
    ) AS f (of_table, owner, field, link)
    LOOP
        EXECUTE format('CREATE TRIGGER ledger_filed AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION tracking_ledger_filing(%L, %L, %L)',
            filing.of_table, filing.owner, filing.field, filing.link);
        EXECUTE format('CREATE TRIGGER ledger_unfiled AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
            FOR EACH STATEMENT EXECUTE FUNCTION tracking_ledger_filing(%L, %L, %L)',
            filing.of_table, filing.owner, filing.field, filing.link);
        EXECUTE format('CREATE TRIGGER ledger_refiled AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION tracking_ledger_filing(%L, %L, %L)',
            filing.of_table, filing.owner, filing.field, filing.link);
    END LOOP;
END
$$;
