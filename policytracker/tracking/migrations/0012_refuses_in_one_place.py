"""What refuses the rewriting of a published assessment is the function of all tables that are only added to.

The SQL stands in `rules/assessment_stays.sql`.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

SQL = Path(__file__).parent

TAKEN_BACK = """
DROP TRIGGER rule_append_only_update ON tracking_assessment;
DROP TRIGGER rule_append_only ON tracking_assessment;
CREATE TRIGGER rule_append_only BEFORE UPDATE OR DELETE ON tracking_assessment
    FOR EACH ROW WHEN (OLD.recorded_at IS NOT NULL) EXECUTE FUNCTION tracking_rule_assessment_stays();
"""


def _as_it_was() -> str:
    stays = functions.put_back((SQL / "ledger" / "translations.sql").read_text(), "tracking_rule_assessment_stays")
    return f"{stays}\n{TAKEN_BACK}"


class Migration(migrations.Migration):
    dependencies = [("tracking", "0011_keeps_standings")]

    operations = [migrations.RunSQL((SQL / "rules" / "assessment_stays.sql").read_text(), _as_it_was())]
