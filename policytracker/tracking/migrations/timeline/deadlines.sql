-- Deadlines of a commitment (the source) and of its occurrences, the first and the changed ones.
--
-- A deadline holds from the promise until the day of the next change; since when we knew of that change is another
-- clock, so one deadline may have several lines: until we heard of the change it holds without end.
CREATE FUNCTION tracking_lines_of_deadline(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH deadlines AS MATERIALIZED (
        SELECT c.id AS commitment_id, 0::bigint AS occurrence_id, 'first' AS variant, 0::bigint AS turn,
            CASE WHEN h.said ? 'made_on' THEN (h.said ->> 'made_on')::date ELSE c.made_on END AS starts_on,
            CASE WHEN h.said ? 'due_on' THEN (h.said ->> 'due_on')::date ELSE c.due_on END AS due_on,
            coalesce(h.said ->> 'due_precision', c.due_precision) AS due_precision,
            greatest(c.recorded_at, h.known_from) AS known_from, h.known_until
        FROM government_commitment c
        LEFT JOIN tracking_history('commitment', ids, '{made_on,due_on,due_precision}') h ON h.target_id = c.id
        WHERE c.recorded_at IS NOT NULL AND (ids IS NULL OR c.id = ANY (ids))
        UNION ALL
        SELECT o.commitment_id, o.id, 'occurrence:' || o.id, 0, c.made_on,
            CASE WHEN h.said ? 'due_on' THEN (h.said ->> 'due_on')::date ELSE o.due_on END,
            coalesce(h.said ->> 'due_precision', o.due_precision),
            greatest(o.recorded_at, h.known_from), h.known_until
        FROM government_occurrence o
        JOIN government_commitment c ON c.id = o.commitment_id
        LEFT JOIN tracking_history(
            'occurrence',
            CASE WHEN ids IS NOT NULL
                THEN ARRAY (SELECT id FROM government_occurrence WHERE commitment_id = ANY (ids)) END,
            '{due_on,due_precision}'
        ) h ON h.target_id = o.id
        WHERE o.recorded_at IS NOT NULL AND (ids IS NULL OR o.commitment_id = ANY (ids))
        UNION ALL
        SELECT commitment_id, coalesce(occurrence_id, 0), 'change:' || id, id, d.happened_on,
            due_on, due_precision, d.recorded_at, NULL
        FROM tracking_deadlinechange d
        WHERE d.recorded_at IS NOT NULL AND (ids IS NULL OR commitment_id = ANY (ids))
    ),
    -- The moments at which what we knew about the end of a deadline may have changed.
    moments AS (
        SELECT d.commitment_id, d.variant, d.starts_on, d.known_from AS stretch_start, d.known_from AS moment
        FROM deadlines d
        UNION
        SELECT d.commitment_id, d.variant, d.starts_on, d.known_from, later.known_from
        FROM deadlines d
        JOIN deadlines later USING (commitment_id, occurrence_id)
        WHERE (later.starts_on, later.turn) > (d.starts_on, d.turn)
            AND later.known_from > d.known_from AND later.known_from < coalesce(d.known_until, 'infinity')
    ),
    stretches AS (
        SELECT m.*, lead(m.moment) OVER (
            PARTITION BY m.commitment_id, m.variant, m.stretch_start ORDER BY m.moment
        ) AS next_moment
        FROM moments m
    ),
    told AS (
        SELECT d.commitment_id, d.variant, d.starts_on, d.due_on, d.due_precision, s.moment AS known_from,
            coalesce(s.next_moment, d.known_until) AS known_until, min(later.starts_on) AS holds_until
        FROM stretches s
        JOIN deadlines d
            ON d.commitment_id = s.commitment_id AND d.variant = s.variant AND d.known_from = s.stretch_start
        LEFT JOIN deadlines later
            ON later.commitment_id = d.commitment_id AND later.occurrence_id = d.occurrence_id
            AND (later.starts_on, later.turn) > (d.starts_on, d.turn)
            AND later.known_from <= s.moment AND s.moment < coalesce(later.known_until, 'infinity')
        WHERE d.due_on IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ),
    merged AS (
        SELECT t.commitment_id, t.variant, t.starts_on, t.due_on, t.due_precision, t.holds_until,
            unnest(range_agg(tstzrange(t.known_from, t.known_until))) AS known
        FROM told t
        WHERE t.holds_until IS NULL OR t.starts_on < t.holds_until
        GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT s.subject_kind, s.subject_id, m.commitment_id, m.variant, m.due_on, m.due_precision::text,
        m.starts_on, m.holds_until,
        greatest(lower(m.known), s.known_from), least(upper(m.known), s.known_until)
    FROM merged m JOIN tracking_commitment_subjects(ids) s ON s.commitment_id = m.commitment_id
    WHERE greatest(lower(m.known), s.known_from) < coalesce(least(upper(m.known), s.known_until), 'infinity');
END
$$;

-- What changed about the terms of a commitment (the source): deadlines, conditions, its end, its successor, its undoing.
CREATE FUNCTION tracking_lines_of_terms(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH changes AS (
        SELECT commitment_id, 'deadline:' || id AS variant, happened_on, recorded_at AS known_from,
            NULL::timestamptz AS known_until
        FROM tracking_deadlinechange
        UNION ALL
        SELECT commitment_id, 'condition:' || id, happened_on, recorded_at, NULL FROM tracking_conditionchange
        UNION ALL
        SELECT commitment_id, 'discontinued:' || id, happened_on, recorded_at, NULL FROM tracking_discontinuation
        UNION ALL
        SELECT old_id, 'superseded:' || id, happened_on, recorded_at, NULL FROM tracking_supersession
        UNION ALL
        SELECT new_id, 'supersedes:' || id, happened_on, recorded_at, NULL FROM tracking_supersession
        UNION ALL
        SELECT c.id, 'reversed',
            CASE WHEN h.said ? 'reversed_on' THEN (h.said ->> 'reversed_on')::date ELSE c.reversed_on END,
            greatest(c.recorded_at, h.known_from), h.known_until
        FROM government_commitment c
        LEFT JOIN tracking_history('commitment', ids, '{reversed_on}') h ON h.target_id = c.id
        WHERE c.recorded_at IS NOT NULL AND (ids IS NULL OR c.id = ANY (ids))
    )
    SELECT s.subject_kind, s.subject_id, c.commitment_id, c.variant, c.happened_on, 'day', c.happened_on, NULL::date,
        greatest(c.known_from, s.known_from), least(c.known_until, s.known_until)
    FROM changes c JOIN tracking_commitment_subjects(ids) s ON s.commitment_id = c.commitment_id
    WHERE c.happened_on IS NOT NULL AND c.known_from IS NOT NULL
        AND (ids IS NULL OR c.commitment_id = ANY (ids))
        AND greatest(c.known_from, s.known_from) < coalesce(least(c.known_until, s.known_until), 'infinity');
END
$$;
