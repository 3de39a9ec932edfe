-- A commitment whose place others took does not take the place of any of them in the end.
CREATE FUNCTION tracking_rule_circle() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- One succession at a time: two that close a circle together would not see each other.
    PERFORM pg_advisory_xact_lock('tracking_supersession'::regclass::oid::bigint);
    IF EXISTS (
        WITH RECURSIVE later(id) AS (
            SELECT NEW.new_id
            UNION
            SELECT s.new_id FROM later JOIN tracking_supersession s ON s.old_id = later.id
            WHERE s.new_id IS NOT NULL AND s.recorded_at IS NOT NULL
        )
        SELECT FROM later WHERE id = NEW.old_id
    ) THEN
        PERFORM tracking_rule_refuse(
            'supersession_is_no_circle',
            'This commitment took the place of the other one already, directly or through others.',
            TG_TABLE_NAME
        );
    END IF;
    RETURN NEW;
END
$$;

-- Its name puts it before the other triggers: whoever waits here holds no commitment yet. What names itself as its own
-- successor is refused by a constraint.
CREATE TRIGGER rule_a_circle BEFORE INSERT OR UPDATE ON tracking_supersession
    FOR EACH ROW WHEN (NEW.recorded_at IS NOT NULL AND NEW.new_id <> NEW.old_id)
    EXECUTE FUNCTION tracking_rule_circle();
