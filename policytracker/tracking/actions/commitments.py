"""Making a commitment of words in an article, and correcting it while it is a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.government.models import (
    Commitment,
    Criterion,
    FormerAddress,
    Government,
    Initiative,
    Membership,
    Ministry,
    Topic,
)
from policytracker.tracking.models import Annotation, Candidate, Statement

from .once import once
from .passages import passage_in
from .reference import fingerprint
from .refusals import ChangedMeanwhile, Refused

LONGEST_STATEMENT = 2_000


class CommitmentRefused(Refused):
    """The commitment cannot be kept as it is."""


@dataclass(frozen=True)
class Terms:
    """What was promised, by whom, by when, on what condition."""

    statement: str
    lead_ministry: Ministry
    made_on: date
    made_precision: str = "day"
    made_by: Membership | None = None
    initiative: Initiative | None = None
    kind: str = Commitment.Kind.ACTION
    specificity: str = Commitment.Specificity.SPECIFIC
    verifiability: str = Commitment.Verifiability.UNDECIDED
    verifiability_note: str = ""
    due_on: date | None = None
    due_precision: str = ""
    due_words: str = ""
    condition: str = ""
    is_conditional: bool = False
    recurrence: str = ""
    note: str = ""
    topics: Iterable[Topic] = ()
    supporting_ministries: Iterable[Ministry] = ()
    criteria: Iterable[str] = ()
    translations: tuple[tuple[str, str], ...] = ()
    """Pairs of field and words, `("statement_ko", "…")`."""


@dataclass(frozen=True)
class Source:
    """Where a commitment was made: words of a snapshot."""

    snapshot: Snapshot
    start: int
    end: int
    exact: str
    annotation: Annotation | None = None
    candidate: Candidate | None = None


def make_commitment(
    *, terms: Terms, by: User, at: datetime, source: Source | None = None, key: UUID | None = None
) -> Commitment:
    """A draft commitment, with the passage in which it was made as its first statement.

    The annotation it was made of is linked to it, the candidate is accepted. Sent twice with one `key`, it is made
    once. Raises `CommitmentRefused` and `NoSuchPassage`.
    """

    def make() -> Commitment:
        with pghistory.context(user=by.pk, action="make commitment"):
            commitment = Commitment(created_by=by, government=_government_of(terms))
            _fill(commitment, terms)
            commitment.slug = free_slug(terms.statement)
            _save(commitment)
            _set_links(commitment, terms)
            if source is not None:
                _state(commitment, source, terms, by=by, at=at)
        return commitment

    return once(key=key, by=by, at=at, kind=Commitment, make=make)


def change_draft_commitment(
    *, commitment: Commitment, terms: Terms, by: User, at: datetime, seen: str = ""
) -> Commitment:
    """Correct a commitment that is not public yet; a public one is corrected with a note (`corrections`).

    `seen` is its `fingerprint` as the user read it. Raises `ChangedMeanwhile` where somebody else saved it since.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="change commitment"):
        commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if commitment.is_published:
            raise CommitmentRefused(_("This commitment was published meanwhile. Correct it with a note."))
        if seen and seen != fingerprint_of(commitment):
            raise ChangedMeanwhile(
                _("Somebody else saved this commitment meanwhile. What stands now is beside yours."), current=commitment
            )
        commitment.government = _government_of(terms)
        _fill(commitment, terms)
        _save(commitment)
        _set_links(commitment, terms)
    return commitment


def fingerprint_of(commitment: Commitment) -> str:
    """A short text that differs whenever the commitment, its criteria or its topics do."""
    links = [criterion.text for criterion in commitment.criteria.all()]
    links += sorted(str(pk) for pk in commitment.topics.values_list("pk", flat=True))
    return sha256("\n".join([fingerprint(commitment), *links]).encode()).hexdigest()[:16]


