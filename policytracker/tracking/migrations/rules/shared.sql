-- Every refusal looks like a broken constraint, and names the rule, so that whoever writes can tell which it was.
CREATE FUNCTION tracking_rule_refuse(rule text, sentence text, of_table name) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = sentence, ERRCODE = 'check_violation', CONSTRAINT = rule, TABLE = of_table;
END
$$;

-- For tables, or recorded rows of tables, to which rows are added and none is changed.
CREATE FUNCTION tracking_rule_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tracking_rule_refuse(
        'append_only',
        format('What %s has recorded is not rewritten: add a row that takes it back or replaces it.', TG_TABLE_NAME),
        TG_TABLE_NAME
    );
    RETURN NULL;
END
$$;

-- The last moment at which anything was concluded of a commitment. What is recorded later may not claim to be older,
-- or an answer about the past would change.
-- In force since 0007: that of ledger/filing.sql.
CREATE FUNCTION tracking_rule_written_until(of_commitment bigint) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT greatest(
        (SELECT max(recorded_at) FROM tracking_assessment WHERE commitment_id = of_commitment),
        (
            SELECT max(r.recorded_at) FROM tracking_ruling r
            JOIN tracking_assessment a ON a.id = r.assessment_id WHERE a.commitment_id = of_commitment
        ),
        (SELECT max(recorded_at) FROM tracking_deadlinechange WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_conditionchange WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_discontinuation WHERE commitment_id = of_commitment),
        (SELECT max(recorded_at) FROM tracking_supersession WHERE old_id = of_commitment),
        (
            SELECT max(recorded_at) FROM tracking_correction
            WHERE target_kind = 'commitment' AND target_id = of_commitment
        )
    )
$$;

CREATE FUNCTION tracking_rule_forward(of_commitment bigint, moment timestamptz, of_table name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    until timestamptz;
BEGIN
    -- One writer at a time for each commitment: the next one sees what this one recorded.
    PERFORM FROM government_commitment WHERE id = of_commitment FOR NO KEY UPDATE;
    until := tracking_rule_written_until(of_commitment);
    IF moment < until THEN
        PERFORM tracking_rule_refuse(
            'record_is_written_forward',
            format('Something was recorded of this commitment on %s already; nothing can be recorded before that.', until),
            of_table
        );
    END IF;
END
$$;

-- The calendar day of a moment, in the time zone of the commitment's government. Without a government: the latest day
-- it can be anywhere.
CREATE FUNCTION tracking_rule_day(of_commitment bigint, moment timestamptz) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT (moment AT TIME ZONE coalesce(own.time_zone, inherited.time_zone, 'Pacific/Kiritimati'))::date
    FROM government_commitment c
    LEFT JOIN government_government own ON own.id = c.government_id
    LEFT JOIN government_initiative i ON i.id = c.initiative_id
    LEFT JOIN government_government inherited ON inherited.id = i.government_id
    WHERE c.id = of_commitment
$$;

-- Whether words stand in a snapshot where they are said to, counted in code points.
CREATE FUNCTION tracking_rule_occurs(in_snapshot bigint, first integer, past integer, words text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    whole text;
BEGIN
    SELECT text INTO whole FROM articles_snapshot WHERE id = in_snapshot;
    IF whole IS NULL OR words IS NULL OR past <= first OR past > char_length(whole) THEN
        RETURN false;
    END IF;
    RETURN substring(whole FROM first + 1 FOR past - first) = words;
END
$$;
