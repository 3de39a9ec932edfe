"""What a standing is made of, and what it is decided from. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from policytracker.tracking.deadlines import DueStanding, DueState

NOT_RATED = "not_rated"
# Statuses under which something was delivered, so that it can have been late. "Not fulfilled" was not late: it never came.
DELIVERED = frozenset({"fulfilled", "partly_fulfilled"})


class Condition(StrEnum):
    """Whether what had to happen first has happened."""

    NONE = ""
    WAITING = "waiting"
    TRIGGERED = "triggered"
    LAPSED = "lapsed"


# -- what is read


@dataclass(frozen=True, slots=True)
class Verdict:
    """A published assessment, with what became of it. `occurrence` is None where it judges the whole commitment."""

    id: int
    status: str
    effective_from: date
    recorded_at: datetime
    rubric: str = ""
    occurrence: int | None = None
    is_concluded: bool = False
    is_retrospective: bool = False
    reason_code: str = ""
    replaced_at: datetime | None = None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """Withdrawn, disputed or upheld, and when."""

    kind: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A dated change of a commitment's terms. What it says depends on its kind."""

    id: int
    kind: str
    happened_on: date
    recorded_at: datetime
    occurrence: int | None = None
    due_on: date | None = None
    due_precision: str = ""
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A term of the commitment as it read until this was recorded."""

    field: str
    before: Any
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """One occurrence of a recurring commitment."""

    id: int
    label: str
    period_start: date
    period_end: date
    recorded_at: datetime
    due_on: date | None = None
    due_precision: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """Something was heard of the commitment: evidence or a restatement."""

    on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything published that bears on one commitment, whenever it was recorded."""

    zone: str
    made_on: date
    kind: str = "action"
    verifiability: str = "verifiable"
    is_conditional: bool = False
    due_on: date | None = None
    due_precision: str = ""
    reversed_on: date | None = None
    corrections: tuple[Correction, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    deadlines: tuple[Change, ...] = ()
    conditions: tuple[Change, ...] = ()
    supersessions: tuple[Change, ...] = ()
    discontinuations: tuple[Change, ...] = ()
    occurrences: tuple[Period, ...] = ()
    heard: tuple[Heard, ...] = ()


# -- what is answered


@dataclass(frozen=True, slots=True)
class Run:
    """A status from a day on, until the next run: what a strip of statuses over time is drawn from."""

    status: str
    since: date
    assessment_id: int
    is_concluded: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the verdicts in force say: the latest of them, and the runs that led there."""

    status: str = NOT_RATED
    assessment_id: int | None = None
    since: date | None = None
    judged_on: date | None = None
    rubric: str = ""
    reason_code: str = ""
    is_concluded: bool = False
    is_retrospective: bool = False
    is_disputed: bool = False
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class OccurrenceStanding:
    """Where one period of a recurring commitment stands."""

    occurrence_id: int
    label: str
    period_start: date
    period_end: date
    verdicts: Verdicts
    due: DueStanding

    @property
    def status(self) -> str:
        return self.verdicts.status

    @property
    def days_late(self) -> int:
        return days_late(self.verdicts, self.due)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commitment stands: its status, and beside it the questions that are not statuses.

    `assessment_id` is the assessment in force; `since` the day from which the status has held without a break.
    """

    verdicts: Verdicts = field(default_factory=Verdicts)
    due: DueStanding = field(default_factory=lambda: DueStanding(DueState.NO_DEADLINE))
    is_not_verifiable: bool = False
    is_undecided: bool = False
    condition: Condition = Condition.NONE
    condition_since: date | None = None
    last_heard_on: date | None = None
    is_dormant: bool = False
    is_superseded: bool = False
    superseded_on: date | None = None
    superseded_by: tuple[int, ...] = ()
    discontinued_on: date | None = None
    reversed_on: date | None = None
    occurrences: tuple[OccurrenceStanding, ...] = ()

    @property
    def status(self) -> str:
        return self.verdicts.status

    @property
    def assessment_id(self) -> int | None:
        return self.verdicts.assessment_id

    @property
    def since(self) -> date | None:
        return self.verdicts.since

    @property
    def judged_on(self) -> date | None:
        """The day from which the verdict in force is true; the status may have held longer."""
        return self.verdicts.judged_on

    @property
    def rubric(self) -> str:
        return self.verdicts.rubric

    @property
    def is_concluded(self) -> bool:
        return self.verdicts.is_concluded

    @property
    def is_retrospective(self) -> bool:
        return self.verdicts.is_retrospective

    @property
    def is_disputed(self) -> bool:
        return self.verdicts.is_disputed

    @property
    def runs(self) -> tuple[Run, ...]:
        return self.verdicts.runs

    @property
    def is_waiting(self) -> bool:
        return self.condition is Condition.WAITING

    @property
    def is_overdue(self) -> bool:
        """Past its day and not concluded; for a recurring commitment, any of its periods."""
        return self.due.is_overdue or any(occurrence.due.is_overdue for occurrence in self.occurrences)

    @property
    def is_due_soon(self) -> bool:
        return self.due.state is DueState.DUE_SOON or any(o.due.state is DueState.DUE_SOON for o in self.occurrences)

    @property
    def is_extended(self) -> bool:
        return self.due.is_extended

    @property
    def days_late(self) -> int:
        """Days past the deadline: so far while overdue, in the end once delivered; 0 for what never came."""
        late = [days_late(self.verdicts, self.due)]
        late += [occurrence.days_late for occurrence in self.occurrences if occurrence.due.is_overdue]
        return max(late)


def days_late(verdicts: Verdicts, due: DueStanding) -> int:
    """Days past the deadline, so far or in the end; 0 for what is not due or never came."""
    counts = due.is_overdue or verdicts.status in DELIVERED
    return due.days_late if counts else 0