def add_statement(
    *,
    commitment: Commitment,
    source: Source,
    said_on: date,
    by: User,
    at: datetime,
    said_precision: str = "day",
    membership: Membership | None = None,
    ministry: Ministry | None = None,
    is_original: bool = False,
) -> Statement:
    """A passage in which the commitment was made or restated; the one on file where it was told before."""
    quote = passage_in(source.snapshot, start=source.start, end=source.end, exact=source.exact)
    with transaction.atomic(), pghistory.context(user=by.pk, action="add statement"):
        statement, _is_new = Statement.objects.get_or_create(
            commitment=commitment,
            snapshot=source.snapshot,
            start=quote.start,
            end=quote.end,
            defaults={
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
                "is_original": is_original,
                "said_on": said_on,
                "said_precision": said_precision,
                "membership": membership,
                "ministry": ministry or commitment.lead_ministry,
                "added_by": by,
                "added_at": at,
            },
        )
    return statement


def free_slug(statement: str) -> str:
    """An address for a commitment that no other has or had."""
    base = slugify(statement)[:60].rsplit("-", 1)[0] if len(slugify(statement)) > 60 else slugify(statement)
    base = base or "commitment"
    taken = set(Commitment.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(FormerAddress.objects.filter(kind="commitment", slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


PLAIN = (
    "statement",
    "lead_ministry",
    "made_on",
    "made_precision",
    "made_by",
    "initiative",
    "kind",
    "specificity",
    "verifiability",
    "verifiability_note",
    "due_on",
    "due_precision",
    "due_words",
    "condition",
    "is_conditional",
    "recurrence",
    "note",
)


def _fill(commitment: Commitment, terms: Terms) -> None:
    if len(terms.statement) > LONGEST_STATEMENT:
        raise CommitmentRefused(
            _("The statement has at most %(most)s characters: one plain sentence.") % {"most": LONGEST_STATEMENT},
            field="statement",
        )
    for name in PLAIN:
        setattr(commitment, name, getattr(terms, name))
    for name, words in terms.translations:
        setattr(commitment, name, words or None)


def _save(commitment: Commitment) -> None:
    try:
        commitment.full_clean(exclude=["slug"] if not commitment.slug else None)
    except ValidationError as error:
        raise CommitmentRefused(" ".join(error.messages)) from error
    commitment.save()


def _set_links(commitment: Commitment, terms: Terms) -> None:
    commitment.topics.set(terms.topics)
    commitment.supporting_ministries.set(terms.supporting_ministries)
    wanted = [text.strip() for text in terms.criteria if text.strip()]
    if list(commitment.criteria.values_list("text", flat=True)) != wanted:
        commitment.criteria.all().delete()
        Criterion.objects.bulk_create(
            Criterion(commitment=commitment, text=text[:500], position=position) for position, text in enumerate(wanted)
        )


def _state(commitment: Commitment, source: Source, terms: Terms, *, by: User, at: datetime) -> None:
    add_statement(
        commitment=commitment,
        source=source,
        said_on=terms.made_on,
        said_precision=terms.made_precision,
        membership=terms.made_by,
        is_original=True,
        by=by,
        at=at,
    )
    if source.annotation is not None:
        source.annotation.about_commitment = commitment
        source.annotation.save(update_fields=["about_commitment"])
    if source.candidate is not None:
        _accept(source.candidate, commitment, by=by, at=at)


def _accept(candidate: Candidate, commitment: Commitment, *, by: User, at: datetime) -> None:
    waiting = Candidate.objects.filter(pk=candidate.pk, state=Candidate.State.PROPOSED)
    if not waiting.update(
        state=Candidate.State.ACCEPTED, commitment=commitment, decided_by=by, decided_at=at, reason=""
    ):
        raise CommitmentRefused(_("Somebody decided on this proposal meanwhile. Look at it again."))


def _government_of(terms: Terms) -> Government | None:
    """The government in office in the ministry's country when the commitment was made."""
    held = Government.objects.filter(country=terms.lead_ministry.country, started_on__lte=terms.made_on)
    return held.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=terms.made_on)).order_by("-started_on").first()
