"""The picture beside a link to a subject."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.tracking.ledger import set_back
from policytracker.tracking.rates import tally_at

from ..fonts import has_hangul
from ..kinds import BY_NAME
from ..pages import SHARED_SECONDS, NotThere, PublicRequest, public_page
from ..pictures import picture_of
from ..scores import Score
from .articles import source_line
from .subjects import public_subject

KEPT_SECONDS = 3600


@public_page
def picture(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """Title, standing and day as a PNG in the page's language; in English where no font here has Hangul."""
    with _drawable_language():
        return _drawn(request, _told(request, slug, kind))


@public_page
def article_picture(request: PublicRequest, number: int) -> HttpResponse:
    """Headline, publisher and day as a PNG. Of the publisher's text it shows nothing."""
    with _drawable_language():
        return _drawn(request, _article_told(request, number))


def _drawable_language() -> translation.override:
    return translation.override(translation.get_language() if has_hangul() else settings.LANGUAGE_CODE)


def _told(request: PublicRequest, slug: str, kind: str) -> tuple[Any, ...]:
    """All that the picture shows: whatever tells the same is drawn once."""
    found, moment = BY_NAME[kind], request.moment
    subject = public_subject(request, found.subjects(), slug)
    promised = Commitment.objects.published().known(moment.known_at).filter(found.own(subject, moment))
    score = Score(tally_at(promised, moment), moment)
    note = f"{_note(kind, score)} · {dates.in_words(moment.as_of)}"
    counts = tuple((status, count) for status, count in score.counts.items() if count)
    return str(subject), settings.SITE_NAME, note, counts


def _article_told(request: PublicRequest, number: int) -> tuple[Any, ...]:
    known = Article.objects.published().known(request.moment.known_at)
    article = known.for_list_page().filter(pk=number).first()
    if article is None:
        raise NotThere(_("No article with this number is in the public record."))
    set_back([article], request.moment)
    return article.headline, settings.SITE_NAME, source_line(article), ()


def _drawn(request: PublicRequest, told: tuple[Any, ...]) -> HttpResponse:
    title, site, note, counts = told
    name = sha256(repr((settings.RELEASE, has_hangul(), told)).encode()).hexdigest()

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
