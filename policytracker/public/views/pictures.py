"""The picture beside a link to a subject."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.pages.statuses import status_of
from policytracker.tracking.standing import with_standing

from ..kinds import BY_NAME
from ..pages import PublicRequest, public_page
from ..pictures import picture_of
from ..scores import score_of
from .subjects import public_subject


@public_page
def picture(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """Title and standing as a PNG; in English, for the font that is always there has Latin letters only."""
    found = BY_NAME[kind]
    subject = public_subject(request, found.subjects(), slug)
    promised = Commitment.objects.published().known(request.moment.known_at).filter(found.own(subject, request.moment))
    score = score_of(with_standing(promised, request.moment), request.moment)
    with translation.override("en"):
        drawn = picture_of(str(subject), settings.SITE_NAME, _note(kind, score), score.counts)
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _note(kind: str, score: Any) -> str:
    if kind == "commitment":
        return str(status_of(next(iter(score.counts), "not_rated")).label)
    return _("{fulfilled} of {total} commitments fulfilled").format(fulfilled=score.fulfilled, total=score.total)
