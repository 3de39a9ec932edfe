"""The groups that stand for the roles at the desk; what each may do is said in `desk/access.py`."""

from typing import Any

from django.db import migrations

ROLES = ("viewer", "analyst", "reviewer", "editor", "admin")


def make_roles(apps: Any, schema_editor: Any) -> None:
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0002_makes_the_first_rubric"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
