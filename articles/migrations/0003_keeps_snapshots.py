"""A snapshot is immutable: a changed page is a new snapshot, never an overwrite."""

from django.db import migrations

KEPT = """
CREATE FUNCTION articles_rule_snapshot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        MESSAGE = 'A snapshot shows the page as it was; it is never changed or removed.',
        ERRCODE = 'check_violation', CONSTRAINT = 'append_only', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION articles_rule_snapshot();
CREATE TRIGGER rule_append_only_truncate BEFORE TRUNCATE ON articles_snapshot
    FOR EACH STATEMENT EXECUTE FUNCTION articles_rule_snapshot();
"""
TAKEN_BACK = "DROP FUNCTION articles_rule_snapshot CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_keeps_search")]

    operations = [migrations.RunSQL(KEPT, TAKEN_BACK)]
