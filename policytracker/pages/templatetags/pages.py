"""What templates say: `{% status_chip key %}`, `{% day date precision %}`, `{% icon "i-warn" %}` …"""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from .. import charts, dates, navigation
from ..flags import Flag, flags_of
from ..statuses import status_of
from ..translated import other_language, quote_language, script_language

register = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "i") -> SafeString:
    """A glyph of the sprite, for the eye only: words stand beside it."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>', css_class, name)


@register.inclusion_tag("components/_status_chip.html")
def status_chip(key: str, is_large: bool = False) -> dict[str, Any]:
    """A status: glyph and word. Never a link or button."""
    return {"status": status_of(key), "is_large": is_large}


@register.inclusion_tag("components/_status_change.html")
def status_change(before: str, after: str) -> dict[str, Any]:
    """A status before and after; the chip alone where nothing changed or nothing stood before."""
    return {"before": status_of(before) if before and before != after else None, "after": status_of(after)}


@register.simple_tag
def status_word(key: str) -> str:
    """The name of a status, for running text."""
    return str(status_of(key).label)


@register.simple_tag
def day(value: date | None, precision: str = "day", style: str = "long", css_class: str = "") -> SafeString:
    """A date as exactly as it is known, as a `<time>` element where HTML has a form for it; empty for none, or its place."""
    if value is None:
        return format_html('<span class="{}"></span>', css_class) if css_class else SafeString("")
    value = dates.as_date(value)
    words = dates.in_words(value, precision or "day", style)
    machine = dates.machine_readable(value, precision or "day")
    css = format_html(' class="{}"', css_class) if css_class else ""
    if not machine:
        return format_html("<span{}>{}</span>", css, words)
    return format_html('<time{} datetime="{}">{}</time>', css, machine, words)


@register.simple_tag
def day_in_words(value: date | None, precision: str = "day") -> str:
    """A date as exactly as it is known, for plain text; empty for none."""
    return dates.in_words(dates.as_date(value), precision or "day") if value else ""


@register.simple_tag
def moment(value: datetime | None, utc_offset_minutes: int | None = None) -> SafeString:
    """A moment with time and zone, in the zone its source printed (UTC when it printed none)."""
    if value is None:
        return SafeString("")
    zone = dates.zone_of(utc_offset_minutes)
    local = value.astimezone(zone or UTC)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), dates.moment_in_words(value, zone)
    )


@register.simple_tag
def span(start: date | None, start_precision: str, end: date | None, end_precision: str) -> str:
    """A period in words: "July 2023 to July 2025"."""
    return dates.span_in_words(start, start_precision or "day", end, end_precision or "day")


@register.simple_tag
def toggles(field: BoundField) -> SafeString:
    """A field's radio buttons or boxes, each with its label. As strings: Django's own way takes a template an option."""
    return mark_safe("".join(map(_toggle, (option.data for option in field))))  # noqa: S308 - each part is escaped


def _toggle(option: dict[str, Any]) -> str:
    attributes = {"type": option["type"], "name": option["name"], "value": option["value"], **option["attrs"]}
    written = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False and value is not None
    )
    label = escape(str(option["label"]))
    return f'<label class="toggle" for="{escape(str(attributes.get("id", "")))}"><input{written}>{label}</label>'


@register.filter
def days_ahead(days: int) -> str:
    """ "in 57 days"."""
    return dates.days_from_now(days)


@register.filter
def days_overdue(days: int) -> str:
    """ "33 days overdue"."""
    return dates.days_overdue(days)


@register.filter
def days_late(days: int) -> str:
    """ "26 days late"."""
    return dates.days_late(days)


@register.simple_tag
def share_bar(count: int, peak: int) -> SafeString:
    """The thin bar of one line of the year rail."""
    return charts.share(count, peak)


@register.filter
def events_in_words(count: int) -> str:
    """ "7 events"."""
    return charts.events_in_words(count)


register.filter(other_language)


register.filter(script_language)
register.filter(quote_language)


@register.filter
def told(words: Any) -> SafeString:
    """A name or note as the record has it, with its language where it is not the page's; empty for none."""
    said = "" if words is None else str(words)
    language = script_language(said)
    return format_html('<span lang="{}">{}</span>', language, said) if language else conditional_escape(said)


@register.simple_tag
def lang(code: str) -> SafeString:
    """The ` lang="…"` attribute of words in another language than the page's; empty where it is the same."""
    return format_html(' lang="{}"', code) if code and code != get_language() else SafeString("")


@register.filter
def language_name(code: str) -> str:
    """A language in its own words: "한국어"; the code itself when nobody knows it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


@register.simple_tag(takes_context=True)
def twin_languages(context: template.Context) -> list[dict[str, str]]:
    """This page's other languages as {code, name, url}; empty where the address has no twin (the desk, the admin)."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    here = request.get_full_path()
    twins = [(code, translate_url(here, code)) for code, _name in settings.LANGUAGES if code != get_language()]
    return [{"code": code, "name": language_name(code), "url": url} for code, url in twins if url != here]


@register.simple_tag(takes_context=True)
def is_signed_in(context: template.Context) -> bool:
    """Whether the page is one of those that know their reader, and knows one. Public pages never ask."""
    request: HttpRequest | None = context.get("request")
    if request is None or not request.path.startswith(("/desk/", "/accounts/")):
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query string with some keys set, or left out when the new value is None or empty."""
    request: HttpRequest | None = context.get("request")
    given = request.GET if request else QueryDict()
    kept = [(key, value) for key, values in given.lists() if key not in changes for value in values]
    kept += [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
    return "?" + urlencode(kept)


@register.filter
def is_narrowing(form: BaseForm) -> bool:
    """Whether the address sets a field of this form, or tries to."""
    return any(value for name in form.fields for value in _values(form.data, name))


@register.simple_tag(takes_context=True)
def kept_inputs(context: template.Context, form: BaseForm | None = None, *mine: str) -> SafeString:
    """Hidden fields for what the address says beyond this form: the day asked for, the order. Pages begin anew."""
    request: HttpRequest | None = getattr(context, "request", None)
    given = request.GET if request else QueryDict()
    names = {"after", "before", "page", "format", *mine, *(form.fields if form is not None else ())}
    kept = [(name, value) for name, values in given.lists() if name not in names for value in values if value]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


def _values(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[navigation.Entry]:
    """The header's menu; the section the reader is in is current."""
    return navigation.menu(navigation.MAIN, _path(context))


@register.simple_tag(takes_context=True)
def about_menu(context: template.Context) -> list[navigation.Entry]:
    """The footer's pages about the site."""
    return navigation.menu(navigation.ABOUT, _path(context))


def _path(context: template.Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else ""


@register.filter
def flags(standing: Any) -> list[Flag]:
    """The flags beside a commitment's status."""
    return flags_of(standing)
