-- What corrected rows said before they were corrected.
--
-- One row for each stretch of time in which we knew something else: `said` holds those of `fields` that were corrected
-- later, by field name, as they read then. A row that was never corrected has none: use LEFT JOIN, and the row's own
-- column where `said` does not have the field.
CREATE FUNCTION tracking_history(of_kind text, ids bigint[], fields text[])
RETURNS TABLE (target_id bigint, known_from timestamptz, known_until timestamptz, said jsonb)
LANGUAGE plpgsql STABLE ROWS 10 SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH ledger AS MATERIALIZED (
        SELECT target_id, field, before, recorded_at, id
        FROM tracking_correction
        WHERE target_kind = of_kind AND field = ANY (fields) AND (ids IS NULL OR target_id = ANY (ids))
    ),
    moments AS (SELECT DISTINCT target_id, recorded_at AS moment FROM ledger),
    stretches AS (
        SELECT target_id, NULL::timestamptz AS known_from, min(moment) AS known_until FROM moments GROUP BY target_id
        UNION ALL
        SELECT target_id, moment, lead(moment) OVER (PARTITION BY target_id ORDER BY moment) FROM moments
    )
    SELECT s.target_id, s.known_from, s.known_until, coalesce(
        (
            SELECT jsonb_object_agg(next_change.field, next_change.before)
            FROM (
                SELECT DISTINCT ON (l.field) l.field, l.before
                FROM ledger l
                WHERE l.target_id = s.target_id AND (s.known_from IS NULL OR l.recorded_at > s.known_from)
                ORDER BY l.field, l.recorded_at, l.id
            ) next_change
        ),
        '{}'
    )
    FROM stretches s;
END
$$;
