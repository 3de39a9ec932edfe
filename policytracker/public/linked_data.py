"""What search engines and other programs read in a page: schema.org as JSON-LD."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from policytracker.pages.statuses import status_of

from .addresses import address_of
from .records import absolute

# Inside a script element only these could end it or start another.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data_of(subject: Any, kind: str) -> SafeString:
    """The script element with the subject's description; nothing for kinds that schema.org has no word for."""
    describe = DESCRIBED.get(kind)
    return script_of(describe(subject)) if describe else SafeString("")


def script_of(data: dict[str, Any]) -> SafeString:
    """Data as a JSON-LD script element, escaped so that no value can leave it."""
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, default=str)
    return mark_safe(f'<script type="application/ld+json">{words.translate(_ESCAPED)}</script>')  # noqa: S308


def _ministry(ministry: Any) -> dict[str, Any]:
    described = {"@type": "GovernmentOrganization", "name": ministry.name_i18n, "url": absolute(address_of(ministry))}
    if ministry.homepage:
        described["sameAs"] = ministry.homepage
    return described


def _official(official: Any) -> dict[str, Any]:
    described = {"@type": "Person", "name": official.name_i18n, "url": absolute(address_of(official))}
    held = getattr(official, "told_memberships", [])
    if held:
        described["hasOccupation"] = [{"@type": "Occupation", "name": str(one.post)} for one in held]
    return described


def _article(article: Any) -> dict[str, Any]:
    described = {
        "@type": "NewsArticle",
        "headline": article.headline[:110],
        "url": article.url or absolute(address_of(article)),
        "inLanguage": article.language or None,
        "datePublished": article.published_at or article.published_on,
        "dateModified": article.updated_at,
        "publisher": {"@type": "Organization", "name": str(article.publisher)} if article.publisher else None,
    }
    return {key: value for key, value in described.items() if value is not None}


def _commitment(commitment: Any) -> dict[str, Any]:
    """The promise as a claim, our standing as its review. The rating is our word, with no number behind it."""
    standing = commitment.standing
    claim = {
        "@type": "Claim",
        "text": commitment.statement_i18n,
        "datePublished": commitment.made_on,
        "author": {"@type": "GovernmentOrganization", "name": str(commitment.lead_ministry)},
    }
    review = {
        "@type": "ClaimReview",
        "url": absolute(address_of(commitment)),
        "claimReviewed": commitment.statement_i18n,
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "reviewRating": {"@type": "Rating", "alternateName": str(status_of(standing.status).label)},
    }
    return {**review, "datePublished": standing.since} if standing.since else review


def corrections_data(corrections: list[Any]) -> SafeString:
    """Corrections as comments on our own work."""
    comments = [
        {"@type": "CorrectionComment", "text": one.note, "dateCreated": one.recorded_at.isoformat()}
        for one in corrections
    ]
    return script_of({"@type": "WebPage", "comment": comments}) if comments else SafeString("")


DESCRIBED = {"ministry": _ministry, "official": _official, "article": _article, "commitment": _commitment}
