"""Rubric "1": the seven statuses we begin with, in English and Korean."""

from datetime import date
from typing import Any

from django.db import migrations

VERSION = "1"

# key, label, label in Korean, definition, definition in Korean, then what may be said of it
STATUSES: list[tuple[str, str, str, str, str, set[str]]] = [
    (
        "fulfilled",
        "Fulfilled",
        "이행",
        "Concluded as promised.",
        "약속한 대로 완료되었습니다.",
        {"is_rating", "is_concluded"},
    ),
    (
        "partly_fulfilled",
        "Partly fulfilled",
        "일부 이행",
        "Concluded with significantly less, later or other than was said.",
        "약속한 것보다 상당히 적거나 늦거나 다르게 완료되었습니다.",
        {"is_rating", "is_concluded", "needs_reason_code"},
    ),
    (
        "in_progress",
        "In progress",
        "진행 중",
        "Concrete action has been taken, not only words.",
        "말에 그치지 않고 구체적인 조치가 있었습니다.",
        {"is_rating"},
    ),
    (
        "not_started",
        "Not started",
        "착수 전",
        "We looked and found nothing.",
        "찾아보았으나 확인된 것이 없습니다.",
        {"is_rating", "may_rest_on_search"},
    ),
    (
        "stalled",
        "Stalled",
        "정체",
        "Begun or due, without movement.",
        "시작되었거나 기한이 되었지만 움직임이 없습니다.",
        {"is_rating", "needs_reason_code"},
    ),
    (
        "not_fulfilled",
        "Not fulfilled",
        "미이행",
        "Concluded without it, reversed, or out of time.",
        "이행되지 않은 채 끝났거나 번복되었거나 기한이 지났습니다.",
        {"is_rating", "is_concluded", "needs_reason_code"},
    ),
    (
        "not_rated",
        "Not rated",
        "평가 전",
        "We have not looked, or it cannot be verified.",
        "아직 살펴보지 않았거나 검증할 수 없습니다.",
        set(),
    ),
]
TRAITS = ("is_rating", "is_concluded", "may_rest_on_search", "needs_reason_code")


def make_rubric(apps: Any, schema_editor: Any) -> None:
    """Store the rubric with its statuses; a record that has one of that version keeps its own."""
    Rubric = apps.get_model("tracking", "Rubric")
    RubricStatus = apps.get_model("tracking", "RubricStatus")
    rubric, is_new = Rubric.objects.get_or_create(
        version=VERSION, defaults={"name": "Rubric 1", "in_force_from": date(2022, 1, 1)}
    )
    if not is_new:
        return
    RubricStatus.objects.bulk_create(
        RubricStatus(
            rubric=rubric,
            key=key,
            label=label,
            definition=definition,
            i18n={"label_ko": label_ko, "definition_ko": definition_ko},
            position=position,
            **{trait: trait in traits for trait in TRAITS},
        )
        for position, (key, label, label_ko, definition, definition_ko, traits) in enumerate(STATUSES, start=1)
    )


# Plain SQL: going backwards, the models that Django puts together here do not all belong to one another.
UNUSED = """
    DELETE FROM {table} WHERE {column} = (
        SELECT id FROM tracking_rubric r
        WHERE version = %s AND NOT EXISTS (SELECT FROM tracking_assessment a WHERE a.rubric_id = r.id)
    )
"""


def drop_rubric(apps: Any, schema_editor: Any) -> None:
    """Remove the rubric, unless something was judged by it: then `make_rubric` finds it, or it goes with its table."""
    for table, column in (("tracking_rubricstatus", "rubric_id"), ("tracking_rubric", "id")):
        schema_editor.execute(UNUSED.format(table=table, column=column), [VERSION])


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_initial")]

    operations = [migrations.RunPython(make_rubric, drop_rubric)]
