-- When commitments were made, and between which months each status held: all in one pass. `states.sql` comes before
-- this text; of it only `terms` and `set_aside` are read. Months are named by their first day.
, verdicts AS MATERIALIZED (
    SELECT DISTINCT ON (commitment_id, occurrence_id, effective_from)
        commitment_id, occurrence_id, effective_from, status, rubric_id
    FROM tracking_assessment
    WHERE commitment_id IN (SELECT id FROM asked) AND recorded_at <= %(known_at)s AND effective_from <= %(as_of)s
        AND id NOT IN (SELECT id FROM set_aside)
    ORDER BY commitment_id, occurrence_id, effective_from DESC, recorded_at DESC, id DESC
),
-- Those on the whole; of a series that nobody judged, those on its latest judged period.
series AS (
    SELECT DISTINCT ON (v.commitment_id) v.commitment_id, v.occurrence_id
    FROM verdicts v LEFT JOIN government_occurrence o ON o.id = v.occurrence_id
    WHERE v.occurrence_id IS NULL OR o.recorded_at <= %(known_at)s
    ORDER BY v.commitment_id, v.occurrence_id IS NOT NULL, o.period_end DESC, o.id DESC
),
spans AS (
    SELECT v.commitment_id, v.status, v.rubric_id, v.effective_from AS since,
        lead(v.effective_from) OVER (PARTITION BY v.commitment_id ORDER BY v.effective_from) AS until
    FROM verdicts v
    JOIN series s ON s.commitment_id = v.commitment_id
        AND coalesce(s.occurrence_id, 0) = coalesce(v.occurrence_id, 0)
),
promised AS (
    SELECT id, verifiability, made_on FROM terms WHERE made_on <= %(as_of)s
)
SELECT '', false, date_trunc('month', made_on)::date, NULL::date, count(*) FROM promised GROUP BY 3
UNION ALL
SELECT spans.status, coalesce(defined.is_concluded, false),
    date_trunc('month', greatest(since, made_on))::date, date_trunc('month', until)::date, count(*)
FROM spans
JOIN promised ON promised.id = commitment_id AND verifiability <> 'not_verifiable'
LEFT JOIN tracking_rubricstatus defined ON defined.rubric_id = spans.rubric_id AND defined.key = spans.status
WHERE until IS NULL OR date_trunc('month', until) > date_trunc('month', greatest(since, made_on))
GROUP BY 1, 2, 3, 4
