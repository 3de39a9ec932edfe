"""The order of names in the reader's language.

The embedded database has no ICU. In English, names go by letters without difference of case; in Korean, Hangul comes
before other scripts, as Korean readers and ICU's Korean collation expect, and is in the order of its code points.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import CharField, TextField, Value
from django.db.models.expressions import Case, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Lower, NullIf
from django.db.models.lookups import Regex
from django.utils.translation import get_language

from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.columns import as_known

HANGUL_FIRST = "ko"
T = TypeVar("T")


def collated(name: str) -> str:
    """What sorts a name in Python as `sort_name` sorts it in the database."""
    if get_language() != HANGUL_FIRST:
        return name.lower()
    return f"{_rank(name)}{name.lower()}"


def in_order(subjects: Iterable[T]) -> list[T]:
    """Subjects by their names."""
    return sorted(subjects, key=lambda subject: collated(str(subject)))


def sort_name(kind: str, moment: Moment) -> Any:
    """What sorts rows of a kind with a translated `name` in the database, as they were named at the moment."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return Lower(as_known("name", moment, kind=kind))
    told = as_known(f"name_{language}", moment, kind=kind, now=KeyTextTransform(f"name_{language}", "i18n"))
    translated = NullIf(told, Value("", output_field=TextField()))
    name = Lower(Coalesce(translated, as_known("name", moment, kind=kind), output_field=TextField()))
    if language != HANGUL_FIRST:
        return name
    rank = Case(When(Regex(name, "^[가-힣]"), then=Value("0")), default=Value("1"), output_field=CharField())
    return Concat(rank, name, output_field=TextField())


def _rank(name: str) -> str:
    return "0" if "가" <= name[:1] <= "힣" else "1"
