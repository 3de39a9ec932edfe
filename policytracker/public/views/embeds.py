"""Cards for other sites: no script, no cookie, framable; everything else here is not."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from policytracker.government.models import Commitment
from policytracker.pages.translated import other_language
from policytracker.tracking.moments import Moment, present
from policytracker.tracking.rates import tally_at
from policytracker.tracking.standing import standing

from ..addresses import Moved, address_of
from ..kinds import BY_NAME, EMBEDDED
from ..pages import NotThere, PublicRequest, Refused, public_page
from ..records import absolute
from ..scores import Score
from .subjects import public_subject

WIDTH, HEIGHT = 560, 260
STANDS = ("status", "since", "is_overdue", "is_waiting", "is_superseded")  # what the card of a commitment tells


@dataclass(frozen=True)
class Asked:
    """A page of ours by its address; `moment` is the part of the address that asks for another day."""

    kind: str
    slug: str
    language: str
    moment: str


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_page
def embed(request: PublicRequest, kind: str, slug: str) -> HttpResponse:
    """One card; frozen at a day where the address names one, with what changed since."""
    subject = _subject(request, kind, slug)
    moment = request.moment
    context: dict[str, Any] = {
        "subject": subject,
        "subject_language": other_language(subject, "statement" if kind == "commitment" else "name"),
        "kind": kind,
        "url": absolute(address_of(subject)),
    }
    now = None if moment.is_present else present(now=timezone.now(), zone=ZoneInfo(settings.TIME_ZONE))
    if kind == "commitment":
        context["standing"] = then = standing(subject, moment)
        context["now"] = _other(then, standing(subject, now) if now else None, *STANDS)
    else:
        context["score"] = score = _score(kind, subject, moment)
        context["score_now"] = _other(score, _score(kind, subject, now) if now else None, "counts", "overdue")
    return render(request, "public/embed.html", context)


@public_page
def embedding(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """How to put the card on a page of one's own: live, or frozen at its date."""
    subject = _subject(request, kind, slug)
    moment = request.moment
    live = absolute(reverse("public:embed", args=[kind, slug]))
    frozen = f"{live}?as_of={moment.as_of.isoformat()}&known_at={moment.known_at:%Y-%m-%dT%H:%M:%SZ}"
    context = {
        "subject": subject,
        "codes": [
            (_("Live: it shows how things stand whenever it is read"), "live", _code(live, str(subject))),
            (_("Frozen at this day: it says when something has changed since"), "frozen", _code(frozen, str(subject))),
        ],
        "preview": live,
        "crumbs": [(str(subject), address_of(subject))],
    }
    return render(request, "public/embedding.html", context)


@public_page
def oembed(request: PublicRequest) -> HttpResponse:
    """The oEmbed answer for one of our pages (oembed.com, version 1.0, type rich)."""
    if request.GET.get("format", "json") != "json":
        response = HttpResponse(_("Only JSON is offered."), status=501, content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "no-store"
        return response
    asked = _page_asked_for(request.GET.get("url", ""))
    width, height = _within(request, "maxwidth", WIDTH), _within(request, "maxheight", HEIGHT)
    with translation.override(asked.language):
        subject = _found(request, asked)
        url = absolute(reverse("public:embed", args=[asked.kind, subject.slug])) + asked.moment
        return JsonResponse(
            {
                "version": "1.0",
                "type": "rich",
                "provider_name": settings.SITE_NAME,
                "provider_url": settings.SITE_URL,
                "title": str(subject),
                "html": _code(url, str(subject), width, height),
                "width": width,
                "height": height,
                "cache_age": 3600,
            },
            json_dumps_params={"ensure_ascii": False},
        )


def _found(request: PublicRequest, asked: Asked) -> Any:
    """The subject of a page, or what it became."""
    try:
        return _subject(request, asked.kind, asked.slug)
    except Moved as moved:
        return _subject(request, asked.kind, moved.slug)


def _other(then: Any, now: Any, *names: str) -> Any:
    """How it stands now, where that differs from then in anything the card tells; else nothing."""
    return now if now and any(getattr(then, name) != getattr(now, name) for name in names) else None


def _subject(request: PublicRequest, kind: str, slug: str) -> Any:
    if kind not in EMBEDDED:
        raise NotThere(_("There are cards of commitments, initiatives and ministries only."))
    return public_subject(request, BY_NAME[kind].subjects(), slug)


def _score(kind: str, subject: Any, moment: Moment) -> Score:
    """How the commitments of an initiative or ministry stood at the moment."""
    promised = Commitment.objects.published().known(moment.known_at).filter(BY_NAME[kind].own(subject, moment))
    return Score(tally_at(promised, moment), moment)


def _code(url: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    context = {"url": url, "title": title, "width": width, "height": height}
    return render_to_string("public/_embed_code.html", context).strip()


def _within(request: PublicRequest, name: str, most: int) -> int:
    asked = request.GET.get(name, "")
    if not asked:
        return most
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked)):
        raise Refused(_("“{name}” should be a number of pixels.").format(name=name))
    return min(int(asked), most)


def _page_asked_for(url: str) -> Asked:
    """The page of ours that an address leads to. Raises NotThere for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no address
        parts = urlsplit("")
    ours = urlsplit(settings.SITE_URL)
    language = translation.get_language_from_path(parts.path) or settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            match = resolve(parts.path) if parts.netloc == ours.netloc else None
    except Resolver404:
        match = None
    name = match.url_name if match and match.namespace == "public" else ""
    kind = (name or "").removesuffix("_detail")
    if match is None or kind not in EMBEDDED:
        raise NotThere(_("“url” should be the address of a commitment, initiative or ministry on this site."))
    days = [(name, value) for name, value in parse_qsl(parts.query) if name in ("as_of", "known_at")]
    return Asked(kind, match.kwargs["slug"], language, f"?{urlencode(days)}" if days else "")
