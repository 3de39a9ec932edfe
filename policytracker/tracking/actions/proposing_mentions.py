"""Writing down what matching found: one row for each sense of each spelling in an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, Snapshot
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.matching import Found, Sense
from policytracker.tracking.models import Mention
from policytracker.tracking.reading.folding import compose, fold

LONGEST_SURFACE = 200
Key = tuple[str, int, str]


@dataclass
class Spelled:
    """One sense of one spelling: where it stands first, and how often it occurs."""

    first: Found
    sense: Sense
    times: int = 1


def propose_mentions(*, article: Article, snapshot: Snapshot, found: Iterable[Found], at: datetime) -> int:
    """Propose what was found and was never decided on; how many rows are new.

    A spelling once rejected in a sense is not offered again for this article in that sense. Proposals that are no longer
    found are withdrawn.
    """
    told = _by_sense(found)
    known = {_key_of(mention): mention for mention in Mention.objects.filter(article=article)}
    withdrawn = [
        mention.pk for key, mention in known.items() if key not in told and mention.state == Mention.State.PROPOSED
    ]
    Mention.objects.filter(pk__in=withdrawn, state=Mention.State.PROPOSED).delete()
    for key, spelled in told.items():
        if key in known and known[key].state == Mention.State.PROPOSED:
            _move(known[key], snapshot, spelled)
    new = [_row(article, snapshot, spelled, at) for key, spelled in told.items() if key not in known]
    Mention.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _by_sense(found: Iterable[Found]) -> dict[Key, Spelled]:
    told: dict[Key, Spelled] = {}
    for each in found:
        for sense in each.senses:
            key = (sense.kind, sense.row, _spelling(each.surface))
            if key in told:
                told[key].times += 1
            else:
                told[key] = Spelled(each, sense)
    return told


def _spelling(surface: str) -> str:
    """Spellings that only differ in case, spaces or hyphens are one."""
    return fold(compose(surface).text).text


def _key_of(mention: Mention) -> Key:
    kind = next(owner for owner in OWNERS if getattr(mention, f"{owner}_id"))
    return kind, getattr(mention, f"{kind}_id"), _spelling(mention.surface)


def _move(mention: Mention, snapshot: Snapshot, spelled: Spelled) -> None:
    place = (snapshot.pk, spelled.first.start, spelled.first.end, spelled.times, spelled.first.is_ambiguous)
    if place == (mention.snapshot_id, mention.start, mention.end, mention.occurrences, mention.is_ambiguous):
        return
    Mention.objects.filter(pk=mention.pk, state=Mention.State.PROPOSED).update(
        snapshot=snapshot,
        start=spelled.first.start,
        end=spelled.first.end,
        occurrences=spelled.times,
        is_ambiguous=spelled.first.is_ambiguous,
    )


def _row(article: Article, snapshot: Snapshot, spelled: Spelled, at: datetime) -> Mention:
    return Mention(
        article=article,
        snapshot=snapshot,
        start=spelled.first.start,
        end=spelled.first.end,
        surface=spelled.first.surface[:LONGEST_SURFACE],
        occurrences=spelled.times,
        is_ambiguous=spelled.first.is_ambiguous,
        proposed_at=at,
        **{f"{spelled.sense.kind}_id": spelled.sense.row},
    )
