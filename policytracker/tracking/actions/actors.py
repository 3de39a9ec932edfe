"""Whom the record knows behind the words "the ministry", "Kwon" and "it"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from policytracker.government.models import Membership, Post
from policytracker.tracking.candidates import Proposal
from policytracker.tracking.matching import Found, Sense

GENERIC_BODY = re.compile(
    r"^(?:the\s+|this\s+|our\s+)?(?P<word>ministry|department|agency|office|commission|it|we|부처|당국)$", re.IGNORECASE
)
CALLED = {"ministry": {"", "ministry"}, "부처": {"", "ministry"}, "department": {"", "ministry"}, "office": {"office"}}
"""Of which classification a body is that is called so for short; for other words its own name has to hold the word."""
BODIES = frozenset({"", "ministry", "executive", "office"})


@dataclass(frozen=True)
class ActorInRecord:
    """Rows of the record that a proposal is about; None where it cannot be told."""

    ministry: int | None = None
    ministry_slug: str = ""
    membership: int | None = None
    initiative: int | None = None
    initiative_slug: str = ""


class Cast:
    """Everybody an article names, looked up once."""

    def __init__(self, found: Sequence[Found], on: date) -> None:
        self.found = [each for each in found if not each.is_ambiguous]
        senses = {sense.key: sense for each in self.found for sense in each.senses}
        self.senses: dict[str, Sense] = {f"{kind}:{slug}": sense for (kind, slug), sense in senses.items()}
        self.memberships = self._held(on)
        self.posts = self._posts()
        initiatives = {each.senses[0].key: each.senses[0] for each in self.found if each.kind == "initiative"}
        self.only_initiative = next(iter(initiatives.values())) if len(initiatives) == 1 else None

    def actor_of(self, proposal: Proposal) -> ActorInRecord:
        """Ministry, membership and initiative of a proposal."""
        initiative = self._initiative_in(proposal) or self.only_initiative
        ministry, slug, membership = self._who(proposal)
        return ActorInRecord(
            ministry,
            slug,
            membership,
            initiative.row if initiative else None,
            initiative.slug if initiative else "",
        )

    def _who(self, proposal: Proposal) -> tuple[int | None, str, int | None]:
        sense = self.senses.get(proposal.actor_key)
        generic = GENERIC_BODY.match(proposal.actor)
        if sense is None and generic:
            sense = self._body_before(proposal.end, generic["word"].lower())
        if sense is None:
            return None, "", None
        if sense.kind == "ministry":
            return sense.row, sense.slug, None
        held = self.memberships.get(sense.row) if sense.kind == "official" else None
        if held is not None:
            return held.post.ministry_id, held.post.ministry.slug, held.pk
        post = self.posts.get(sense.row) if sense.kind == "post" else None
        return (post.ministry_id, post.ministry.slug, None) if post else (None, "", None)

    def _body_before(self, position: int, word: str) -> Sense | None:
        """The last body named before of which one speaks in this word: "the ministry" is no president's office."""
        before = [each for each in self.found if each.kind == "ministry" and each.start < position]
        bodies = [each for each in before if each.senses[0].classification in BODIES]
        if word in CALLED:
            bodies = [each for each in bodies if each.senses[0].classification in CALLED[word]]
        elif word in {"agency", "commission"}:
            bodies = [each for each in before if word in each.surface.lower()]
        return bodies[-1].senses[0] if bodies else None

    def _initiative_in(self, proposal: Proposal) -> Sense | None:
        for each in self.found:
            if each.kind == "initiative" and proposal.start <= each.start < proposal.end:
                return each.senses[0]
        return None

    def _held(self, on: date) -> dict[int, Membership]:
        """What each official named held on the day; of several posts the one that heads a ministry."""
        officials = [sense.row for sense in self.senses.values() if sense.kind == "official"]
        in_office = Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        held = (
            Membership.objects.filter(in_office, official__in=officials)
            .select_related("post__ministry")
            .order_by("post__is_head", "started_on")
        )
        return {row.official_id: row for row in held} if officials else {}

    def _posts(self) -> dict[int, Post]:
        rows = [sense.row for sense in self.senses.values() if sense.kind == "post"]
        return {row.pk: row for row in Post.objects.filter(pk__in=rows).select_related("ministry")} if rows else {}
