"""The columns of tables without rows: whoever reads a CSV by its columns finds them on a day with nothing to tell, too."""

from collections.abc import Callable
from datetime import date
from typing import Any

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Ministry, Official
from policytracker.pages.statuses import STATUSES
from policytracker.tracking.models import Correction
from policytracker.tracking.standing import Standing

from .due import Due
from .records import (
    Record,
    due_record,
    inherited_record,
    line_record,
    membership_record,
    passage_record,
    record_of,
    search_record,
    verdict_record,
)


def columns_of(name: str) -> list[str]:
    """What the rows of this table name: asked of the record of a row that says nothing."""
    return list(BLANK[name]())


class Nothing:
    """A row that says nothing: whatever it is asked for is nothing too."""

    def __getattr__(self, _name: str) -> "Nothing":
        return self

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Any:
        return iter(())


def commitment() -> Commitment:
    """A commitment that says nothing."""
    blank = Commitment(lead_ministry=Ministry())
    blank.standing = Standing()
    return blank


def _ministry_with_score() -> Record:
    counts = ("commitments", "overdue", "not_verifiable", *(status.key for status in STATUSES))
    return record_of(Ministry()) | dict.fromkeys(counts)


def _inherited() -> Record:
    row: Any = type("Row", (Nothing,), {"commitment": commitment()})()
    return inherited_record(row)


BLANK: dict[str, Callable[[], Record]] = {
    "initiative": lambda: record_of(Initiative()),
    "commitment": lambda: record_of(commitment()),
    "commitments": lambda: record_of(commitment()),
    "inherited": _inherited,
    "changed": lambda: record_of(commitment()) | {"status_before": ""},
    "official": lambda: record_of(Official()),
    "ministries": _ministry_with_score,
    "article": lambda: record_of(Article()),
    "corrections": lambda: record_of(Correction()),
    "deadlines": lambda: due_record(Due(commitment(), date.min, "", 0, "", 0)),
    "timeline": lambda: line_record(Nothing()),  # type: ignore[arg-type]
    "search": lambda: {"kind": "", **search_record(Article())},
    "verdicts": lambda: verdict_record(Nothing()),
    "passages": lambda: passage_record(Nothing()),
    "posts": lambda: membership_record(Nothing()),
}
