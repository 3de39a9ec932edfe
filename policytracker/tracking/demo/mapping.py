"""How the demo's vocabulary becomes ours. Pure; `docs/demo-record.md` tells it in words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .source import Row

RECORD_OPENED = datetime(2022, 4, 13, tzinfo=UTC)

STATUS_OF_VERDICT = {
    "in_progress": "in_progress",
    "stalled": "stalled",
    "fulfilled": "fulfilled",
    "partially_fulfilled": "partly_fulfilled",
    "not_fulfilled": "not_fulfilled",
}
# Verdicts that answer another question than "what came of it"; the status held before goes on, none means not rated.
NOT_A_STATUS = {"not_yet_due", "condition_not_met", "superseded"}

STANCE_OF_VERDICT = {
    "in_progress": "supports",
    "fulfilled": "supports",
    "partially_fulfilled": "supports",
    "stalled": "contradicts",
    "not_fulfilled": "contradicts",
}

REASON_OF_ASSESSMENT = {
    "c002-a2": "blocked",
    "c002-a3": "blocked",
    "c002-a4": "blocked",
    "c004-a1": "no_counterpart",
    "c004-a2": "no_counterpart",
    "c004-a3": "no_counterpart",
    "c004-a4": "no_counterpart",
    "c004-a5": "no_counterpart",
    "c006-a1": "no_counterpart",
    "c006-a3": "deadline_missed",
    "c008-a2": "less_than_said",
    "c009-a2": "less_than_said",
    "c009-a3": "less_than_said",
    "c011-a1": "less_than_said",
    "c011-a2": "later_than_said",
    "c012-a3": "deadline_missed",
    "c012-a4": "deadline_missed",
    "c025-a3": "given_up",
    "c025-a4": "given_up",
    "c033-a1": "no_counterpart",
    "c033-a2": "no_counterpart",
    "c033-a3": "government_changed",
    "c038-a1": "no_counterpart",
    "c038-a2": "no_counterpart",
    "c039-a2": "less_than_said",
    "c040-a1": "given_up",
    "c045-a1": "deadline_missed",
    "c047-a1": "no_counterpart",
    "c047-a2": "no_counterpart",
}
REASON_OF_STATUS = {
    "stalled": "no_information",
    "partly_fulfilled": "less_than_said",
    "not_fulfilled": "deadline_missed",
}

RECURRENCE = {"c011": "yearly", "c021": "half-yearly", "c023": "other", "c046": "yearly"}
SUPERSEDED_BY = {"c012": "c028", "c016": "c028"}

CLASSIFICATION = {
    "ministry": "ministry",
    "executive": "executive",
    "executive office": "office",
    "office": "office",
    "task force": "office",
    "advisory body": "advisory body",
    "inter-ministry body": "advisory body",
    "public body": "public body",
    "planned public centre": "public body",
    "planned public foundation": "foundation",
    "public foundation": "foundation",
    "legislature": "legislature",
    "party": "party",
    "research institute": "research institute",
    "international mandate": "international body",
}

HEADING_POSTS = {"kr-president", "mou-minister", "mou-hr-head", "ufpc-chair", "nkhr-committee-chair", "nsa"}
SHARED_POSTS = {"nkhr-board"}

NOTHING_FOUND = "Nothing found either way in the sources of this record."


@dataclass(frozen=True)
class PartialDate:
    """A day and the precision it is known with; `(None, "")` where nothing is known."""

    day: date | None
    precision: str


def partial_date(text: str | None, precision: str | None = None, *, end: bool = False) -> PartialDate:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as the first (or, with `end`, last) day of its period."""
    if not text:
        return PartialDate(None, "")
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    implied = "day" if day else "month" if month else "year"
    if end:
        month = month or 12
        day = day or monthrange(year, month)[1]
    return PartialDate(date(year, month or 1, day or 1), precision or implied)


def recorded_after(*days: date | None) -> datetime:
    """When a tracker running at the time would have recorded it: the morning in Seoul after the last of `days`."""
    known = [day for day in days if day]
    if not known:
        return RECORD_OPENED
    last = max(known) + timedelta(days=1)
    return max(RECORD_OPENED, datetime(last.year, last.month, last.day, tzinfo=UTC))


def statuses(assessments: list[Row]) -> dict[str, str]:
    """Assessment id -> status, for the assessments of one commitment in the order of their dates.

    `no_evidence_found` is "not started" for a commitment never seen to begin, "stalled" for one that had begun.
    """
    held = "not_rated"
    given = {}
    for assessment in assessments:
        verdict = assessment["verdict"]
        if verdict == "no_evidence_found":
            held = "not_started" if held in ("not_rated", "not_started") else "stalled"
        elif verdict not in NOT_A_STATUS:
            held = STATUS_OF_VERDICT[verdict]
        given[assessment["id"]] = held
    return given


def reason_code(assessment: Row, status: str) -> str:
    """Why the status is what it is; a code for every status that asks for one, else empty."""
    return REASON_OF_ASSESSMENT.get(assessment["id"], REASON_OF_STATUS.get(status, ""))


def waits_for_condition(commitment: Row, assessments: list[Row]) -> bool:
    """Whether the condition is one to wait for, rather than an obstacle met on the way."""
    if not commitment["condition"]:
        return False
    verdicts = {assessment["verdict"] for assessment in assessments}
    return "condition_not_met" in verdicts or not verdicts


def verifiability(commitment: Row, assessments: list[Row]) -> tuple[str, str]:
    """(verifiability, why): a vague promise counts as verifiable once somebody could rate it."""
    if commitment["specificity"] == "specific":
        return "verifiable", ""
    if set(statuses(assessments).values()) - {"not_rated"}:
        return "verifiable", "vague as worded; rated on what was done"
    return "undecided", "vague as worded"
