-- Articles: on the timeline of everything, of the subjects a person confirmed, and of the tags given to their passages.
CREATE FUNCTION tracking_lines_of_article(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH published AS MATERIALIZED (
        SELECT a.id, greatest(a.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'published_on' THEN (h.said ->> 'published_on')::date ELSE a.published_on END AS published_on,
            coalesce(h.said ->> 'published_precision', a.published_precision) AS published_precision
        FROM articles_article a
        LEFT JOIN tracking_history('article', ids, '{published_on,published_precision}') h ON h.target_id = a.id
        WHERE a.recorded_at IS NOT NULL AND (ids IS NULL OR a.id = ANY (ids))
    ),
    confirmed AS (
        SELECT article_id, ministry_id, official_id, post_id, initiative_id, topic_id, m.recorded_at
        FROM tracking_mention m
        WHERE state = 'confirmed' AND m.recorded_at IS NOT NULL AND (ids IS NULL OR article_id = ANY (ids))
    ),
    named (article_id, subject_kind, subject_id, known_from, known_until) AS (
        SELECT article_id, 'ministry', ministry_id, c.recorded_at, NULL::timestamptz
        FROM confirmed c WHERE ministry_id IS NOT NULL
        UNION ALL
        SELECT article_id, 'ministry', p.ministry_id, c.recorded_at, NULL
        FROM confirmed c JOIN government_post p ON p.id = c.post_id
        UNION ALL
        SELECT article_id, 'post', post_id, c.recorded_at, NULL FROM confirmed c WHERE post_id IS NOT NULL
        UNION ALL
        SELECT article_id, 'official', official_id, c.recorded_at, NULL FROM confirmed c WHERE official_id IS NOT NULL
        UNION ALL
        SELECT article_id, 'initiative', initiative_id, c.recorded_at, NULL
        FROM confirmed c WHERE initiative_id IS NOT NULL
        UNION ALL
        SELECT article_id, 'topic', above.above_id, c.recorded_at, NULL
        FROM confirmed c JOIN tracking_topics_above() above ON above.topic_id = c.topic_id
        UNION ALL
        SELECT s.article_id, 'tag', given.tag_id, note.recorded_at, note.deleted_at
        FROM tracking_annotation_tags given
        JOIN tracking_annotation note ON note.id = given.annotation_id
        JOIN articles_snapshot s ON s.id = note.snapshot_id
        WHERE note.visibility = 'public' AND note.recorded_at IS NOT NULL
            AND (ids IS NULL OR s.article_id = ANY (ids))
            AND (note.deleted_at IS NULL OR note.recorded_at < note.deleted_at)
    ),
    known AS (
        SELECT article_id, n.subject_kind, n.subject_id, unnest(range_agg(tstzrange(known_from, known_until))) AS stretch
        FROM named n
        GROUP BY 1, 2, 3
    )
    SELECT 'all', 0::bigint, p.id, '', p.published_on, p.published_precision::text, p.published_on, NULL::date,
        p.known_from, p.known_until
    FROM published p
    WHERE p.published_on IS NOT NULL
    UNION ALL
    SELECT k.subject_kind, k.subject_id, p.id, '', p.published_on, p.published_precision::text, p.published_on, NULL,
        greatest(p.known_from, lower(k.stretch)), least(p.known_until, upper(k.stretch))
    FROM published p JOIN known k ON k.article_id = p.id
    WHERE p.published_on IS NOT NULL
        AND greatest(p.known_from, lower(k.stretch)) < coalesce(least(p.known_until, upper(k.stretch)), 'infinity');
END
$$;

-- Events of context, on the timelines of their initiatives (with topics and tags) and ministries.
CREATE FUNCTION tracking_lines_of_event(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH events AS MATERIALIZED (
        SELECT e.id, greatest(e.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'happened_on' THEN (h.said ->> 'happened_on')::date ELSE e.happened_on END AS happened_on,
            coalesce(h.said ->> 'happened_precision', e.happened_precision) AS exactness
        FROM tracking_event e
        LEFT JOIN tracking_history('event', ids, '{happened_on,happened_precision}') h ON h.target_id = e.id
        WHERE e.recorded_at IS NOT NULL AND (ids IS NULL OR e.id = ANY (ids))
    ),
    subjects (event_id, subject_kind, subject_id, known_from, known_until) AS (
        SELECT DISTINCT id, 'all', 0::bigint, NULL::timestamptz, NULL::timestamptz FROM events
        UNION
        SELECT event_id, 'initiative', initiative_id, NULL, NULL FROM tracking_event_initiatives
        UNION
        SELECT event_id, 'ministry', ministry_id, NULL, NULL FROM tracking_event_ministries
        UNION
        SELECT event_id, 'topic', above.above_id, NULL, NULL
        FROM tracking_event_initiatives i
        JOIN government_initiative_topics filed ON filed.initiative_id = i.initiative_id
        JOIN tracking_topics_above() above ON above.topic_id = filed.topic_id
        UNION
        SELECT event_id, 'tag', given.tag_id, note.recorded_at, note.deleted_at
        FROM tracking_event_initiatives i
        JOIN tracking_annotation note ON note.initiative_id = i.initiative_id
        JOIN tracking_annotation_tags given ON given.annotation_id = note.id
        WHERE note.visibility = 'public' AND note.recorded_at IS NOT NULL
    ),
    known AS (
        SELECT s.subject_kind, s.subject_id, e.id, e.happened_on, e.exactness,
            unnest(range_agg(tstzrange(
                greatest(e.known_from, s.known_from), least(e.known_until, s.known_until)
            ))) AS stretch
        FROM events e JOIN subjects s ON s.event_id = e.id
        WHERE greatest(e.known_from, s.known_from) < coalesce(least(e.known_until, s.known_until), 'infinity')
        GROUP BY 1, 2, 3, 4, 5
    )
    SELECT k.subject_kind, k.subject_id, k.id, '', k.happened_on, k.exactness::text, k.happened_on, NULL::date,
        lower(k.stretch), upper(k.stretch)
    FROM known k;
END
$$;

-- A policy is announced, begins, ends.
CREATE FUNCTION tracking_lines_of_initiative(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH days AS (
        SELECT i.id, i.lead_ministry_id, d.variant, d.happened_on, d.exactness,
            unnest(range_agg(tstzrange(greatest(i.recorded_at, h.known_from), h.known_until))) AS known
        FROM government_initiative i
        LEFT JOIN tracking_history(
            'initiative', ids, '{announced_on,started_on,started_precision,ended_on,ended_precision}'
        ) h ON h.target_id = i.id
        CROSS JOIN LATERAL (VALUES
            (
                'announced', 'day',
                CASE WHEN h.said ? 'announced_on' THEN (h.said ->> 'announced_on')::date ELSE i.announced_on END
            ),
            (
                'started', coalesce(h.said ->> 'started_precision', nullif(i.started_precision, ''), 'day'),
                CASE WHEN h.said ? 'started_on' THEN (h.said ->> 'started_on')::date ELSE i.started_on END
            ),
            (
                'ended', coalesce(h.said ->> 'ended_precision', nullif(i.ended_precision, ''), 'day'),
                CASE WHEN h.said ? 'ended_on' THEN (h.said ->> 'ended_on')::date ELSE i.ended_on END
            )
        ) d (variant, exactness, happened_on)
        WHERE i.recorded_at IS NOT NULL AND d.happened_on IS NOT NULL AND (ids IS NULL OR i.id = ANY (ids))
        GROUP BY 1, 2, 3, 4, 5
    )
    SELECT t.subject_kind, t.subject_id, d.id, d.variant, d.happened_on, d.exactness::text, d.happened_on, NULL::date,
        lower(d.known), upper(d.known)
    FROM days d
    CROSS JOIN LATERAL (
        SELECT 'all', 0::bigint
        UNION
        SELECT 'initiative', d.id
        UNION
        SELECT 'ministry', d.lead_ministry_id
        UNION
        SELECT 'topic', above.above_id
        FROM government_initiative_topics filed JOIN tracking_topics_above() above ON above.topic_id = filed.topic_id
        WHERE filed.initiative_id = d.id
    ) t (subject_kind, subject_id)
    WHERE t.subject_id IS NOT NULL;
END
$$;

-- Corrections of the record, on the day we made them.
CREATE FUNCTION tracking_lines_of_correction(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    of_commitments bigint[];
BEGIN
    IF ids IS NOT NULL THEN
        of_commitments := ARRAY (
            SELECT DISTINCT commitment_id FROM tracking_correction WHERE id = ANY (ids) AND commitment_id IS NOT NULL
        );
    END IF;
    RETURN QUERY
    WITH corrections AS MATERIALIZED (
        SELECT c.id, c.recorded_at, (c.recorded_at AT TIME ZONE 'UTC')::date AS happened_on,
            commitment_id, initiative_id, ministry_id, official_id
        FROM tracking_correction c
        WHERE kind <> 'news' AND (ids IS NULL OR c.id = ANY (ids))
    ),
    subjects (correction_id, subject_kind, subject_id, known_from, known_until) AS (
        SELECT id, 'all', 0::bigint, NULL::timestamptz, NULL::timestamptz FROM corrections
        UNION ALL
        SELECT id, 'initiative', initiative_id, NULL, NULL FROM corrections
        UNION ALL
        SELECT id, 'ministry', ministry_id, NULL, NULL FROM corrections
        UNION ALL
        SELECT id, 'official', official_id, NULL, NULL FROM corrections
        UNION ALL
        SELECT c.id, s.subject_kind, s.subject_id, s.known_from, s.known_until
        FROM corrections c JOIN tracking_commitment_subjects(of_commitments) s ON s.commitment_id = c.commitment_id
    ),
    known AS (
        SELECT s.subject_kind, s.subject_id, c.id, c.happened_on,
            unnest(range_agg(tstzrange(greatest(c.recorded_at, s.known_from), s.known_until))) AS stretch
        FROM corrections c JOIN subjects s ON s.correction_id = c.id
        WHERE s.subject_id IS NOT NULL AND greatest(c.recorded_at, s.known_from) < coalesce(s.known_until, 'infinity')
        GROUP BY 1, 2, 3, 4
    )
    SELECT k.subject_kind, k.subject_id, k.id, '', k.happened_on, 'day', k.happened_on, NULL::date,
        lower(k.stretch), upper(k.stretch)
    FROM known k;
END
$$;
