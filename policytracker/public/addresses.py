"""Where each subject of the record is read, and where those that moved are read now."""

from functools import lru_cache
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from articles.models import Article
from policytracker.government.models import Commitment, FormerAddress, Initiative, Ministry, Official, Topic
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import FormerTagAddress, Tag
from policytracker.tracking.moments import Moment

DETAIL: dict[type[Model], str] = {
    Initiative: "initiative",
    Commitment: "commitment",
    Ministry: "ministry",
    Official: "official",
    Article: "article",
    Topic: "topic",
    Tag: "tag",
}
_PLACE = "1234567890123456789"  # stands for slug or number; no subject has it


class Moved(Exception):
    """The subject has another slug now; `public_page` answers with a permanent redirect to the same form of it there."""

    def __init__(self, heir: Any) -> None:
        super().__init__(heir.slug)
        self.slug: str = heir.slug


def address_of(subject: Model) -> str:
    """The subject's page in the active language. Long lists ask for many: the pattern is resolved once."""
    kind = DETAIL[type(subject)]
    key = subject.pk if kind == "article" else subject.slug  # type: ignore[attr-defined]
    return _pattern(kind, get_language() or "").replace(_PLACE, str(key))


@lru_cache(maxsize=64)
def _pattern(kind: str, _language: str) -> str:
    return reverse(f"public:{kind}_detail", args=[_PLACE])


def found_or_moved(subjects: QuerySet[Any], slug: str, moment: Moment) -> Any:
    """The subject with this slug as the record told it at the moment, None where there is none. Raises Moved where it, or one it became, lies elsewhere."""
    subject = subjects.filter(slug=slug).first()
    if subject is None:
        _raise_if_moved(subjects, slug)
        return None
    set_back([subject], moment)
    heir = getattr(subject, "merged_into", None)
    if heir is not None:
        raise Moved(heir)
    return subject


def _raise_if_moved(subjects: QuerySet[Any], slug: str) -> None:
    kind = DETAIL[subjects.model]
    if kind == "tag":
        former = Q(pk__in=FormerTagAddress.objects.filter(slug=slug).values("tag"))
    else:
        former = Q(pk__in=FormerAddress.objects.filter(kind=kind, slug=slug).values(kind))
    subject = subjects.filter(former).first()
    if subject is not None:
        raise Moved(subject)
