"""The order of names in the reader's language: one rule, the same in Python and on every PostgreSQL.

Letters with marks stand with their letter (é with e, å with a), ligatures with what they are made of (ß with ss), and
case makes no difference. Numbers come first. In English, Latin letters come before Hangul; in Korean, Hangul before
Latin, as Korean readers expect, in the order 가나다, which is that of its code points.

The embedded database has no ICU, and other servers sort by whatever locale they were made with. So names are folded
to a key, and keys are compared by code points.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import CharField, Func, TextField, Value
from django.db.models.expressions import Case, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Collate, Concat, Lower, NullIf, Replace
from django.db.models.lookups import Regex
from django.utils.translation import get_language

from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.columns import as_known

HANGUL_FIRST = "ko"
# Letters that Unicode does not take apart into a letter and its mark.
MADE_OF = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
STROKED = str.maketrans("øØđĐðÐłŁı", "oOdDdDlLi")
MARKS = "[\u0300-\u036f]"
MARKED = "[\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]"  # where there is anything to fold
RANKS = (("^[0-9]", "0"), ("^[가-힣]", "1"))  # of a Korean list; everything else comes last
LAST = "2"
T = TypeVar("T")


def collated(name: str) -> str:
    """What sorts a name in Python as `sort_name` sorts it in the database."""
    key = folded(name)
    return f"{_rank(key)}{key}" if get_language() == HANGUL_FIRST else key


def folded(name: str) -> str:
    """The name without case and marks: what is the same here is the same place in a list."""
    for letter, parts in MADE_OF.items():
        name = name.replace(letter, parts)
    bare = re.sub(MARKS, "", unicodedata.normalize("NFD", name.translate(STROKED)))
    return unicodedata.normalize("NFC", bare).lower()


def in_order(subjects: Iterable[T]) -> list[T]:
    """Subjects by their names."""
    return sorted(subjects, key=lambda subject: collated(str(subject)))


def sort_name(kind: str, moment: Moment) -> Any:
    """What sorts rows of a kind with a translated `name` in the database, as they were named at the moment."""
    key = _folded(_name(kind, moment, get_language() or settings.LANGUAGE_CODE))
    if get_language() == HANGUL_FIRST:
        ranks = [When(Regex(key, pattern), then=Value(rank)) for pattern, rank in RANKS]
        key = Concat(Case(*ranks, default=Value(LAST), output_field=CharField()), key, output_field=TextField())
    return Collate(key, "C")


def _name(kind: str, moment: Moment, language: str) -> Any:
    """The name in the reader's language, or the one it falls back to."""
    name = as_known("name", moment, kind=kind)
    if language == settings.LANGUAGE_CODE:
        return name
    told = as_known(f"name_{language}", moment, kind=kind, now=KeyTextTransform(f"name_{language}", "i18n"))
    return Coalesce(NullIf(told, Value("", output_field=TextField())), name, output_field=TextField())


def _folded(name: Any) -> Any:
    """`folded` as the database says it; names with nothing to fold, which are most, are only looked at."""
    bare = name
    for letter, parts in MADE_OF.items():
        bare = Replace(bare, Value(letter), Value(parts))
    signs = "".join(map(chr, STROKED)), "".join(map(chr, STROKED.values()))
    bare = _text("translate", bare, *map(Value, signs))
    bare = _text("regexp_replace", _text("normalize", bare, form="NFD"), Value(MARKS), Value(""), Value("g"))
    return Case(
        When(Regex(name, MARKED), then=Lower(_text("normalize", bare, form="NFC"))),
        default=Lower(name),
        output_field=TextField(),
    )


def _text(function: str, *parts: Any, form: str = "") -> Func:
    """A function of PostgreSQL that makes text; `form` is the one that `normalize` takes as a word of its own."""
    template = f"%(function)s(%(expressions)s, {form})" if form else "%(function)s(%(expressions)s)"
    return Func(*parts, function=function, template=template, output_field=TextField())


def _rank(key: str) -> str:
    return next((rank for pattern, rank in RANKS if re.match(pattern, key)), LAST)
