"""What pages of one subject share: finding it, or saying why it is not there."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from policytracker.pages import dates

from ..addresses import found_or_moved
from ..pages import NotThere


def public_subject(request: HttpRequest, subjects: QuerySet[Any], slug: str) -> Any:
    """The published subject with this slug, as of the request's moment. Raises NotThere, or Moved to its new address."""
    subject = found_or_moved(subjects, slug)
    if subject is None:
        raise NotThere(_("Nothing in the public record has this address."))
    moment = request.moment  # type: ignore[attr-defined]
    if getattr(subject, "recorded_at", None) and subject.recorded_at > moment.known_at:
        known_on = dates.in_words(moment.known_at.date())
        raise NotThere(_("On {date} this was not yet in the record.").format(date=known_on))
    return subject
