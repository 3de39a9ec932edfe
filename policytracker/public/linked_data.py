"""What search engines and other programs read in a page: schema.org as JSON-LD."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.pages.translated import other_language

from .addresses import address_of
from .records import absolute

# Bodies on record that are no government's; a research institute or foundation may be either.
OTHER_BODIES = {
    "party": "PoliticalParty",
    "research institute": "Organization",
    "foundation": "Organization",
    "international body": "Organization",
    "other": "Organization",
}
# Inside a script element only these could end it or start another.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data_of(subject: Any, kind: str) -> SafeString:
    """The script element with the subject's description; nothing for kinds that schema.org has no word for."""
    describe = DESCRIBED.get(kind)
    return script_of(describe(subject)) if describe else SafeString("")


def script_of(data: dict[str, Any]) -> SafeString:
    """Data as a JSON-LD script element, escaped so that no value can leave it."""
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{words.translate(_ESCAPED)}</script>')  # noqa: S308


def _ministry(ministry: Any) -> dict[str, Any]:
    kind = OTHER_BODIES.get(ministry.classification, "GovernmentOrganization")
    described = {"@type": kind, "name": ministry.name_i18n, "url": absolute(address_of(ministry))}
    others = [one for one in (ministry.name, *_translations(ministry, "name")) if one != described["name"]]
    if others:
        described["alternateName"] = others
    if ministry.homepage:
        described["sameAs"] = ministry.homepage
    return described


def _translations(subject: Any, field: str) -> list[str]:
    told = subject.i18n or {}
    return [told[name] for code in settings.MODELTRANS_AVAILABLE_LANGUAGES if told.get(name := f"{field}_{code}")]


def _official(official: Any) -> dict[str, Any]:
    described = {"@type": "Person", "name": official.name_i18n, "url": absolute(address_of(official))}
    held = getattr(official, "told_memberships", [])
    if held:
        described["hasOccupation"] = [{"@type": "Occupation", "name": str(one.post)} for one in held]
    return described


def _article(article: Any) -> dict[str, Any]:
    described = {
        "@type": "NewsArticle",
        "headline": article.headline,
        "url": article.url or absolute(address_of(article)),
        "inLanguage": article.language or None,
        "datePublished": _iso(article.published_at) or _day(article.published_on, article.published_precision),
        "dateModified": _iso(article.updated_at),
        "publisher": {"@type": "Organization", "name": str(article.publisher)} if article.publisher else None,
    }
    return {key: value for key, value in described.items() if value is not None}


def _commitment(commitment: Any) -> dict[str, Any]:
    """The promise as a claim, our standing as its review. The rating is our word, with no number behind it."""
    standing = commitment.standing
    claim = {
        "@type": "Claim",
        "text": commitment.statement_i18n,
        "datePublished": _day(commitment.made_on, commitment.made_precision),
        "author": {"@type": "GovernmentOrganization", "name": str(commitment.lead_ministry)},
    }
    review = {
        "@type": "ClaimReview",
        "url": absolute(address_of(commitment)),
        "claimReviewed": commitment.statement_i18n,
        "itemReviewed": {key: value for key, value in claim.items() if value is not None},
        "inLanguage": other_language(commitment, "statement") or get_language(),
        "author": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "reviewRating": {"@type": "Rating", "alternateName": str(status_of(standing.status).label)},
    }
    return {**review, "datePublished": standing.since.isoformat()} if standing.since else review


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _day(day: date | None, precision: str) -> str | None:
    """A day as exactly as it is known; nothing for what ISO 8601 has no form for, as a quarter."""
    return dates.machine_readable(day, precision or "day") or None if day else None


def corrections_data(corrections: list[Any]) -> SafeString:
    """Corrections as comments on our own work."""
    comments = [
        {
            "@type": "CorrectionComment",
            "text": one.note,
            "dateCreated": one.recorded_at.isoformat(),
            "url": absolute(f"{reverse('public:corrections')}#c{one.pk}"),
        }
        for one in corrections
    ]
    return script_of({"@type": "WebPage", "comment": comments}) if comments else SafeString("")


DESCRIBED = {"ministry": _ministry, "official": _official, "article": _article, "commitment": _commitment}
