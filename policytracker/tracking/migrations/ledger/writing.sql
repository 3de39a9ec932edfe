-- Who and when, for lines that the database writes itself: what an action told this transaction, else its own clock.
CREATE FUNCTION tracking_ledger_moment() RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('policytracker.at', true), '')::timestamptz, now())
$$;

CREATE FUNCTION tracking_ledger_person() RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT id FROM auth_user
    WHERE id::text = nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user'
$$;

-- A line of the ledger is filled in: the transaction that writes it, and the subjects on whose pages it stands.
CREATE FUNCTION tracking_ledger_line() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    target jsonb;
BEGIN
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    IF tracking_ledger_columns(NEW.target_kind) IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_is_of_a_kept_kind',
            MESSAGE = format('Corrections of “%s” are not kept.', NEW.target_kind);
    END IF;
    EXECUTE format('SELECT to_jsonb(r) FROM %s r WHERE id = $1', tracking_ledger_table(NEW.target_kind))
        INTO target USING NEW.target_id;
    NEW.commitment_id := CASE NEW.target_kind WHEN 'commitment' THEN NEW.target_id
        ELSE (target ->> 'commitment_id')::bigint END;
    NEW.initiative_id := CASE NEW.target_kind WHEN 'initiative' THEN NEW.target_id END;
    NEW.ministry_id := CASE NEW.target_kind WHEN 'ministry' THEN NEW.target_id
        WHEN 'post' THEN (target ->> 'ministry_id')::bigint
        WHEN 'succession' THEN (target ->> 'predecessor_id')::bigint END;
    NEW.official_id := CASE NEW.target_kind WHEN 'official' THEN NEW.target_id
        WHEN 'membership' THEN (target ->> 'official_id')::bigint END;
    RETURN NEW;
END
$$;
CREATE TRIGGER ledger_line BEFORE INSERT ON tracking_correction
    FOR EACH ROW EXECUTE FUNCTION tracking_ledger_line();

-- The fields in which two states of a row differ, before and after, without those that this transaction has told.
CREATE FUNCTION tracking_ledger_untold(of_kind text, of_id bigint, old_row jsonb, new_row jsonb)
RETURNS TABLE (field text, before jsonb, after jsonb)
LANGUAGE sql STABLE AS $$
    WITH states AS (
        SELECT tracking_ledger_fields(of_kind, old_row) AS old, tracking_ledger_fields(of_kind, new_row) AS new
    ),
    changes AS (
        SELECT f AS field, states.old -> f AS before, states.new -> f AS after
        FROM states, jsonb_object_keys(states.old || states.new) f
        WHERE states.old -> f IS DISTINCT FROM states.new -> f
    )
    SELECT c.field, c.before, c.after FROM changes c
    WHERE NOT EXISTS (
        SELECT FROM tracking_correction told
        WHERE told.target_kind = of_kind AND told.target_id = of_id AND told.field = c.field
            AND told.transaction_id = pg_current_xact_id()::text::bigint
            AND nullif(told.before, 'null') IS NOT DISTINCT FROM c.before
            AND nullif(told.after, 'null') IS NOT DISTINCT FROM c.after
    )
$$;

-- What is news, the database tells itself: an open end that closes, a translation, what a source says anew.
CREATE FUNCTION tracking_ledger_news() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    INSERT INTO tracking_correction (target_kind, target_id, field, before, after, kind, note, made_by_id, recorded_at)
    SELECT TG_ARGV[0], NEW.id, field, coalesce(before, 'null'), coalesce(after, 'null'), 'news', '',
        tracking_ledger_person(), tracking_ledger_moment()
    FROM tracking_ledger_untold(TG_ARGV[0], NEW.id, to_jsonb(OLD), to_jsonb(NEW))
    WHERE tracking_ledger_is_news(TG_ARGV[0], field, before)
        OR (TG_ARGV[0] = 'article' AND current_setting('policytracker.hears', true) = 'source'
            AND field NOT IN ('recorded_at', 'note'));
    RETURN NULL;
END
$$;

