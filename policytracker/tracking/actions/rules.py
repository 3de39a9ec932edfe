"""What the database refuses, as sentences. The rules themselves are triggers and constraints; here they get words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from .refusals import Refused


class RuleBroken(Refused):
    """A rule of the record would be broken; `rule` is its name in the database."""

    def __init__(self, sentence: str, *, rule: str = "", field: str | None = None) -> None:
        super().__init__(sentence, field=field)
        self.rule = rule


class EvidenceMissing(RuleBroken):
    """A conclusion without evidence."""


class FourEyesRequired(RuleBroken):
    """Who publishes is who wrote."""


class SourceMissing(RuleBroken):
    """Something the government did, without where it was told."""


class RecordedForGood(RuleBroken):
    """What is published would be rewritten."""


class VerifiabilityUndecided(RuleBroken):
    """A rating of something that was not found verifiable."""


# rule -> (error, sentence, the form's field it belongs to); “{detail}” is what the database adds
WORDS: dict[str, tuple[type[RuleBroken], object, str | None]] = {
    "assessment_rests_on_evidence": (
        EvidenceMissing,
        _("Choose at least one passage that is no older than the commitment; “not started” may say where you looked."),
        "evidence",
    ),
    "evidence_is_of_the_commitment": (RuleBroken, _("Some of the evidence is of another commitment."), "evidence"),
    "evidence_is_not_from_the_future": (RuleBroken, _("Some of the evidence is dated after today."), "evidence"),
    "verifiability_comes_first": (
        VerifiabilityUndecided,
        _("Decide first that the commitment is verifiable; what cannot be verified stays not rated."),
        "status",
    ),
    "published_assessment_has_a_rationale": (
        RuleBroken,
        _("Say why: a published status has a rationale."),
        "rationale",
    ),
    "status_has_its_reason_code": (RuleBroken, _("This status needs a reason. Choose one."), "reason_code"),
    "status_is_in_its_rubric": (RuleBroken, _("Our vocabulary does not have this status."), "status"),
    "assessment_is_not_from_the_future": (
        RuleBroken,
        _("A status cannot be true from a day that has not come."),
        "effective_from",
    ),
    "assessment_is_of_a_public_commitment": (
        RuleBroken,
        _("Publish the commitment, and the period it is about, first."),
        None,
    ),
    "record_is_written_forward": (
        RuleBroken,
        _("Something newer is on record already. Reload the page and try again."),
        None,
    ),
    "four_eyes": (FourEyesRequired, _("Somebody other than its author has to publish an assessment."), None),
    "evidence_is_public": (RuleBroken, _("Some of the evidence is not in the public record."), "evidence"),
    "cited_evidence_is_settled": (
        RecordedForGood,
        _("A published assessment rests on this evidence, so it stays as it is. Add a new piece instead."),
        None,
    ),
    "append_only": (
        RecordedForGood,
        _("What is published stays as it was. Withdraw it, or publish something that replaces it."),
        None,
    ),
    "replacement_is_of_the_same": (
        RuleBroken,
        _("It can only replace a published assessment of the same commitment and period."),
        "supersedes",
    ),
    "periods_of_a_series_share_no_day": (
        RuleBroken,
        _("Another period of this commitment covers some of these days."),
        "period_start",
    ),
    "occurrence_period_is_told_once": (RuleBroken, _("This period is on record already."), "period_start"),
    "occurrence_ends_after_it_starts": (RuleBroken, _("A period ends after it starts."), "period_end"),
    "statement_is_told_once": (RuleBroken, _("This passage is on record for this commitment already."), "exact"),
    "government_ends_after_it_starts": (
        RuleBroken,
        _("A government ends after it began, and not in the future."),
        "ended_on",
    ),
    "government_government_predecessor_id_key": (
        RuleBroken,
        _("Another government followed this one already."),
        "predecessor",
    ),
    "occurrence_is_of_the_commitment": (RuleBroken, _("The period belongs to another commitment."), "occurrence"),
    "closing_round_is_of_the_government": (RuleBroken, _("The closing round is of another government."), None),
    "nothing_closes_silently": (
        RuleBroken,
        _("Some open commitments of this government have no closing assessment yet."),
        None,
    ),
    "change_is_of_a_public_commitment": (RuleBroken, _("Publish the commitment first: it is still a draft."), None),
    "change_is_not_from_the_future": (
        RuleBroken,
        _("Only what has happened can be recorded; this day has not come."),
        "happened_on",
    ),
    "extension_has_a_source": (SourceMissing, _("Give a source: an address, or a piece of evidence."), "source_url"),
    "met_condition_has_evidence": (
        SourceMissing,
        _("Choose the passage that shows the condition was met."),
        "evidence",
    ),
    "override_has_a_reason": (RuleBroken, _("Say why the words are read in another way."), "reason"),
    "tracking_discontinuation_commitment_id_key": (RuleBroken, _("This commitment was discontinued already."), None),
    "supersession_is_told_once": (RuleBroken, _("This succession is on record already."), None),
    "commitment_does_not_supersede_itself": (RuleBroken, _("A commitment cannot take its own place."), "successor"),
    "supersession_is_no_circle": (
        RuleBroken,
        _("This commitment took the place of the other one already, directly or through others."),
        "successor",
    ),
    "dissolved_body_has_no_holders": (
        RuleBroken,
        _("Somebody holds a post of this body after its last day: {detail}. Record first that they left."),
        "happened_on",
    ),
    "quote_occurs": (RuleBroken, _("The text has no such passage. Select the words again."), None),
    "rater_is_somebody_else": (
        RuleBroken,
        _("Who wrote or reviewed an assessment cannot rate it blindly."),
        "rater",
    ),
    "rater_rates_once": (RuleBroken, _("This person was asked to rate this assessment already."), "rater"),
    "post_has_one_holder_at_a_time": (
        RuleBroken,
        _(
            "Somebody else holds this post on some of these days. "
            "End the other membership first, or mark one as acting."
        ),
        "started_on",
    ),
    "membership_ends_after_it_starts": (RuleBroken, _("A membership ends after it starts."), "ended_on"),
    "ministry_has_one_heading_post": (
        RuleBroken,
        _("Another post heads this ministry already. Only one can."),
        "is_head",
    ),
    "initiative_ends_after_it_starts": (RuleBroken, _("An initiative ends after it starts."), "ended_on"),
    "topic_code_is_unique_in_its_scheme": (RuleBroken, _("Another topic of this scheme has this code."), "code"),
    "address_belonged_to_another": (RuleBroken, _("This address belonged to another, and still leads there."), None),
    "ministry_name_ends_after_it_starts": (
        RuleBroken,
        _("Something newer is on record already. Reload the page and try again."),
        "happened_on",
    ),
    "succession_is_told_once": (RuleBroken, _("This succession is on record already."), None),
    "succession_is_between_two_bodies": (RuleBroken, _("A body cannot take over from itself."), "successor"),
    "rubric_in_use_is_settled": (
        RecordedForGood,
        _("Published assessments were judged by this rubric. Make a new one for new words or meanings."),
        None,
    ),
}


@contextmanager
def rules_in_words() -> Iterator[None]:
    """A transaction in which a refusal by the database is raised as the `RuleBroken` with its sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        raise _in_words(refusal) from refusal


def _in_words(refusal: IntegrityError) -> RuleBroken:
    diagnosis = getattr(refusal.__cause__, "diag", None)
    rule = (diagnosis and diagnosis.constraint_name) or ""
    said = (diagnosis and diagnosis.message_primary) or str(refusal)
    detail = (diagnosis and diagnosis.message_detail) or ""
    error, sentence, field = WORDS.get(rule, (RuleBroken, said, None))
    return error(str(sentence).replace("{detail}", detail), rule=rule, field=field)
