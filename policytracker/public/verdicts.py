"""The verdicts on a commitment as its page shows them: what changed, why, on which evidence, and who was minister."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership
from policytracker.pages import flags
from policytracker.pages.flags import Flag
from policytracker.pages.translated import other_language
from policytracker.tracking.models import Assessment, AssessmentEvidence, Ruling
from policytracker.tracking.moments import Moment

from .passages import Piece, piece_of


@dataclass(frozen=True)
class ShownVerdict:
    """One assessment; `before` is the status that held until then."""

    id: str
    before: str
    after: str
    day: date
    word: str
    rationale: str
    language: str
    author: str
    reviewer: str
    holder: str
    where_looked: str
    reason: str
    period: str
    evidence: list[Piece] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


def around_verdicts(commitment: Commitment, moment: Moment) -> dict[str, Any]:
    """What the verdicts on a commitment are told from, to be read: “assessments”, their “links” to evidence, “rulings”."""
    assessments = Assessment.objects.published().known(moment.known_at)
    links = AssessmentEvidence.objects.filter(
        assessment__commitment=commitment, evidence__recorded_at__lte=moment.known_at
    )
    rulings = Ruling.objects.filter(assessment__commitment=commitment, recorded_at__lte=moment.known_at)
    return {
        "assessments": assessments.filter(commitment=commitment, effective_from__lte=moment.as_of)
        .select_related("occurrence", "author", "reviewer")
        .order_by("effective_from", "recorded_at", "id"),
        "links": links.select_related("evidence__snapshot__article__publisher")
        .defer(
            "evidence__snapshot__raw",
            "evidence__snapshot__text",
            "evidence__snapshot__article__search",
            "evidence__snapshot__article__shingles",
        )
        .order_by("-evidence__dated_on", "-evidence_id"),
        "rulings": rulings.order_by("recorded_at", "id"),
    }


def verdicts_on(around: Mapping[str, list[Any]], heads: Sequence[Membership], moment: Moment) -> list[ShownVerdict]:
    """Every published verdict known at the moment and true by it, the newest first, from what was read around them."""
    assessments = around["assessments"]
    for assessment in assessments:
        assessment.told_links = [link for link in around["links"] if link.assessment_id == assessment.pk]
        assessment.told_rulings = [ruling for ruling in around["rulings"] if ruling.assessment_id == assessment.pk]
    replaced = {assessment.supersedes_id for assessment in assessments}
    shown: list[ShownVerdict] = []
    last: dict[int | None, str] = {}
    for assessment in assessments:
        before = last.get(assessment.occurrence_id, "")
        shown.append(_shown(assessment, before, heads, moment, is_replaced=assessment.pk in replaced))
        if assessment.pk not in replaced and not _is_withdrawn(assessment):
            last[assessment.occurrence_id] = assessment.status
    return shown[::-1]


def _is_withdrawn(assessment: Any) -> bool:
    return any(ruling.kind == Ruling.Kind.WITHDRAWN for ruling in assessment.told_rulings)


def _shown(
    assessment: Any, before: str, heads: Sequence[Membership], moment: Moment, *, is_replaced: bool
) -> ShownVerdict:
    holders = holders_on(heads, assessment.effective_from)
    return ShownVerdict(
        id=f"v{assessment.pk}",
        before=before,
        after=assessment.status,
        day=assessment.effective_from,
        word=_word(assessment, before, is_replaced=is_replaced),
        rationale=assessment.rationale_i18n or "",
        language=other_language(assessment, "rationale"),
        author=_name(assessment.author, _("an analyst")),
        reviewer="" if assessment.is_single_handed else _name(assessment.reviewer, _("a reviewer")),
        holder=", ".join(str(membership.official) for membership in holders),
        where_looked=assessment.where_looked,
        reason=str(assessment.get_reason_code_display()) if assessment.reason_code else "",
        period=str(assessment.occurrence or ""),
        evidence=[piece_of(link.evidence, moment) for link in assessment.told_links],
        flags=[flags.disputed()] if _is_disputed(assessment) else [],
    )


def _word(assessment: Any, before: str, *, is_replaced: bool) -> str:
    if _is_withdrawn(assessment):
        return _("withdrawn")
    if is_replaced:
        return _("replaced")
    return _("confirmed") if before == assessment.status else ""


def _is_disputed(assessment: Any) -> bool:
    told = [ruling.kind for ruling in assessment.told_rulings]
    return bool(told) and told[-1] == Ruling.Kind.DISPUTED


def _name(user: Any, otherwise: str) -> str:
    """A person's public name; the sign-in name is nobody's business."""
    return (user.get_full_name() if user else "") or otherwise
