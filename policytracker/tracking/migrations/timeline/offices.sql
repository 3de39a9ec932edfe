-- Appointments. Heads of a ministry stand on its watch, which the timelines of its commitments look at as well.
-- In force since 0010: that of appointments.sql.
CREATE FUNCTION tracking_lines_of_appointment(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH said AS MATERIALIZED (
        SELECT m.id, m.official_id, m.post_id,
            greatest(m.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'nominated_on' THEN (h.said ->> 'nominated_on')::date ELSE m.nominated_on END AS nominated_on,
            CASE WHEN h.said ? 'started_on' THEN (h.said ->> 'started_on')::date ELSE m.started_on END AS started_on,
            coalesce(h.said ->> 'started_precision', m.started_precision) AS started_precision,
            CASE WHEN h.said ? 'ended_on' THEN (h.said ->> 'ended_on')::date ELSE m.ended_on END AS ended_on,
            coalesce(h.said ->> 'ended_precision', m.ended_precision) AS ended_precision
        FROM government_membership m
        LEFT JOIN tracking_history(
            'membership', ids, '{nominated_on,started_on,started_precision,ended_on,ended_precision}'
        ) h ON h.target_id = m.id
        WHERE m.recorded_at IS NOT NULL AND (ids IS NULL OR m.id = ANY (ids))
    ),
    days AS (
        SELECT s.id, s.official_id, s.post_id, d.variant, d.happened_on, d.exactness,
            unnest(range_agg(tstzrange(s.known_from, s.known_until))) AS known
        FROM said s
        CROSS JOIN LATERAL (VALUES
            ('nominated', s.nominated_on, 'day'),
            ('start', s.started_on, s.started_precision),
            ('end', s.ended_on, s.ended_precision)
        ) d (variant, happened_on, exactness)
        WHERE d.happened_on IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT t.subject_kind, t.subject_id, d.id, d.variant, d.happened_on, d.exactness::text, d.happened_on, NULL::date,
        lower(d.known), upper(d.known)
    FROM days d
    JOIN government_post p ON p.id = d.post_id
    CROSS JOIN LATERAL (VALUES
        ('all', 0),
        ('official', d.official_id),
        ('post', d.post_id),
        (CASE WHEN p.is_head THEN 'watch' ELSE 'ministry' END, p.ministry_id)
    ) t (subject_kind, subject_id);
END
$$;

-- A government takes office or leaves it, over every ministry of its country.
CREATE FUNCTION tracking_lines_of_government(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH days AS (
        SELECT g.id, g.country, d.variant, d.happened_on,
            unnest(range_agg(tstzrange(greatest(g.recorded_at, h.known_from), h.known_until))) AS known
        FROM government_government g
        LEFT JOIN tracking_history('government', ids, '{started_on,ended_on}') h ON h.target_id = g.id
        CROSS JOIN LATERAL (VALUES
            ('start', CASE WHEN h.said ? 'started_on' THEN (h.said ->> 'started_on')::date ELSE g.started_on END),
            ('end', CASE WHEN h.said ? 'ended_on' THEN (h.said ->> 'ended_on')::date ELSE g.ended_on END)
        ) d (variant, happened_on)
        WHERE g.recorded_at IS NOT NULL AND d.happened_on IS NOT NULL AND (ids IS NULL OR g.id = ANY (ids))
        GROUP BY 1, 2, 3, 4
    )
    SELECT t.subject_kind, t.subject_id, d.id, d.variant, d.happened_on, 'day', d.happened_on, NULL::date,
        lower(d.known), upper(d.known)
    FROM days d
    CROSS JOIN LATERAL (
        SELECT 'all', 0::bigint
        UNION ALL
        SELECT 'watch', m.id FROM government_ministry m WHERE m.country = d.country AND m.recorded_at IS NOT NULL
    ) t (subject_kind, subject_id);
END
$$;

-- A body (the source) is founded, dissolved, or followed by another.
CREATE FUNCTION tracking_lines_of_organization(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH days AS (
        SELECT m.id, m.id AS other_id, d.variant, d.happened_on, d.exactness,
            unnest(range_agg(tstzrange(greatest(m.recorded_at, h.known_from), h.known_until))) AS known
        FROM government_ministry m
        LEFT JOIN tracking_history(
            'ministry', ids, '{founded_on,founded_precision,dissolved_on,dissolved_precision}'
        ) h ON h.target_id = m.id
        CROSS JOIN LATERAL (VALUES
            (
                'founded',
                CASE WHEN h.said ? 'founded_on' THEN (h.said ->> 'founded_on')::date ELSE m.founded_on END,
                coalesce(h.said ->> 'founded_precision', m.founded_precision)
            ),
            (
                'dissolved',
                CASE WHEN h.said ? 'dissolved_on' THEN (h.said ->> 'dissolved_on')::date ELSE m.dissolved_on END,
                coalesce(h.said ->> 'dissolved_precision', m.dissolved_precision)
            )
        ) d (variant, happened_on, exactness)
        WHERE m.recorded_at IS NOT NULL AND d.happened_on IS NOT NULL AND (ids IS NULL OR m.id = ANY (ids))
        GROUP BY 1, 2, 3, 4, 5
        UNION ALL
        SELECT predecessor_id, successor_id, 'succession:' || id, s.happened_on, happened_precision,
            tstzrange(s.recorded_at, NULL)
        FROM government_succession s
        WHERE s.recorded_at IS NOT NULL AND (ids IS NULL OR predecessor_id = ANY (ids))
    )
    SELECT DISTINCT t.subject_kind, t.subject_id, d.id, d.variant, d.happened_on, d.exactness::text, d.happened_on,
        NULL::date, lower(d.known), upper(d.known)
    FROM days d
    CROSS JOIN LATERAL (VALUES ('all', 0), ('ministry', d.id), ('ministry', d.other_id)) t (subject_kind, subject_id);
END
$$;
