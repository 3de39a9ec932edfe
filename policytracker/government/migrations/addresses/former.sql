-- An address that was public keeps leading to what it named, and never comes to name something else.
CREATE FUNCTION government_keep_address() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    of_kind text := TG_ARGV[0];
    belongs_to bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT %I FROM government_formeraddress WHERE kind = $1 AND slug = $2', of_kind || '_id')
        INTO belongs_to USING of_kind, NEW.slug;
    IF belongs_to <> NEW.id THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'address_belonged_to_another',
            TABLE = TG_TABLE_NAME, MESSAGE = format('“%s” was the address of another %s and still leads there.', NEW.slug, of_kind);
    END IF;
    DELETE FROM government_formeraddress WHERE kind = of_kind AND slug = NEW.slug;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.recorded_at IS NOT NULL THEN
            EXECUTE format('INSERT INTO government_formeraddress (kind, slug, %I) VALUES ($1, $2, $3)', of_kind || '_id')
                USING of_kind, OLD.slug, NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    of_kind text;
BEGIN
    FOREACH of_kind IN ARRAY '{ministry,official,post,initiative,commitment}'::text[] LOOP
        EXECUTE format('CREATE TRIGGER keeps_address AFTER INSERT OR UPDATE OF slug ON %I
            FOR EACH ROW EXECUTE FUNCTION government_keep_address(%L)', 'government_' || of_kind, of_kind);
    END LOOP;
END
$$;
