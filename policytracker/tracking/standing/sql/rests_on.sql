-- When the last was recorded of all that a standing rests on, and the last day on which any of it happened. `states.sql`
-- comes before this text. It names more rather than less: a standing that counts as too new for a moment is computed.
, rests_on AS (
    SELECT id, max(recorded_at) AS told_at, coalesce(max(happened_on), '0001-01-01') AS true_on
    FROM (
        SELECT id, recorded_at, NULL::date AS happened_on FROM government_commitment
        UNION ALL
        SELECT commitment_id, recorded_at, NULL FROM government_occurrence
        UNION ALL
        SELECT commitment_id, recorded_at, effective_from FROM tracking_assessment
        UNION ALL
        SELECT judged.commitment_id, ruling.recorded_at, NULL
        FROM tracking_ruling ruling JOIN tracking_assessment judged ON judged.id = ruling.assessment_id
        UNION ALL
        SELECT commitment_id, recorded_at, happened_on FROM tracking_deadlinechange
        UNION ALL
        SELECT commitment_id, recorded_at, happened_on FROM tracking_conditionchange
        UNION ALL
        SELECT commitment_id, recorded_at, happened_on FROM tracking_discontinuation
        UNION ALL
        SELECT old_id, recorded_at, happened_on FROM tracking_supersession
        UNION ALL
        SELECT target_id, recorded_at, NULL FROM tracking_correction WHERE target_kind = 'commitment'
            AND field IN ('verifiability', 'is_conditional', 'made_on', 'due_on', 'lead_ministry', 'initiative')
        UNION ALL
        SELECT period.commitment_id, line.recorded_at, NULL
        FROM tracking_correction line JOIN government_occurrence period ON period.id = line.target_id
        WHERE line.target_kind = 'occurrence' AND line.field = 'due_on'
    ) fact
    WHERE recorded_at IS NOT NULL AND id = ANY (ARRAY (SELECT id FROM asked)) -- an array, so that each table looks it up
    GROUP BY id
)
