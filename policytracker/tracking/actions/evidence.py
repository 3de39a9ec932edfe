"""Putting passages for or against a commitment on file."""

from datetime import date, datetime
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.government.models import Commitment
from policytracker.tracking.models import Annotation, Evidence

from .annotations import Words, annotate_passage
from .passages import passage_in
from .refusals import Refused

LONGEST_NOTE = 500


class EvidenceRefused(Refused):
    """The passage cannot be this evidence."""


def add_evidence(
    *,
    commitment: Commitment,
    snapshot: Snapshot,
    start: int,
    end: int,
    exact: str,
    stance: str,
    by: User,
    at: datetime,
    kind: str = Evidence.Kind.ACTION,
    dated_on: date | None = None,
    note: str = "",
    annotation: Annotation | None = None,
) -> Evidence:
    """A draft piece of evidence; the one on file where the same passage was given before with the same stance.

    It is dated by its article unless `dated_on` says otherwise. Raises `NoSuchPassage` and `EvidenceRefused`.
    """
    quote = passage_in(snapshot, start=start, end=end, exact=exact)
    dated_on = dated_on or snapshot.article.published_on
    if dated_on is None:
        raise EvidenceRefused(_("The article has no date. Say when the source appeared."), field="dated_on")
    if len(note) > LONGEST_NOTE:
        raise EvidenceRefused(_("The note has at most %(most)s characters.") % {"most": LONGEST_NOTE}, field="note")
    words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    told = {"stance": stance, "kind": kind, "dated_on": dated_on, "note": note, "annotation": annotation}
    with transaction.atomic(), pghistory.context(user=by.pk, action="add evidence"):
        evidence, is_new = Evidence.objects.get_or_create(
            commitment=commitment,
            snapshot=snapshot,
            start=quote.start,
            end=quote.end,
            defaults=words | told | {"added_by": by, "added_at": at},
        )
    if not is_new and evidence.stance != stance:
        raise EvidenceRefused(
            _("This passage is on file for the commitment already, as “%(stance)s”. Take it off the file first.")
            % {"stance": evidence.get_stance_display()},
            field="stance",
        )
    return evidence


def annotate_as_evidence(
    *,
    snapshot: Snapshot,
    start: int,
    end: int,
    exact: str,
    commitment: Commitment,
    stance: str,
    words: Words,
    by: User,
    at: datetime,
    kind: str = Evidence.Kind.ACTION,
    is_released: bool = False,
    key: UUID | None = None,
) -> Annotation:
    """A note on a passage, and the passage on the commitment's file. Raises what both raise, and then stores neither."""
    with transaction.atomic():
        annotation = annotate_passage(
            snapshot=snapshot,
            start=start,
            end=end,
            exact=exact,
            words=words,
            by=by,
            at=at,
            is_released=is_released,
            key=key,
        )
        add_evidence(
            commitment=commitment,
            snapshot=snapshot,
            start=start,
            end=end,
            exact=exact,
            stance=stance,
            kind=kind,
            annotation=annotation,
            by=by,
            at=at,
        )
    return annotation


def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a draft piece of evidence off the file, and out of the drafts that cite it. Raises `EvidenceRefused`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="remove evidence"):
        evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
        _refuse_published(evidence)
        evidence.links.all().delete()
        evidence.delete()


def _refuse_published(evidence: Evidence) -> None:
    if evidence.is_published:
        raise EvidenceRefused(_("This evidence is public: a published assessment may rest on it."))
