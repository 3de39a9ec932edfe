"""The ledger also keeps under what a subject is filed, and the translations of published assessments.

The SQL stands in `ledger/filing.sql` and `ledger/translations.sql`.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "ledger"
PARTS = ("translations", "filing")

TAKEN_BACK = """
DROP FUNCTION tracking_ledger_filing() CASCADE;
DROP FUNCTION tracking_ledger_filing_line() CASCADE;
DROP TRIGGER ledger_news ON tracking_assessment;
DROP TRIGGER ledger_required ON tracking_assessment;
DROP FUNCTION tracking_rule_assessment_stays() CASCADE;
DROP TRIGGER rule_assessment_update ON tracking_assessment;
DROP TRIGGER rule_assessment ON tracking_assessment;
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_append_only();
CREATE TRIGGER rule_assessment BEFORE INSERT OR UPDATE ON tracking_assessment
    FOR EACH ROW EXECUTE FUNCTION tracking_rule_assessment();
"""


def _as_they_were() -> str:
    """The functions of ledger and rules as they stood before, and without what they do not call any more."""
    values = (SQL / "values.sql").read_text()
    rules = "\n".join((SQL.parent / "rules" / f"{part}.sql").read_text() for part in ("shared", "changes"))
    before = [values, _function(rules, "tracking_rule_written_until"), _function(rules, "tracking_rule_correction")]
    restored = "\n".join(before).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    unused = "DROP FUNCTION tracking_ledger_filed(text, bigint); DROP FUNCTION tracking_ledger_is_filing(text);"
    return f"{TAKEN_BACK}\n{restored}\n{unused}"


def _function(text: str, name: str) -> str:
    start = text.index(f"CREATE FUNCTION {name}(")
    return text[start : text.index("\n$$;", start) + 4]


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0006_keeps_the_ledger"),
        ("government", "0002_keeps_addresses"),
    ]

    operations = [
        migrations.RunSQL("\n".join((SQL / f"{part}.sql").read_text() for part in PARTS), _as_they_were()),
    ]
