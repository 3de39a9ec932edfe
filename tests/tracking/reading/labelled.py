"""The labelled sentences, and how the reading machine fares on them."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from policytracker.tracking.candidates import read_text
from policytracker.tracking.matching import Found, Gazetteer, Sense

FOLDER = Path(__file__).parent.parent / "labelled"
PARTS = tuple(
    f"{language}_{part}" for language in ("en", "ko") for part in ("tuned", "held_out", "later_tuned", "later_held_out")
)


@dataclass
class Score:
    """Counts over one file of labelled sentences."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    with_deadline_right: int = 0
    kind_right: int = 0
    specificity_right: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def of_found(self, count: int) -> float:
        return count / max(1, self.right)


def sentences(part: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def texts() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "texts.json").read_text(encoding="utf-8"))


def score(part: str) -> Score:
    """How the sentences of one part are read, each on its own."""
    result = Score()
    for row in sentences(part):
        reading = read_text(row["text"], on=date.fromisoformat(row["on"]), home=[row["country"]])
        if not reading.proposals:
            result.missed += row["commitment"]
            continue
        if not row["commitment"]:
            result.wrong += 1
            continue
        best, wanted = reading.proposals[0], row["deadline"]
        deadline = best.deadline and {"date": best.deadline.date.isoformat(), "precision": str(best.deadline.precision)}
        result.right += 1
        result.with_deadline_right += deadline == wanted
        result.kind_right += best.kind == row["kind"]
        result.specificity_right += best.specificity == row["specificity"]
    return result


def found_names(row: dict[str, Any]) -> tuple[Found, ...]:
    """The mentions found in a labelled text with its own names."""
    gazetteer = Gazetteer(
        (name, Sense(kind, slug, name if kind == "official" else "", country))
        for name, kind, slug, country in row["names"]
    )
    return gazetteer.find(row["text"], on=date.fromisoformat(row["on"]))


def mention_recall() -> float:
    """The share of labelled mentions that are found."""
    wanted = found = 0
    for row in texts():
        surfaces = [each.surface for each in found_names(row)]
        for surface in row["mentions"]:
            wanted += 1
            if surface in surfaces:
                surfaces.remove(surface)
                found += 1
    return found / wanted
