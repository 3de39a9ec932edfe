"""What public templates say on top of `{% load pages %}`: addresses of the record's subjects."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.urls import translate_url
from django.utils.translation import get_language

from policytracker.government.models import Membership
from policytracker.tracking.middleware import address_of_today

from ..addresses import address_of
from ..pages import PublicRequest
from ..terms import sheet_url

register = template.Library()


@register.filter
def address(subject: Model | None) -> str:
    """Where the subject is read; empty for none."""
    return address_of(subject) if subject is not None else ""


@register.filter
def hand_over_url(membership: Membership) -> str:
    """Where the hand-over sheet of a term is read; empty for a term that has none."""
    return sheet_url(membership)


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """The value a mapping holds for a key, or nothing."""
    return mapping.get(key)


@dataclass(frozen=True)
class Links:
    """A page's place in the site: its address for good, and its twins in other languages."""

    canonical: str
    languages: list[tuple[str, str]]
    is_past: bool
    locale: str


@register.simple_tag(takes_context=True)
def page_links(context: template.Context) -> Links:
    """Canonical and alternate addresses, without filters; a page of another moment points to today's."""
    request: PublicRequest = context["request"]
    twins = [(code, settings.SITE_URL + translate_url(request.path, code)) for code, _name in settings.LANGUAGES]
    default = next(url for code, url in twins if code == settings.LANGUAGE_CODE)
    return Links(
        canonical=settings.SITE_URL + request.path,
        languages=[*twins, ("x-default", default)],
        is_past=not request.moment.is_present,
        locale={"en": "en_GB", "ko": "ko_KR"}.get(get_language() or "", ""),
    )


@register.simple_tag(takes_context=True)
def today_url(context: template.Context) -> str:
    """The same page at the present moment."""
    return address_of_today(context["request"])
