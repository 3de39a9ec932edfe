"""The ledger also keeps under what a subject is filed, and the translations of published assessments.

The SQL stands in `ledger/filing.sql` and `ledger/translations.sql`.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

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
    rules = SQL.parent / "rules"
    return "\n".join(
        [
            TAKEN_BACK,
            functions.put_back((SQL / "values.sql").read_text()),
            functions.put_back((rules / "shared.sql").read_text(), "tracking_rule_written_until"),
            functions.put_back((rules / "changes.sql").read_text(), "tracking_rule_correction"),
            functions.dropped("tracking_ledger_filed|tracking_ledger_is_filing"),
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0006_keeps_the_ledger"),
        ("government", "0002_keeps_addresses"),
    ]

    operations = [
        migrations.RunSQL("\n".join((SQL / f"{part}.sql").read_text() for part in PARTS), _as_they_were()),
    ]
