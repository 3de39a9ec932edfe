"""Sentences that may be commitments."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Substr
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Initiative, Membership, Ministry

from .passages import Passage

AROUND = 120  # code points of the text shown on either side of a sentence


BY_HAND = "by hand"
"""The method of a proposal that a person put into the queue: it says nothing of how right the machine is."""
APART_WORDS = {
    "foreign": _("a promise of another country"),
    "party": _("a promise of a party"),
    "others": _("somebody else’s promise, demand or duty"),
    "history": _("an old promise"),
    "denied": _("denied, or left open"),
    "hypothetical": _("holds only if things were otherwise"),
}
"""Why the machine sets a promising sentence apart; by the codes of `reading.drafts.Apart`."""
REASON_WORDS = {
    "promise_words": _("promising words"),
    "weak_words": _("words that promise little"),
    "actor_state": _("actor is a government body or official"),
    "actor_known": _("actor is in the record"),
    "actor_first_person": _("the government speaks itself"),
    "actor_instrument": _("a policy of the government is the subject"),
    "actor_receiver": _("somebody is to receive something"),
    "actor_unnamed": _("nobody named as the actor"),
    "actor_unclear": _("the actor is unclear"),
    "actor_earlier": _("actor named in an earlier sentence"),
    "actor_not_ours": _("the actor is not the government"),
    "speaker_state": _("reported by a government body or official"),
    "speaker_not_ours": _("said by somebody else"),
    "deadline": _("a time is named"),
    "action": _("names a concrete act"),
    "money": _("names a sum"),
    "number": _("names a number"),
    "consequence": _("tells a consequence"),
    "itinerary": _("tells an appointment"),
    "forecast": _("reads like a forecast"),
    "item": _("item of a list that promises"),
    "negative": _("promises not to do something"),
    "in_progress": _("already under way"),
    "continues": _("goes on with what is done"),
    "model": _("found by the language model"),
    "by_hand": _("put into the queue by a person"),
    **{f"apart_{code}": words for code, words in APART_WORDS.items()},
}


class CandidateQuerySet(models.QuerySet):
    """Candidates by what a person decided."""

    def waiting(self) -> Self:
        """Candidates nobody has decided on, folded ones left out."""
        return self.filter(state=Candidate.State.PROPOSED, folded_into__isnull=True)

    def for_source(self) -> Self:
        """With what a commitment made of one needs to know."""
        rows = self.select_related(
            "snapshot__article", "initiative", "actor_ministry", "actor_membership__official", "actor_membership__post"
        )
        return rows.defer("snapshot__raw")

    def decided(self) -> Self:
        """Candidates that a person decided on themselves, the latest first; what was folded went with another."""
        return self.filter(decided_at__isnull=False, folded_into__isnull=True).order_by("-decided_at", "-id")

    def for_queue_page(self) -> Self:
        """With what a card shows: sentence, surroundings, article, proposed fields, what folded into it."""
        folded = Candidate.objects.filter(state=Candidate.State.PROPOSED).select_related("snapshot__article")
        folded = folded.defer("snapshot__raw", "snapshot__text", "snapshot__article__search")
        return (
            self.select_related(
                "snapshot__article__publisher",
                "actor_ministry",
                "actor_membership__official",
                "actor_membership__post",
                "initiative",
                "restates",
                "commitment",
                "decided_by",
                "folded_into",
            )
            .defer("snapshot__raw", "snapshot__text", "snapshot__article__search", "snapshot__article__shingles")
            .annotate(
                before=Substr("snapshot__text", Greatest(F("start") - AROUND, 0) + 1, Least(F("start"), AROUND)),
                after=Substr("snapshot__text", F("end") + 1, AROUND),
            )
            .prefetch_related(models.Prefetch("folded", folded, to_attr="told_folded"))
        )

    def for_reading_desk(self, article_id: int) -> Self:
        """What waits for a decision in an article, in the text's order."""
        rows = self.waiting().filter(snapshot__article=article_id)
        own = ("snapshot", "start", "end", "exact", "actor_text", "condition", "recurrence")
        due = ("due_on", "due_precision", "due_words")
        ministry = ("actor_ministry__slug", "actor_ministry__name", "actor_ministry__i18n")
        restated = ("restates__slug", "restates__statement", "restates__i18n")
        rows = rows.select_related("actor_ministry", "restates").only(*own, *due, *ministry, *restated)
        return rows.order_by("start", "id")


