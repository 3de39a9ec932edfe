-- Where commitments stand at a moment, all in one pass: what columns.py asks of each row, asked of the whole record.
-- `asked` comes before this text and holds the numbers of the commitments.
corrected AS (
    SELECT DISTINCT ON (target_kind, target_id, field) target_kind, target_id, field, before #>> '{}' AS before
    FROM tracking_correction
    WHERE recorded_at > %(known_at)s
        AND (target_kind = 'commitment' AND field IN ('verifiability', 'is_conditional', 'due_on', 'lead_ministry', 'initiative')
            OR target_kind = 'occurrence' AND field = 'due_on')
    ORDER BY target_kind, target_id, field, recorded_at, id
),
terms AS MATERIALIZED (
    SELECT c.id, c.made_by_id,
        CASE WHEN initiative.field IS NULL THEN c.initiative_id ELSE initiative.before::bigint END AS initiative_id,
        CASE WHEN ministry.field IS NULL THEN c.lead_ministry_id ELSE ministry.before::bigint END AS lead_ministry_id,
        CASE WHEN verifiable.field IS NULL THEN c.verifiability ELSE verifiable.before END AS verifiability,
        CASE WHEN conditional.field IS NULL THEN c.is_conditional ELSE conditional.before::boolean END AS is_conditional,
        CASE WHEN due.field IS NULL THEN c.due_on ELSE due.before::date END AS due_on,
        CASE WHEN %(is_present)s
            THEN timezone(coalesce(own.time_zone, of_initiative.time_zone, %(zone)s), %(known_at)s)::date
            ELSE %(as_of)s END AS today
    FROM asked
    JOIN government_commitment c USING (id)
    LEFT JOIN government_government own ON own.id = c.government_id
    LEFT JOIN government_initiative i ON i.id = c.initiative_id
    LEFT JOIN government_government of_initiative ON of_initiative.id = i.government_id
    LEFT JOIN corrected ministry
        ON ministry.target_kind = 'commitment' AND ministry.target_id = c.id AND ministry.field = 'lead_ministry'
    LEFT JOIN corrected initiative
        ON initiative.target_kind = 'commitment' AND initiative.target_id = c.id AND initiative.field = 'initiative'
    LEFT JOIN corrected verifiable
        ON verifiable.target_kind = 'commitment' AND verifiable.target_id = c.id AND verifiable.field = 'verifiability'
    LEFT JOIN corrected conditional
        ON conditional.target_kind = 'commitment' AND conditional.target_id = c.id
        AND conditional.field = 'is_conditional'
    LEFT JOIN corrected due ON due.target_kind = 'commitment' AND due.target_id = c.id AND due.field = 'due_on'
),
in_force AS MATERIALIZED (
    SELECT a.id, a.commitment_id, a.occurrence_id, a.status, a.effective_from, a.recorded_at,
        coalesce(defined.is_concluded, false) AS is_concluded
    FROM tracking_assessment a
    LEFT JOIN tracking_rubricstatus defined ON defined.rubric_id = a.rubric_id AND defined.key = a.status
    WHERE a.commitment_id IN (SELECT id FROM asked)
        AND a.recorded_at <= %(known_at)s AND a.effective_from <= %(true_by)s
        AND (%(rubric)s = '' OR a.rubric_id = (SELECT id FROM tracking_rubric WHERE version = %(rubric)s))
        AND NOT EXISTS (
            SELECT FROM tracking_ruling r
            WHERE r.assessment_id = a.id AND r.kind = 'withdrawn' AND r.recorded_at <= %(known_at)s
        )
        AND NOT EXISTS (
            SELECT FROM tracking_assessment s WHERE s.supersedes_id = a.id AND s.recorded_at <= %(known_at)s
        )
),
judged_whole AS (
    SELECT DISTINCT ON (commitment_id) * FROM in_force WHERE occurrence_id IS NULL
    ORDER BY commitment_id, effective_from DESC, recorded_at DESC, id DESC
),
judged_period AS (
    SELECT DISTINCT ON (v.occurrence_id) v.*, o.period_end
    FROM in_force v JOIN government_occurrence o ON o.id = v.occurrence_id
    ORDER BY v.occurrence_id, v.effective_from DESC, v.recorded_at DESC, v.id DESC
),
judged_series AS (
    SELECT DISTINCT ON (v.commitment_id) v.*
    FROM judged_period v JOIN government_occurrence o ON o.id = v.occurrence_id
    WHERE o.recorded_at <= %(known_at)s
    ORDER BY v.commitment_id, o.period_end DESC, o.id DESC
),
conditions AS (
    SELECT DISTINCT ON (commitment_id) commitment_id, state, happened_on
    FROM tracking_conditionchange
    WHERE commitment_id IN (SELECT id FROM asked) AND recorded_at <= %(known_at)s AND happened_on <= %(true_by)s
    ORDER BY commitment_id, happened_on DESC, recorded_at DESC, id DESC
),
deadlines AS (
    SELECT DISTINCT ON (commitment_id, occurrence_id) commitment_id, occurrence_id, due_on
    FROM tracking_deadlinechange
    WHERE commitment_id IN (SELECT id FROM asked) AND recorded_at <= %(known_at)s AND happened_on <= %(true_by)s
    ORDER BY commitment_id, occurrence_id, happened_on DESC, recorded_at DESC, id DESC
),
endings AS (
    SELECT commitment_id, min(happened_on) AS ended_on
    FROM (
        SELECT old_id AS commitment_id, happened_on FROM tracking_supersession
        WHERE recorded_at <= %(known_at)s AND happened_on <= %(true_by)s
        UNION ALL
        SELECT commitment_id, happened_on FROM tracking_discontinuation
        WHERE recorded_at <= %(known_at)s AND happened_on <= %(true_by)s
    ) ending
    WHERE commitment_id IN (SELECT id FROM asked)
    GROUP BY commitment_id
),
judged AS MATERIALIZED (
    SELECT t.*,
        CASE WHEN t.verifiability = 'not_verifiable' THEN 'not_rated'
            ELSE coalesce(whole.status, series.status, 'not_rated') END AS status,
        coalesce(whole.is_concluded, series.is_concluded, false) AS is_concluded,
        CASE WHEN t.verifiability <> 'not_verifiable' THEN coalesce(whole.effective_from, series.effective_from) END
            AS judged_on,
        CASE WHEN t.is_conditional THEN coalesce(c.state, 'waiting') ELSE '' END AS condition,
        CASE WHEN t.is_conditional AND c.state = 'lapsed' THEN c.happened_on ELSE '9999-12-31' END AS lapsed_on,
        e.ended_on,
        CASE WHEN d.commitment_id IS NULL THEN t.due_on ELSE d.due_on END AS last_day
    FROM terms t
    LEFT JOIN judged_whole whole ON whole.commitment_id = t.id
    LEFT JOIN judged_series series ON series.commitment_id = t.id
    LEFT JOIN conditions c ON c.commitment_id = t.id
    LEFT JOIN endings e ON e.commitment_id = t.id
    LEFT JOIN deadlines d ON d.commitment_id = t.id AND d.occurrence_id IS NULL
),
open_periods AS (
    SELECT o.commitment_id, max(o.last_day) FILTER (WHERE o.last_day < j.today) AS missed,
        min(o.last_day) FILTER (WHERE o.last_day >= j.today) AS ahead
    FROM (
        SELECT o.id, o.commitment_id, o.period_end,
            CASE WHEN d.commitment_id IS NOT NULL THEN d.due_on
                WHEN due.field IS NOT NULL THEN due.before::date
                ELSE o.due_on END AS last_day
        FROM government_occurrence o
        LEFT JOIN deadlines d ON d.occurrence_id = o.id
        LEFT JOIN corrected due ON due.target_kind = 'occurrence' AND due.target_id = o.id
        WHERE o.commitment_id IN (SELECT id FROM asked) AND o.recorded_at <= %(known_at)s
    ) o
    JOIN judged j ON j.id = o.commitment_id
    LEFT JOIN judged_period v ON v.occurrence_id = o.id
    WHERE o.period_end < j.lapsed_on AND (j.ended_on IS NULL OR j.ended_on > o.period_end)
        AND NOT coalesce(v.is_concluded, false)
    GROUP BY o.commitment_id
),
open_days AS (
    SELECT j.*, p.missed, p.ahead,
        CASE WHEN NOT j.is_concluded AND j.ended_on IS NULL AND j.condition <> 'lapsed' THEN j.last_day END AS own_day,
        j.condition = 'waiting' OR j.verifiability = 'not_verifiable' AS is_excused
    FROM judged j LEFT JOIN open_periods p ON p.commitment_id = j.id
),
states AS (
    SELECT id, initiative_id, made_by_id, lead_ministry_id, verifiability, status, is_concluded, judged_on, condition,
        ended_on IS NOT NULL AS is_ended,
        -- The last of its open deadlines that passed, and the first to come.
        CASE WHEN NOT is_excused THEN greatest(CASE WHEN own_day < today THEN own_day END, missed) END AS missed_on,
        CASE WHEN NOT is_excused THEN least(CASE WHEN own_day >= today THEN own_day END, ahead) END AS next_on
    FROM open_days
)
