-- The protected fields of a row as the record said at a moment; NULL where it was not in the record then.
CREATE FUNCTION tracking_ledger_at(of_kind text, of_id bigint, known_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN (now_says ->> 'recorded_at')::timestamptz <= known_at THEN (
        SELECT coalesce(jsonb_object_agg(key, value) FILTER (WHERE value <> 'null'), '{}') FROM jsonb_each(now_says || coalesce((
            SELECT jsonb_object_agg(field, coalesce(before, 'null'))
            FROM (
                SELECT DISTINCT ON (field) field, before FROM tracking_correction
                WHERE target_kind = of_kind AND target_id = of_id AND recorded_at > known_at
                ORDER BY field, recorded_at, id
            ) first_change
        ), '{}'))
    ) END
    FROM tracking_ledger_row(of_kind, of_id) now_says
$$;

-- Every break in the ledger: a line that does not begin where the one before it ended, or a row that says something
-- else than its last line. None when all is well.
CREATE FUNCTION tracking_ledger_faults()
RETURNS TABLE (target_kind text, target_id bigint, field text, fault text)
LANGUAGE sql STABLE AS $$
    WITH lines AS (
        SELECT c.target_kind, c.target_id, c.field, nullif(before, 'null') AS before, nullif(after, 'null') AS after,
            lead(nullif(before, 'null')) OVER later AS next_before, lead(id) OVER later IS NULL AS is_last
        FROM tracking_correction c
        WINDOW later AS (PARTITION BY c.target_kind, c.target_id, c.field ORDER BY recorded_at, id)
    )
    SELECT l.target_kind, l.target_id, l.field, 'a line is missing'
    FROM lines l WHERE NOT is_last AND after IS DISTINCT FROM next_before
    UNION ALL
    SELECT l.target_kind, l.target_id, l.field, 'the record says something else'
    FROM lines l
    WHERE is_last AND after IS DISTINCT FROM tracking_ledger_row(l.target_kind, l.target_id) -> l.field
$$;