-- Everything else needs somebody who says why. Looked at when the transaction ends, so that the order does not matter.
CREATE FUNCTION tracking_ledger_required() RETURNS trigger
LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    untold text;
BEGIN
    SELECT string_agg(field, ', ' ORDER BY field) INTO untold
    FROM tracking_ledger_untold(TG_ARGV[0], NEW.id, to_jsonb(OLD), to_jsonb(NEW));
    IF untold IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'published_field_changes_with_a_correction',
            TABLE = TG_TABLE_NAME,
            MESSAGE = format('This %s is in the public record: correct it with a note (%s).', TG_ARGV[0], untold);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION tracking_ledger_keeps() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'published_row_stays', TABLE = TG_TABLE_NAME,
        MESSAGE = format('This %s is in the public record: it can be corrected, not deleted.', TG_ARGV[0]);
END
$$;

-- The ledger tells what happened: the row is published, each line begins where the one before ended, and the last one
-- ends at what the row says now. Looked at when the transaction ends.
CREATE FUNCTION tracking_ledger_fits() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    now_says jsonb := tracking_ledger_row(NEW.target_kind, NEW.target_id);
    previous record;
    last_after jsonb;
    fault text;
BEGIN
    SELECT nullif(after, 'null') AS after INTO previous FROM tracking_correction
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id AND field = NEW.field
            AND (recorded_at, id) < (NEW.recorded_at, NEW.id)
        ORDER BY recorded_at DESC, id DESC LIMIT 1;
    SELECT nullif(after, 'null') INTO last_after FROM tracking_correction
        WHERE target_kind = NEW.target_kind AND target_id = NEW.target_id AND field = NEW.field
        ORDER BY recorded_at DESC, id DESC LIMIT 1;
    fault := CASE
        WHEN now_says IS NULL THEN 'What it corrects is not in the public record.'
        WHEN nullif(NEW.before, 'null') IS NOT DISTINCT FROM nullif(NEW.after, 'null') THEN 'It changes nothing.'
        WHEN NEW.field <> 'recorded_at' AND NEW.recorded_at < (now_says ->> 'recorded_at')::timestamptz
            THEN 'It is older than what it corrects.'
        WHEN previous IS NOT NULL AND previous.after IS DISTINCT FROM nullif(NEW.before, 'null')
            THEN 'It does not begin where the correction before it ended.'
        WHEN last_after IS DISTINCT FROM now_says -> NEW.field THEN 'The record says something else.'
    END;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_fits_the_record',
            TABLE = TG_TABLE_NAME,
            MESSAGE = format('The correction of %s %s (%s) does not fit the record. %s', NEW.target_kind, NEW.target_id,
                NEW.field, fault);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_fits AFTER INSERT ON tracking_correction DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION tracking_ledger_fits();

-- One set of triggers for each kind. PostgreSQL compares the columns before it calls anything, so an UPDATE that leaves
-- the protected ones alone costs nothing.
DO $$
DECLARE
    of_kind text;
    of_table regclass;
    has_changed text;
BEGIN
    FOREACH of_kind IN ARRAY '{commitment,initiative,government,ministry,succession,official,post,membership,occurrence,milestone,criterion,statement,event,article}'::text[] LOOP
        of_table := tracking_ledger_table(of_kind);
        SELECT format('OLD.recorded_at IS NOT NULL AND (%s) IS DISTINCT FROM (%s)',
            string_agg(format('OLD.%I', c), ', '), string_agg(format('NEW.%I', c), ', '))
        INTO has_changed FROM unnest(tracking_ledger_columns(of_kind)) c;
        EXECUTE format('CREATE TRIGGER ledger_news AFTER UPDATE ON %s FOR EACH ROW WHEN (%s)
            EXECUTE FUNCTION tracking_ledger_news(%L)', of_table, has_changed, of_kind);
        EXECUTE format('CREATE CONSTRAINT TRIGGER ledger_required AFTER UPDATE ON %s DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (%s) EXECUTE FUNCTION tracking_ledger_required(%L)', of_table, has_changed, of_kind);
        EXECUTE format('CREATE TRIGGER ledger_keeps BEFORE DELETE ON %s FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL)
            EXECUTE FUNCTION tracking_ledger_keeps(%L)', of_table, of_kind);
    END LOOP;
END
$$;
