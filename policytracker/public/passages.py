"""The passages of an article that the public record rests on: statements, evidence and public notes, in text order."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import Annotation, Evidence, Statement
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing

from .addresses import address_of


@dataclass(frozen=True)
class MarkedPassage:
    """Words of a snapshot with what we make of them. `anchor` is its place on the article's page."""

    anchor: str
    kind: str
    kind_label: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    snapshot_id: int
    note: str
    commitment: Commitment | None
    number: int = 0

    @property
    def is_note(self) -> bool:
        """Whether somebody noted it, rather than that it states a promise or is evidence."""
        return self.anchor.startswith("a")


def marked_passages(article: Article, moment: Moment) -> list[MarkedPassage]:
    """The article's passages in the order of its text, numbered, as known at the moment."""
    known_at = moment.known_at
    statements = Statement.objects.published().known(known_at).filter(snapshot__article=article)
    evidence = Evidence.objects.published().known(known_at).filter(snapshot__article=article)
    notes = Annotation.objects.published().filter(
        snapshot__article=article, recorded_at__lte=known_at, deleted_at=None, parent=None
    )
    rows = [*statements, *evidence, *notes]
    commitments = _commitments(rows, moment)
    found = [passage for row in rows if (passage := _passage(row, commitments))]
    found.sort(key=lambda passage: (passage.start, passage.end, passage.anchor))
    return [replace(passage, number=number) for number, passage in enumerate(found, start=1)]


def _commitments(rows: list[Any], moment: Moment) -> dict[int, Commitment]:
    ids = {_commitment_id(row) for row in rows} - {None}
    public = Commitment.objects.published().known(moment.known_at).filter(pk__in=ids)
    return {commitment.pk: commitment for commitment in set_back(with_standing(public, moment), moment)} if ids else {}


def _commitment_id(row: Any) -> int | None:
    return row.about_commitment_id if isinstance(row, Annotation) else row.commitment_id


def _passage(row: Any, commitments: dict[int, Commitment]) -> MarkedPassage | None:
    """The passage of a row; None where it is about a commitment that is not public."""
    commitment = commitments.get(_commitment_id(row) or 0)
    if commitment is None and not isinstance(row, Annotation):
        return None
    letter, kind, label, note = _told(row)
    return MarkedPassage(
        anchor=f"{letter}{row.pk}",
        kind=kind,
        kind_label=label,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start,
        end=row.end,
        snapshot_id=row.snapshot_id,
        note=note,
        commitment=commitment,
    )


def _told(row: Any) -> tuple[str, str, str, str]:
    if isinstance(row, Statement):
        return "s", "statement", _("Statement"), ""
    if isinstance(row, Evidence):
        return "e", row.stance, f"{row.get_stance_display()} · {row.get_kind_display()}", row.note
    return "a", row.motivation, str(row.get_motivation_display()), row.body


@dataclass(frozen=True)
class Piece:
    """Evidence as the card on a page shows it."""

    anchor: str
    stance: str
    kind: str
    exact: str
    prefix: str
    suffix: str
    dated_on: date
    language: str
    publisher: str
    passage_url: str
    source_url: str
    archive_url: str
    note: str
    lost_on: date | None = None  # since when these words no longer occur at the source
    is_source_gone: bool = False


def piece_of(evidence: Evidence, moment: Moment) -> Piece:
    """The card of one piece of evidence; its snapshot, article and publisher are read beforehand."""
    article = evidence.snapshot.article
    page = address_of(article)
    return Piece(
        anchor=f"e{evidence.pk}",
        stance=evidence.stance,
        kind=str(evidence.get_kind_display()),
        exact=evidence.exact,
        prefix=evidence.prefix,
        suffix=evidence.suffix,
        dated_on=evidence.dated_on,
        language=article.language,
        publisher=str(article.publisher or ""),
        passage_url=f"{page}#e{evidence.pk}",
        source_url=article.url,
        archive_url=f"{page}#snapshots",
        note=evidence.note,
        lost_on=evidence.lost_at.date() if evidence.lost_at and evidence.lost_at <= moment.known_at else None,
        # Of the source as it is, not as it was: only the present page tells.
        is_source_gone=moment.is_present and article.source_state == article.SourceState.GONE,
    )