@pghistory.track()
class Candidate(Passage):
    """A sentence of a snapshot that may be a commitment; proposed by the machine, decided by a person."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted as new")
        RESTATEMENT = "restatement", _("attached as restatement")
        EVIDENCE = "evidence", _("attached as evidence")
        MERGED = "merged", _("merged")
        REJECTED = "rejected", _("rejected")

    class Reason(models.TextChoices):
        NOT_A_PROMISE = "not_a_promise", _("Not a promise")
        OTHERS_PROMISE = "others_promise", _("Somebody else's promise")
        ALREADY_DONE = "already_done", _("Already done when said")
        TOO_VAGUE = "too_vague", _("Too vague to track")
        OUT_OF_SCOPE = "out_of_scope", _("Outside our subjects")
        DUPLICATE = "duplicate", _("Already in the record")
        BAD_SENTENCE = "bad_sentence", _("Not a whole sentence")

    statement = models.TextField(
        _("statement"), blank=True, help_text=_("What was promised, in one plain sentence; empty: the quote itself.")
    )
    actor_text = models.CharField(_("who, as written"), max_length=300, blank=True)
    actor_ministry = models.ForeignKey(Ministry, models.SET_NULL, null=True, blank=True, related_name="+")
    actor_membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="candidates", verbose_name=_("initiative")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Commitment.Kind, default=Commitment.Kind.ACTION)
    specificity = models.CharField(
        _("specificity"), max_length=10, choices=Commitment.Specificity, default=Commitment.Specificity.VAGUE
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(_("how exactly"), max_length=20, blank=True)
    due_words = models.CharField(_("the words it rests on"), max_length=300, blank=True)
    condition = models.TextField(_("condition"), blank=True)
    recurrence = models.CharField(_("recurrence"), max_length=20, choices=Commitment.Recurrence, blank=True)
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    method = models.CharField(_("method"), max_length=60, help_text=_("What proposed it, with its version."))
    restates = models.ForeignKey(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="restating_candidates"
    )
    folded_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="folded")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED, db_index=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    reason_note = models.CharField(_("remark"), max_length=300, blank=True)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="candidates", verbose_name=_("commitment")
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: Any = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "start", "end"], name="candidate_is_proposed_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="candidate_passage_is_not_empty"),
            models.CheckConstraint(
                condition=Q(state="proposed") ^ Q(decided_by__isnull=False, decided_at__isnull=False),
                name="candidate_is_decided_by_a_person",
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_candidate_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "restatement", "evidence", "merged"]) | Q(commitment__isnull=False),
                name="accepted_candidate_names_its_commitment",
            ),
        ]

    @property
    def is_undone_here(self) -> bool:
        """Whether the decision can be taken back in the queue: nothing of the record rests on it but draft evidence."""
        return self.state in {self.State.REJECTED, self.State.MERGED, self.State.EVIDENCE}

    @property
    def told_reasons(self) -> list[tuple[str, str]]:
        """Why the machine proposed it: what each reason means, and the words it rests on."""
        return [(str(REASON_WORDS[code]), words) for code, words in map(_pair, self.reasons) if code in REASON_WORDS]

    def __str__(self) -> str:
        return self.exact[:120]


def _pair(reason: Any) -> tuple[str, str]:
    """A stored reason as code and words, whatever was stored."""
    if isinstance(reason, list) and len(reason) == 2 and all(isinstance(part, str) for part in reason):
        return reason[0], reason[1]
    return "", ""
