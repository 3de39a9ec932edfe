"""The picture beside a link to a subject."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from policytracker.government.models import Commitment
from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.tracking.rates import tally_at

from ..fonts import has_hangul
from ..kinds import BY_NAME
from ..pages import SHARED_SECONDS, PublicRequest, public_page
from ..pictures import picture_of
from ..scores import Score
from .subjects import public_subject

KEPT_SECONDS = 3600


@public_page
def picture(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """Title, standing and day as a PNG in the page's language; in English where no font here has Hangul."""
    with translation.override(translation.get_language() if has_hangul() else settings.LANGUAGE_CODE):
        told = _told(request, slug, kind)
    name = sha256(repr((settings.RELEASE, has_hangul(), told)).encode()).hexdigest()
    return _drawn(request, told, name)


def _told(request: PublicRequest, slug: str, kind: str) -> tuple[Any, ...]:
    """All that the picture shows: whatever tells the same is drawn once."""
    found, moment = BY_NAME[kind], request.moment
    subject = public_subject(request, found.subjects(), slug)
    promised = Commitment.objects.published().known(moment.known_at).filter(found.own(subject, moment))
    score = Score(tally_at(promised, moment), moment)
    note = f"{_note(kind, score)} · {dates.in_words(moment.as_of)}"
    counts = tuple((status, count) for status, count in score.counts.items() if count)
    return str(subject), settings.SITE_NAME, note, counts


def _drawn(request: PublicRequest, told: tuple[Any, ...], name: str) -> HttpResponse:
    title, site, note, counts = told

    @condition(etag_func=lambda _request: f'"{name}"')
    def answer(_request: PublicRequest) -> HttpResponse:
        pages = caches["pages"]
        drawn = pages.get(name)
        if drawn is None:
            drawn = picture_of(title, site, note, dict(counts))
            pages.set(name, drawn, KEPT_SECONDS)
        return HttpResponse(drawn, content_type="image/png")

    response = answer(request)
    response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    return response


def _note(kind: str, score: Score) -> str:
    if kind == "commitment":
        return str(status_of(next((key for key, count in score.counts.items() if count), "not_rated")).label)
    if not score.total:
        return _("No commitment here")
    return _("{fulfilled} of {total} commitments fulfilled").format(fulfilled=score.fulfilled, total=score.total)
