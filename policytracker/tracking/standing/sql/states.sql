-- Where commitments stand at a moment, all in one pass: what columns.py asks of each row, asked of the whole record.
-- `wanted` comes before this text and holds the numbers of the commitments. Where a standing is kept that rests on
-- nothing later than the moment, it is the answer; the others, `asked`, are computed.
--
-- The day it is in each government's zone.
days AS MATERIALIZED (
    SELECT id, CASE WHEN %(is_present)s THEN timezone(time_zone, %(known_at)s)::date ELSE %(as_of)s END AS today
    FROM government_government
),
looked_up AS MATERIALIZED (
    SELECT wanted.id AS number, k.*
    FROM wanted
    LEFT JOIN tracking_keptstanding k
        ON %(may_be_kept)s AND k.commitment_id = wanted.id AND k.told_at <= %(known_at)s AND k.true_on <= %(true_by)s
),
-- Said in a way that lets the planner expect that it may be all of them: plans for a few never end with many.
asked AS MATERIALIZED (
    SELECT id FROM wanted EXCEPT SELECT commitment_id FROM looked_up WHERE commitment_id IS NOT NULL
),
corrected AS MATERIALIZED (
    SELECT target_kind, target_id, jsonb_object_agg(field, before) AS told
    FROM (
        SELECT DISTINCT ON (target_kind, target_id, field) target_kind, target_id, field, before
        FROM tracking_correction
        WHERE recorded_at > %(known_at)s
            AND (target_kind = 'commitment'
                AND field IN ('verifiability', 'is_conditional', 'made_on', 'due_on', 'lead_ministry', 'initiative')
                OR target_kind = 'occurrence' AND field = 'due_on')
        ORDER BY target_kind, target_id, field, recorded_at, id
    ) first
    GROUP BY target_kind, target_id
),
terms AS MATERIALIZED (
    SELECT c.id, c.made_by_id,
        CASE WHEN told ? 'initiative' THEN (told ->> 'initiative')::bigint ELSE c.initiative_id END AS initiative_id,
        CASE WHEN told ? 'lead_ministry' THEN (told ->> 'lead_ministry')::bigint ELSE c.lead_ministry_id END
            AS lead_ministry_id,
        CASE WHEN told ? 'verifiability' THEN told ->> 'verifiability' ELSE c.verifiability END AS verifiability,
        CASE WHEN told ? 'is_conditional' THEN (told ->> 'is_conditional')::boolean ELSE c.is_conditional END
            AS is_conditional,
        CASE WHEN told ? 'made_on' THEN (told ->> 'made_on')::date ELSE c.made_on END AS made_on,
        CASE WHEN told ? 'due_on' THEN (told ->> 'due_on')::date ELSE c.due_on END AS due_on,
        coalesce(days.today,
            CASE WHEN %(is_present)s THEN timezone(%(zone)s, %(known_at)s)::date ELSE %(as_of)s END) AS today
    FROM asked
    JOIN government_commitment c USING (id)
    LEFT JOIN government_initiative i ON c.government_id IS NULL AND i.id = c.initiative_id
    LEFT JOIN days ON days.id = coalesce(c.government_id, i.government_id)
    LEFT JOIN corrected ON target_kind = 'commitment' AND target_id = c.id
),
set_aside AS MATERIALIZED (
    SELECT assessment_id AS id FROM tracking_ruling WHERE kind = 'withdrawn' AND recorded_at <= %(known_at)s
    UNION ALL
    SELECT supersedes_id FROM tracking_assessment WHERE supersedes_id IS NOT NULL AND recorded_at <= %(known_at)s
),
-- The verdict in force on each commitment as a whole and on each of its periods: one walk along the index of verdicts.
in_force AS MATERIALIZED (
    SELECT a.commitment_id, a.occurrence_id, a.status, a.effective_from, coalesce(defined.is_concluded, false) AS is_concluded
    FROM (
        SELECT DISTINCT ON (commitment_id, occurrence_id) commitment_id, occurrence_id, status, rubric_id, effective_from
        FROM tracking_assessment
        WHERE commitment_id IN (SELECT id FROM asked)
            AND recorded_at <= %(known_at)s AND effective_from <= %(true_by)s
            AND (%(rubric)s = '' OR rubric_id = (SELECT id FROM tracking_rubric WHERE version = %(rubric)s))
            AND id NOT IN (SELECT id FROM set_aside)
        ORDER BY commitment_id, occurrence_id, effective_from DESC, recorded_at DESC, id DESC
    ) a
    LEFT JOIN tracking_rubricstatus defined ON defined.rubric_id = a.rubric_id AND defined.key = a.status
),
judged_series AS (
    SELECT DISTINCT ON (v.commitment_id) v.*
    FROM in_force v JOIN government_occurrence o ON o.id = v.occurrence_id
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
    LEFT JOIN in_force whole ON whole.commitment_id = t.id AND whole.occurrence_id IS NULL
    LEFT JOIN judged_series series ON series.commitment_id = t.id
    LEFT JOIN conditions c ON c.commitment_id = t.id
    LEFT JOIN endings e ON e.commitment_id = t.id
    LEFT JOIN deadlines d ON d.commitment_id = t.id AND d.occurrence_id IS NULL
),
open_periods AS (
    SELECT o.commitment_id, array_agg(o.last_day) AS days, min(o.last_day) AS first, max(o.last_day) AS last
    FROM (
        SELECT o.id, o.commitment_id, o.period_end,
            CASE WHEN d.commitment_id IS NOT NULL THEN d.due_on
                WHEN due.told IS NOT NULL THEN (due.told ->> 'due_on')::date
                ELSE o.due_on END AS last_day
        FROM government_occurrence o
        LEFT JOIN deadlines d ON d.occurrence_id = o.id
        LEFT JOIN corrected due ON due.target_kind = 'occurrence' AND due.target_id = o.id
        WHERE o.commitment_id IN (SELECT id FROM asked) AND o.recorded_at <= %(known_at)s
    ) o
    JOIN judged j ON j.id = o.commitment_id
    LEFT JOIN in_force v ON v.occurrence_id = o.id
    WHERE o.last_day IS NOT NULL AND o.period_end < j.lapsed_on AND (j.ended_on IS NULL OR j.ended_on > o.period_end)
        AND NOT coalesce(v.is_concluded, false)
    GROUP BY o.commitment_id
),
open_days AS (
    SELECT j.*, p.days, p.first, p.last,
        CASE WHEN NOT j.is_concluded AND j.ended_on IS NULL AND j.condition <> 'lapsed' THEN j.last_day END AS own_day,
        j.condition = 'waiting' OR j.verifiability = 'not_verifiable' AS is_excused
    FROM judged j LEFT JOIN open_periods p ON p.commitment_id = j.id
),
-- What is computed knows no day that passes: `open_on` are the deadlines, missed or ahead, that are open.
computed AS (
    SELECT id, made_on, initiative_id, made_by_id, lead_ministry_id, verifiability, status, is_concluded, judged_on, condition,
        ended_on IS NOT NULL AS is_ended,
        CASE WHEN is_excused THEN '{}' ELSE array_remove(own_day || coalesce(days, '{}'), NULL) END AS open_on,
        CASE WHEN NOT is_excused THEN least(own_day, first) END AS first_open_on,
        CASE WHEN NOT is_excused THEN greatest(own_day, last) END AS last_open_on,
        today
    FROM open_days
),
told AS (
    SELECT * FROM computed
    UNION ALL
    SELECT c.id, c.made_on, c.initiative_id, c.made_by_id, c.lead_ministry_id, c.verifiability, k.status, k.is_concluded,
        k.judged_on, k.condition, k.is_ended, k.open_on, k.first_open_on, k.last_open_on,
        coalesce(days.today,
            CASE WHEN %(is_present)s THEN timezone(%(zone)s, %(known_at)s)::date ELSE %(as_of)s END)
    FROM looked_up k
    JOIN government_commitment c ON c.id = k.commitment_id
    LEFT JOIN government_initiative i ON c.government_id IS NULL AND i.id = c.initiative_id
    LEFT JOIN days ON days.id = coalesce(c.government_id, i.government_id)
),
states AS (
    SELECT id, made_on, initiative_id, made_by_id, lead_ministry_id, verifiability, status, is_concluded, judged_on, condition,
        is_ended,
        -- The last of its open deadlines that passed, and the first to come.
        CASE WHEN last_open_on < today THEN last_open_on
            WHEN first_open_on < today THEN (SELECT max(day) FROM unnest(open_on) day WHERE day < today) END AS missed_on,
        CASE WHEN first_open_on >= today THEN first_open_on
            WHEN last_open_on >= today THEN (SELECT min(day) FROM unnest(open_on) day WHERE day >= today) END AS next_on
    FROM told
)
