"""Writing an assessment: drafted as one types, submitted when its author thinks it is ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.models import Assessment, AssessmentEvidence, ClosingRound, Evidence, Rubric

from .once import once
from .publishing import publish_articles, publish_commitment
from .refusals import ChangedMeanwhile, Refused
from .rules import rules_in_words

OPEN_STAGES = (Assessment.Stage.DRAFT, Assessment.Stage.RETURNED)


class AssessmentRefused(Refused):
    """The assessment is not where this can be done to it."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What an assessment says. Fields may be incomplete while it is a draft."""

    status: str
    effective_from: date
    rationale: str = ""
    reason_code: str = ""
    where_looked: str = ""
    evidence: tuple[Evidence, ...] = ()


def draft_assessment(
    *,
    commitment: Commitment,
    conclusion: Conclusion,
    by: User,
    at: datetime,
    occurrence: Occurrence | None = None,
    supersedes: Assessment | None = None,
    closing_round: ClosingRound | None = None,
    key: UUID | None = None,
) -> Assessment:
    """A new draft under the rubric in force; the one made before where the same form is sent again."""

    def make() -> Assessment:
        assessment = Assessment.objects.create(
            commitment=commitment,
            occurrence=occurrence,
            rubric=rubric_in_force(on=at.date()),
            supersedes=supersedes,
            closing_round=closing_round,
            author=by,
            created_at=at,
            edited_at=at,
            **_columns(conclusion),
        )
        _cite(assessment, conclusion.evidence)
        return assessment

    with pghistory.context(user=by.pk, action="draft assessment"), rules_in_words():
        return once(key=key, by=by, at=at, kind=Assessment, make=make)


def save_draft(
    *,
    assessment: Assessment,
    version: int,
    conclusion: Conclusion,
    by: User,
    at: datetime,
    closing_round: ClosingRound | None = None,
) -> Assessment:
    """Save what the author typed. `version` is the one they read; a draft may become one of a closing round.

    Raises `ChangedMeanwhile` with the row as it stands where somebody saved it since, `AssessmentRefused` where it is
    not an open draft of theirs.
    """
    with pghistory.context(user=by.pk, action="edit assessment"), rules_in_words():
        current = _locked(assessment)
        _refuse_unless_open(current, by)
        if current.version != version:
            raise ChangedMeanwhile(
                _("This draft was saved elsewhere since you opened it. Both versions are below."), current=current
            )
        for name, value in _columns(conclusion).items():
            setattr(current, name, value)
        current.version += 1
        current.edited_at = at
        current.closing_round = closing_round or current.closing_round
        current.save(update_fields=[*_columns(conclusion), "closing_round", "version", "edited_at"])
        _cite(current, conclusion.evidence)
    return current


def submit_assessment(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Hand a draft to the reviewers. Raises the `RuleBroken` that would stop its publication, or `AssessmentRefused`."""
    with pghistory.context(user=by.pk, action="submit assessment"), transaction.atomic():
        current = _locked(assessment)
        _refuse_unless_open(current, by)
        _rehearse(current, at=at)
        current.stage, current.submitted_at = Assessment.Stage.SUBMITTED, at
        current.save(update_fields=["stage", "submitted_at"])
    return current


def take_back(*, assessment: Assessment, by: User, at: datetime) -> Assessment:
    """Make a submitted assessment a draft again, before anybody reviewed it."""
    with pghistory.context(user=by.pk, action="take back assessment"), transaction.atomic():
        current = _locked(assessment)
        if current.stage != Assessment.Stage.SUBMITTED or current.author_id != by.pk:
            raise AssessmentRefused(_("Only its author can take back an assessment, while it waits for review."))
        current.stage, current.submitted_at = Assessment.Stage.DRAFT, None
        current.save(update_fields=["stage", "submitted_at"])
    return current


def discard_draft(*, assessment: Assessment, by: User, at: datetime) -> None:
    """Put a draft aside for good; it stays in the audit trail."""
    with pghistory.context(user=by.pk, action="discard assessment"), transaction.atomic():
        current = _locked(assessment)
        _refuse_unless_open(current, by)
        current.stage = Assessment.Stage.DISCARDED
        current.save(update_fields=["stage"])


def rubric_in_force(*, on: date) -> Rubric:
    """The latest rubric that is in force on that day. Raises `AssessmentRefused` where there is none."""
    rubric = Rubric.objects.filter(in_force_from__lte=on).order_by("-in_force_from", "-pk").first()
    if rubric is None:
        raise AssessmentRefused(_("No rubric is in force yet. An admin has to make one first."))
    return rubric


def make_public(assessment: Assessment, *, reviewer: User, at: datetime, is_single_handed: bool) -> None:
    """Record an assessment with its evidence and the articles that it quotes; the triggers judge.

    A commitment that is still a draft is published with it. Raises `DependsOnDraft` where its page would name another.
    """
    if not assessment.commitment.is_published:
        publish_commitment(commitment=assessment.commitment, by=reviewer, at=at)
    cited = Evidence.objects.filter(links__assessment=assessment)
    publish_articles(article_ids=list(cited.values_list("snapshot__article", flat=True)), at=at)
    Evidence.objects.filter(pk__in=list(cited.drafts().values_list("pk", flat=True))).update(recorded_at=at)
    assessment.stage = Assessment.Stage.PUBLISHED
    assessment.reviewer = reviewer
    assessment.recorded_at = at
    assessment.is_single_handed = is_single_handed
    assessment.save(update_fields=["stage", "reviewer", "recorded_at", "is_single_handed"])


def _rehearse(assessment: Assessment, *, at: datetime) -> None:
    """Publish and undo it, so that the author hears now what the reviewer would hear later."""
    rehearsed = Assessment.objects.get(pk=assessment.pk)
    with rules_in_words():
        make_public(rehearsed, reviewer=rehearsed.author, at=at, is_single_handed=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)


def _columns(conclusion: Conclusion) -> dict[str, object]:
    return {
        "status": conclusion.status,
        "effective_from": conclusion.effective_from,
        "rationale": conclusion.rationale,
        "reason_code": conclusion.reason_code,
        "where_looked": conclusion.where_looked,
    }


def _cite(assessment: Assessment, evidence: Iterable[Evidence]) -> None:
    wanted = {piece.pk for piece in evidence}
    assessment.links.exclude(evidence__in=wanted).delete()
    AssessmentEvidence.objects.bulk_create(
        [AssessmentEvidence(assessment=assessment, evidence_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )


def _locked(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_for_update(of=("self",)).select_related("author").get(pk=assessment.pk)


def _refuse_unless_open(assessment: Assessment, by: User) -> None:
    if assessment.stage not in OPEN_STAGES:
        raise AssessmentRefused(
            _("This assessment is “%(stage)s” and no longer edited.") % {"stage": assessment.get_stage_display()}
        )
    if assessment.author_id != by.pk:
        raise AssessmentRefused(_("Only its author edits a draft. Write a remark, or a draft of your own."))
