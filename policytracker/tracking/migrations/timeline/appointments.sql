-- Appointments, of whoever the record named then: a membership that was corrected to another official, or post, stands on
-- the timelines of both, each for as long as we believed it. Heads of a ministry stand on its watch, which the timelines
-- of its commitments look at as well.
CREATE OR REPLACE FUNCTION tracking_lines_of_appointment(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH said AS MATERIALIZED (
        SELECT m.id,
            coalesce((h.said ->> 'official')::bigint, m.official_id) AS official_id,
            coalesce((h.said ->> 'post')::bigint, m.post_id) AS post_id,
            greatest(m.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'nominated_on' THEN (h.said ->> 'nominated_on')::date ELSE m.nominated_on END AS nominated_on,
            CASE WHEN h.said ? 'started_on' THEN (h.said ->> 'started_on')::date ELSE m.started_on END AS started_on,
            coalesce(h.said ->> 'started_precision', m.started_precision) AS started_precision,
            CASE WHEN h.said ? 'ended_on' THEN (h.said ->> 'ended_on')::date ELSE m.ended_on END AS ended_on,
            coalesce(h.said ->> 'ended_precision', m.ended_precision) AS ended_precision
        FROM government_membership m
        LEFT JOIN tracking_history(
            'membership', ids, '{official,post,nominated_on,started_on,started_precision,ended_on,ended_precision}'
        ) h ON h.target_id = m.id
        WHERE m.recorded_at IS NOT NULL AND (ids IS NULL OR m.id = ANY (ids))
    ),
    days AS (
        SELECT t.subject_kind, t.subject_id, s.id, d.variant, d.happened_on, d.exactness,
            unnest(range_agg(tstzrange(s.known_from, s.known_until))) AS known
        FROM said s
        JOIN government_post p ON p.id = s.post_id
        CROSS JOIN LATERAL (VALUES
            ('nominated', s.nominated_on, 'day'),
            ('start', s.started_on, s.started_precision),
            ('end', s.ended_on, s.ended_precision)
        ) d (variant, happened_on, exactness)
        CROSS JOIN LATERAL (VALUES
            ('all', 0),
            ('official', s.official_id),
            ('post', s.post_id),
            (CASE WHEN p.is_head THEN 'watch' ELSE 'ministry' END, p.ministry_id)
        ) t (subject_kind, subject_id)
        WHERE d.happened_on IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT d.subject_kind, d.subject_id, d.id, d.variant, d.happened_on, d.exactness::text, d.happened_on, NULL::date,
        lower(d.known), upper(d.known)
    FROM days d;
END
$$;

SELECT tracking_timeline_rebuild();
