-- A name that a body bore stands as it was recorded; its end is filled in later, once, with the moment of that.
CREATE FUNCTION tracking_rule_name() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(OLD) - '{valid_until,end_recorded_at}'::text[] = to_jsonb(NEW) - '{valid_until,end_recorded_at}'::text[]
            AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL AND NEW.end_recorded_at >= NEW.recorded_at
        THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM tracking_rule_refuse(
        'append_only', 'A name that a body bore is not rewritten: only its end is recorded later, once.', TG_TABLE_NAME
    );
    RETURN NULL;
END
$$;

CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON government_ministryname
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_name();

-- What stands there was told by the ledger when it was recorded: each name by the line after which the body bore it, its
-- end by the line before which it did. What has no line was there from the beginning.
UPDATE government_ministryname n SET end_recorded_at = c.recorded_at
FROM tracking_correction c
WHERE c.target_kind = 'ministry' AND c.target_id = n.ministry_id AND n.valid_until IS NOT NULL AND n.recorded_at IS NULL
    AND c.field = CASE n.language WHEN 'en' THEN 'name' ELSE 'name_' || n.language END
    AND c.before = to_jsonb(n.name);
UPDATE government_ministryname n SET recorded_at = c.recorded_at
FROM tracking_correction c
WHERE c.target_kind = 'ministry' AND c.target_id = n.ministry_id AND n.recorded_at IS NULL
    AND c.field = CASE n.language WHEN 'en' THEN 'name' ELSE 'name_' || n.language END
    AND (c.after = to_jsonb(n.name) OR (c.before = to_jsonb(n.name) AND n.valid_from IS NULL));
