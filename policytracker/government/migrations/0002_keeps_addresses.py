"""A renamed subject keeps answering at its old address, on whichever path it was renamed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "addresses" / "former.sql"


class Migration(migrations.Migration):
    dependencies = [("government", "0001_initial")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION government_keep_address() CASCADE")]
