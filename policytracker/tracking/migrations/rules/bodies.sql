-- The days that a date stands for.
CREATE FUNCTION tracking_rule_days(day date, how text) RETURNS daterange
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN how IN ('week', 'month', 'quarter', 'year') THEN daterange(
            date_trunc(how, day::timestamp)::date,
            (date_trunc(how, day::timestamp) + CASE how WHEN 'quarter' THEN interval '3 months' ELSE ('1 ' || how)::interval END)::date
        )
        WHEN how = 'half' THEN daterange(
            make_date(extract(year FROM day)::int, CASE WHEN extract(month FROM day) < 7 THEN 1 ELSE 7 END, 1),
            (make_date(extract(year FROM day)::int, CASE WHEN extract(month FROM day) < 7 THEN 1 ELSE 7 END, 1) + interval '6 months')::date
        )
        ELSE daterange(day, day, '[]')
    END
$$;

-- Who certainly holds a post of a body after its last day, on the public record. Who is only attested to, on those days.
CREATE FUNCTION tracking_rule_holders_left(of_ministry bigint) RETURNS TABLE (official text, post text)
LANGUAGE sql STABLE AS $$
    SELECT o.name, p.label
    FROM government_ministry b
    JOIN government_post p ON p.ministry_id = b.id
    JOIN government_membership m ON m.post_id = p.id AND m.recorded_at IS NOT NULL
    JOIN government_official o ON o.id = m.official_id
    CROSS JOIN LATERAL (SELECT upper(tracking_rule_days(b.dissolved_on, b.dissolved_precision)) AS day) afterwards
    WHERE b.id = of_ministry AND b.recorded_at IS NOT NULL AND b.dissolved_on IS NOT NULL AND CASE
        WHEN m.ended_on IS NOT NULL THEN lower(tracking_rule_days(m.ended_on, m.ended_precision)) >= afterwards.day
        WHEN m.started_on IS NOT NULL THEN true
        ELSE afterwards.day <= ANY (m.attested_on)
    END
    ORDER BY o.name
$$;

-- A body that is no more has no holders of its posts: each left on its last day, or before. The trigger's argument names
-- the column that leads to the body; of a membership, by way of its post.
CREATE FUNCTION tracking_rule_holders() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    body bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    held text;
BEGIN
    IF TG_TABLE_NAME = 'government_membership' THEN
        SELECT ministry_id INTO body FROM government_post WHERE id = body;
    END IF;
    IF TG_TABLE_NAME <> 'government_ministry' THEN
        -- Whoever dissolves the body meanwhile waits for us, or we for them.
        PERFORM FROM government_ministry WHERE id = body FOR SHARE;
    END IF;
    SELECT string_agg(format('%s (%s)', official, post), ', ') INTO held FROM tracking_rule_holders_left(body);
    IF held IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'dissolved_body_has_no_holders',
            TABLE = TG_TABLE_NAME, DETAIL = held,
            MESSAGE = format('Somebody holds a post of this body after its last day: %s. Record first that they left.', held);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER rule_holders AFTER INSERT OR UPDATE OF dissolved_on, dissolved_precision, recorded_at ON government_ministry
    FOR EACH ROW WHEN (NEW.recorded_at IS NOT NULL AND NEW.dissolved_on IS NOT NULL)
    EXECUTE FUNCTION tracking_rule_holders('id');
CREATE TRIGGER rule_holders AFTER UPDATE OF ministry_id ON government_post
    FOR EACH ROW WHEN (NEW.ministry_id <> OLD.ministry_id)
    EXECUTE FUNCTION tracking_rule_holders('ministry_id');
CREATE TRIGGER rule_holders
    AFTER INSERT OR UPDATE OF post_id, started_on, ended_on, ended_precision, attested_on, recorded_at ON government_membership
    FOR EACH ROW WHEN (NEW.recorded_at IS NOT NULL)
    EXECUTE FUNCTION tracking_rule_holders('post_id');
