"""What a follower is told: the news of what they follow, as told on its timeline, ready for a mail. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Membership, Post

from .models import AssessmentEvidence, Follow, TimelineEvent
from .moments import Moment
from .search import search
from .timeline import TimelineEntry, news_of

NO_QUOTE = ("", "")
LIMIT = 50  # changes in one mail; the rest is counted, and stands on the page
SEARCHED = ("commitments", "initiatives", "articles")
PAGES = {
    "commitment": "public:commitment_detail",
    "initiative": "public:initiative_detail",
    "ministry": "public:ministry_detail",
    "official": "public:official_detail",
    "topic": "public:topic_detail",
    "tag": "public:tag_detail",
    "article": "public:article_detail",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. `key` names it for good, so that it is told once; `source_id` is the row of `kind`.

    `old_status` and `new_status` are keys of statuses, empty where the change is none of status; `path` is the page
    that shows it.
    """

    key: str
    kind: str
    source_id: int
    happened_on: date | None
    precision: str
    title: str
    why: str = ""
    old_status: str = ""
    new_status: str = ""
    quote: str = ""
    quoted_from: str = ""
    path: str = ""


def changes_for(follow: Follow, *, moment: Moment) -> list[Change]:
    """What entered the record on the followed subject since the follower was last told, oldest first."""
    if follow.search:
        return _new_matches(follow, moment)
    news = news_of(_followed(follow, moment), moment, told_until=follow.told_until, limit=LIMIT)
    entries = [entry for _subject, entry in reversed(news)]
    quotes = _quotes_of([entry.source.pk for entry in entries if entry.kind == TimelineEvent.Kind.STATUS])
    return [_change(entry, quotes.get(entry.source.pk, NO_QUOTE)) for entry in entries]


def _quotes_of(assessments: list[int]) -> dict[int, tuple[str, str]]:
    """The newest evidence that each assessment rests on: its words, and who published them."""
    if not assessments:
        return {}
    links = AssessmentEvidence.objects.filter(assessment__in=assessments, evidence__recorded_at__isnull=False)
    links = links.select_related("evidence__snapshot__article__publisher")
    links = links.defer("evidence__snapshot__raw", "evidence__snapshot__text")
    ordered = links.order_by("evidence__dated_on", "evidence_id")
    return {link.assessment_id: (link.evidence.exact, _publisher(link.evidence.snapshot.article)) for link in ordered}


def page_of(row: Model | None) -> str:
    """The path of a row's public page; empty for what has none."""
    name = PAGES.get(row._meta.model_name or "") if row is not None else None
    if row is None or name is None:
        return ""
    return reverse(name, args=[getattr(row, "slug", row.pk)])


def _followed(follow: Follow, moment: Moment) -> list[Any]:
    """The subjects whose news count; a post's are also those of whoever holds it, today and after a change."""
    subject = follow.subject
    if isinstance(subject, Post):
        tenures = Membership.objects.known(moment.known_at).filter(post=subject).select_related("official", "post")
        return [subject, *(tenure.official for tenure in holders_on(tenures, moment.as_of))]
    return [subject]


def _change(entry: TimelineEntry, evidence: tuple[str, str]) -> Change:
    """The change of a timeline's line; one of status quotes the evidence it rests on."""
    row = entry.commitment or entry.initiative or entry.article or entry.official or entry.ministry
    passage, is_status = entry.passage, entry.kind == TimelineEvent.Kind.STATUS
    quote, quoted_from = evidence if is_status else NO_QUOTE
    return Change(
        key=entry.key,
        kind=entry.kind,
        source_id=entry.source.pk,
        happened_on=entry.happened_on,
        precision=entry.precision,
        title=_title(entry),
        why=entry.body,
        old_status=entry.old_status,
        new_status=entry.new_status,
        quote=passage.quote if passage else quote,
        quoted_from=_publisher(passage.article) if passage else quoted_from,
        path=page_of(row),
    )


def _title(entry: TimelineEntry) -> str:
    """What changed, in one line; an appointment names who."""
    if entry.official is None:
        return entry.title
    text = _("%(who)s leaves: %(post)s") if entry.variant == "end" else _("%(who)s becomes %(post)s")
    return text % {"who": entry.official, "post": entry.title}


def _publisher(article: Any) -> str:
    return str(article.publisher or article.headline)


def _new_matches(follow: Follow, moment: Moment) -> list[Change]:
    results = search(follow.search, known_at=moment.known_at, kinds=SEARCHED, limit=LIMIT)
    rows = [hit.row for found in results.found for hit in found.hits if hit.row.recorded_at > follow.told_until]
    return [_match(row) for row in sorted(rows, key=lambda row: row.recorded_at)]


def _match(row: Any) -> Change:
    kind = row._meta.model_name
    return Change(
        key=f"{kind}:{row.pk}:found",
        kind=TimelineEvent.Kind(kind),
        source_id=row.pk,
        happened_on=getattr(row, "made_on", None) or getattr(row, "published_on", None),
        precision=getattr(row, "made_precision", "") or getattr(row, "published_precision", ""),
        title=str(row),
        path=page_of(row),
    )
