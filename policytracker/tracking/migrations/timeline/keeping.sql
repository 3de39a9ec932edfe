-- Where a line stands within its day: what follows from another stands above it.
CREATE FUNCTION tracking_timeline_at(happened_on date, kind text, variant text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
    SELECT (happened_on + time '12:00' + make_interval(secs => 10 * array_position(
        '{government,organization,appointment,initiative,event,article,commitment,statement,evidence,milestone,terms,status,deadline,correction}'::text[],
        kind
    ) + coalesce(array_position(
        '{end,nominated,start,dissolved,founded,succession,announced,started,ended,due,reached}'::text[],
        split_part(variant, ':', 1)
    ), 0) * 0.1)) AT TIME ZONE 'UTC'
$$;

-- Makes the stored lines of some sources what the record says they should be. Unchanged lines are left alone.
CREATE FUNCTION tracking_timeline_refresh(of_kind text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    told tracking_line[];
    part bigint[];
BEGIN
    FOR first_of_part IN 1 .. coalesce(cardinality(ids), 0) BY 5000 LOOP
        part := ids[first_of_part : first_of_part + 4999];
        EXECUTE format('SELECT array_agg(l) FROM tracking_lines_of_%s($1) l', of_kind) INTO told USING part;
        told := coalesce(told, '{}');
        DELETE FROM tracking_timelineevent e
        WHERE e.kind = of_kind AND e.source_id = ANY (part) AND NOT EXISTS (
            SELECT FROM unnest(told) t
            WHERE t.source_id = e.source_id AND t.subject_kind = e.subject_kind AND t.subject_id = e.subject_id
                AND t.variant = e.variant AND t.recorded_at = e.recorded_at AND t.holds_from = e.holds_from
        );
        INSERT INTO tracking_timelineevent AS e (
            subject_kind, subject_id, kind, source_id, variant, at, happened_on, "precision", holds_from, holds_until,
            recorded_at, retired_at
        )
        SELECT t.subject_kind, t.subject_id, of_kind, t.source_id, t.variant,
            tracking_timeline_at(t.happened_on, of_kind, t.variant), t.happened_on, t."precision", t.holds_from,
            t.holds_until, t.recorded_at, t.retired_at
        FROM unnest(told) t
        ON CONFLICT (kind, source_id, subject_kind, subject_id, variant, recorded_at, holds_from) DO UPDATE
        SET at = excluded.at, happened_on = excluded.happened_on, "precision" = excluded."precision",
            holds_until = excluded.holds_until, retired_at = excluded.retired_at
        WHERE (e.at, e.happened_on, e."precision", e.holds_until, e.retired_at)
            IS DISTINCT FROM (excluded.at, excluded.happened_on, excluded."precision", excluded.holds_until,
                excluded.retired_at);
    END LOOP;
END
$$;

-- Refreshes what a change touches: the lines of the given kind, or all lines that hang on the given rows.
CREATE FUNCTION tracking_timeline_touch(what text, ids bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    CASE what
    WHEN 'commitments' THEN
        PERFORM tracking_timeline_refresh('commitment', ids);
        PERFORM tracking_timeline_refresh('deadline', ids);
        PERFORM tracking_timeline_refresh('terms', ids);
        PERFORM tracking_timeline_refresh('statement', ARRAY (SELECT id FROM tracking_statement WHERE commitment_id = ANY (ids)));
        PERFORM tracking_timeline_refresh('evidence', ARRAY (SELECT id FROM tracking_evidence WHERE commitment_id = ANY (ids)));
        PERFORM tracking_timeline_refresh('status', ARRAY (SELECT id FROM tracking_assessment WHERE commitment_id = ANY (ids)));
        PERFORM tracking_timeline_refresh('milestone', ARRAY (SELECT id FROM government_milestone WHERE commitment_id = ANY (ids)));
        PERFORM tracking_timeline_refresh('correction', ARRAY (SELECT id FROM tracking_correction WHERE commitment_id = ANY (ids)));
    WHEN 'terms of commitments' THEN
        PERFORM tracking_timeline_refresh('deadline', ids);
        PERFORM tracking_timeline_refresh('terms', ids);
    WHEN 'initiatives' THEN
        PERFORM tracking_timeline_refresh('initiative', ids);
        PERFORM tracking_timeline_refresh('event', ARRAY (SELECT DISTINCT event_id FROM tracking_event_initiatives WHERE initiative_id = ANY (ids)));
        PERFORM tracking_timeline_touch('commitments', ARRAY (
            SELECT id FROM government_commitment WHERE initiative_id = ANY (ids)
            UNION
            SELECT target_id FROM tracking_correction
            WHERE target_kind = 'commitment' AND field = 'initiative'
                AND (before IN (SELECT to_jsonb(i) FROM unnest(ids) i))
        ));
    WHEN 'memberships' THEN
        PERFORM tracking_timeline_refresh('appointment', ids);
        PERFORM tracking_timeline_refresh('statement', ARRAY (SELECT id FROM tracking_statement WHERE membership_id = ANY (ids)));
        PERFORM tracking_timeline_touch('commitments', ARRAY (
            SELECT id FROM government_commitment WHERE made_by_id = ANY (ids)
            UNION
            SELECT target_id FROM tracking_correction
            WHERE target_kind = 'commitment' AND field = 'made_by'
                AND (before IN (SELECT to_jsonb(i) FROM unnest(ids) i))
        ));
    WHEN 'posts' THEN
        PERFORM tracking_timeline_refresh('appointment', ARRAY (SELECT id FROM government_membership WHERE post_id = ANY (ids)));
        PERFORM tracking_timeline_refresh('article', ARRAY (SELECT DISTINCT article_id FROM tracking_mention WHERE post_id = ANY (ids)));
    WHEN 'ministries' THEN
        PERFORM tracking_timeline_refresh('organization', ids);
        PERFORM tracking_timeline_refresh('government', ARRAY (SELECT id FROM government_government));
    WHEN 'articles of snapshots' THEN
        PERFORM tracking_timeline_refresh('article', ARRAY (SELECT DISTINCT article_id FROM articles_snapshot WHERE id = ANY (ids)));
    WHEN 'deadlines of occurrences' THEN
        PERFORM tracking_timeline_refresh('deadline', ARRAY (SELECT DISTINCT commitment_id FROM government_occurrence WHERE id = ANY (ids)));
    WHEN 'annotations' THEN
        -- Nearly all tagging is the team's own and tells nobody anything: only a published note reaches far.
        ids := ARRAY (SELECT id FROM tracking_annotation WHERE id = ANY (ids) AND recorded_at IS NOT NULL);
        IF ids = '{}' THEN
            RETURN;
        END IF;
        LOCK TABLE tracking_timelineevent IN SHARE ROW EXCLUSIVE MODE;
        PERFORM tracking_timeline_touch('articles of snapshots', ARRAY (
            SELECT DISTINCT snapshot_id FROM tracking_annotation WHERE id = ANY (ids) AND snapshot_id IS NOT NULL
        ));
        PERFORM tracking_timeline_touch('initiatives', ARRAY (
            SELECT DISTINCT initiative_id FROM tracking_annotation WHERE id = ANY (ids) AND initiative_id IS NOT NULL
        ));
        PERFORM tracking_timeline_touch('commitments', ARRAY (
            SELECT commitment_id FROM tracking_annotation WHERE id = ANY (ids) AND commitment_id IS NOT NULL
            UNION
            SELECT about_commitment_id FROM tracking_annotation WHERE id = ANY (ids) AND about_commitment_id IS NOT NULL
        ));
    WHEN 'topics' THEN
        PERFORM tracking_timeline_touch('commitments', ARRAY (
            SELECT commitment_id FROM government_commitment_topics filed JOIN tracking_topics_above() above USING (topic_id)
            WHERE above_id = ANY (ids)
        ));
        PERFORM tracking_timeline_touch('initiatives', ARRAY (
            SELECT initiative_id FROM government_initiative_topics filed JOIN tracking_topics_above() above USING (topic_id)
            WHERE above_id = ANY (ids)
        ));
        PERFORM tracking_timeline_refresh('article', ARRAY (
            SELECT DISTINCT article_id FROM tracking_mention m JOIN tracking_topics_above() above USING (topic_id)
            WHERE above_id = ANY (ids)
        ));
    ELSE
        PERFORM tracking_timeline_refresh(what, ids);
    END CASE;
END
$$;

-- The trigger of every table a timeline tells of. Its first argument names the columns that matter, separated by
-- commas: an UPDATE that changes none of them does nothing, and neither does a row that is and stays a draft, where the
-- table knows drafts. Each further argument is one step, "<column> <verb> <what>":
--   share, own   lock the rows of the table `what` that the column names, so that two writers whose changes meet on
--                one timeline come one after the other (`own` by those who change what others only look at);
--   alone        let no other writer touch any timeline until this transaction ends: for rare changes that reach far;
--   touch        bring the lines of `what` up to date for the rows that the column names.
CREATE FUNCTION tracking_timeline_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    columns text[] := string_to_array(TG_ARGV[0], ',');
    has_changed text := 'true';
    step text[];
    ids bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT '(' || string_agg('before.' || c, ', ') || ') IS DISTINCT FROM (' || string_agg('after.' || c, ', ') || ')'
        INTO has_changed FROM unnest(columns) c;
    END IF;
    IF 'recorded_at' = ANY (columns) THEN
        has_changed := has_changed || CASE WHEN TG_OP = 'UPDATE'
            THEN ' AND coalesce(before.recorded_at, after.recorded_at) IS NOT NULL' ELSE ' AND recorded_at IS NOT NULL' END;
    END IF;
    FOR i IN 1 .. TG_NARGS - 1 LOOP
        step := regexp_match(TG_ARGV[i], '^(\S+) (\S+) (.+)$');
        IF TG_OP = 'UPDATE' THEN
            EXECUTE format(
                'SELECT array_agg(DISTINCT k ORDER BY k) FROM before JOIN after USING (id)
                 CROSS JOIN LATERAL (VALUES (before.%1$I), (after.%1$I)) keys (k) WHERE k IS NOT NULL AND %2$s',
                step[1], has_changed
            ) INTO ids;
        ELSE
            EXECUTE format(
                'SELECT array_agg(DISTINCT %1$I ORDER BY %1$I) FROM changed WHERE %1$I IS NOT NULL AND %2$s',
                step[1], has_changed
            ) INTO ids;
        END IF;
        CONTINUE WHEN ids IS NULL;
        CASE step[2]
        WHEN 'share' THEN
            EXECUTE format('SELECT 1 FROM %I WHERE id = ANY ($1) ORDER BY id FOR SHARE', step[3]) USING ids;
        WHEN 'own' THEN
            EXECUTE format('SELECT 1 FROM %I WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', step[3]) USING ids;
        WHEN 'alone' THEN
            LOCK TABLE tracking_timelineevent IN SHARE ROW EXCLUSIVE MODE;
        WHEN 'touch' THEN
            LOCK TABLE tracking_timelineevent IN ROW EXCLUSIVE MODE;
            PERFORM tracking_timeline_touch(step[3], ids);
        END CASE;
    END LOOP;
    RETURN NULL;
END
$$;

-- The trigger of corrections: what a row said before moves to the time before, in the lines that tell of it.
CREATE FUNCTION tracking_timeline_follow_corrections() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    corrected record;
BEGIN
    LOCK TABLE tracking_timelineevent IN ROW EXCLUSIVE MODE;
    PERFORM tracking_timeline_refresh('correction', ARRAY (SELECT id FROM changed ORDER BY id));
    FOR corrected IN
        SELECT CASE target_kind
            WHEN 'commitment' THEN 'commitments'
            WHEN 'membership' THEN 'memberships'
            WHEN 'occurrence' THEN 'deadlines of occurrences'
            WHEN 'ministry' THEN 'organization'
            ELSE target_kind
        END AS what, array_agg(DISTINCT target_id ORDER BY target_id) AS ids
        FROM changed
        WHERE target_kind IN ('commitment', 'membership', 'occurrence', 'ministry', 'milestone', 'statement', 'government',
            'initiative', 'article', 'event')
        GROUP BY 1
    LOOP
        PERFORM tracking_timeline_touch(corrected.what, corrected.ids);
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION tracking_timeline_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT '{statement,commitment,evidence,status,milestone,deadline,terms,appointment,government,organization,initiative,correction,article,event}'::text[]
$$;

-- Lines that are missing from the table, and lines that should not stand there; none when all is well.
CREATE FUNCTION tracking_timeline_faults()
RETURNS TABLE (fault text, kind text, line tracking_line)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    of_kind text;
BEGIN
    FOREACH of_kind IN ARRAY tracking_timeline_kinds() LOOP
        RETURN QUERY EXECUTE format(
            $query$
            WITH told AS MATERIALIZED (
                SELECT l.*, tracking_timeline_at(l.happened_on, %1$L, l.variant) AS at
                FROM tracking_lines_of_%1$s(NULL) l
            ),
            kept AS MATERIALIZED (
                SELECT subject_kind::text, subject_id, source_id, variant::text, happened_on, "precision"::text,
                    holds_from, holds_until, recorded_at, retired_at, at
                FROM tracking_timelineevent WHERE kind = %1$L
            ),
            faults AS (
                SELECT 'missing' AS fault, m.* FROM (SELECT * FROM told EXCEPT SELECT * FROM kept) m
                UNION ALL
                SELECT 'stray', s.* FROM (SELECT * FROM kept EXCEPT SELECT * FROM told) s
            )
            SELECT fault, %1$L, (subject_kind, subject_id, source_id, variant, happened_on, "precision", holds_from,
                holds_until, recorded_at, retired_at)::tracking_line
            FROM faults
            $query$, of_kind);
    END LOOP;
END
$$;

-- Writes every timeline anew; writers wait, and readers at the end. Answers the number of lines.
CREATE FUNCTION tracking_timeline_rebuild() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    of_kind text;
    part bigint;
    total bigint := 0;
BEGIN
    LOCK TABLE tracking_timelineevent IN SHARE ROW EXCLUSIVE MODE;
    TRUNCATE tracking_timelineevent;
    FOREACH of_kind IN ARRAY tracking_timeline_kinds() LOOP
        EXECUTE format(
            $query$
            INSERT INTO tracking_timelineevent (
                subject_kind, subject_id, kind, source_id, variant, at, happened_on, "precision", holds_from,
                holds_until, recorded_at, retired_at
            )
            SELECT subject_kind, subject_id, %1$L, source_id, variant,
                tracking_timeline_at(happened_on, %1$L, variant), happened_on, "precision", holds_from, holds_until,
                recorded_at, retired_at
            FROM tracking_lines_of_%1$s(NULL)
            $query$, of_kind);
        GET DIAGNOSTICS part = ROW_COUNT;
        total := total + part;
    END LOOP;
    RETURN total;
END
$$;
