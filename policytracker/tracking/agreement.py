"""How far independent raters agree: Krippendorff's alpha over blind second ratings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policytracker.tracking.models import BlindRating
from policytracker.tracking.moments import Moment


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with what it rests on. `alpha` is None where it cannot be said: no pair yet, or one status only."""

    alpha: float | None
    units: int
    ratings: int
    unanimous: int


def agreement_at(moment: Moment, *, rubric: str) -> Agreement:
    """How far raters agreed, by what was public and submitted at the moment, on assessments under one rubric."""
    ratings = BlindRating.objects.known(moment.known_at).filter(assessment__rubric__version=rubric)
    units: dict[int, list[str]] = defaultdict(list)
    for assessment, first, second in ratings.values_list("assessment_id", "assessment__status", "status"):
        units[assessment] = units[assessment] or [first]
        units[assessment].append(second)
    return agreement_of(units.values())


def agreement_of(units: Iterable[Sequence[str]]) -> Agreement:
    """The agreement of ratings: one sequence for each thing rated, one label a rater."""
    paired = [unit for unit in units if len(unit) > 1]
    return Agreement(
        alpha=krippendorff_alpha(paired),
        units=len(paired),
        ratings=sum(len(unit) for unit in paired),
        unanimous=sum(len(set(unit)) == 1 for unit in paired),
    )


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Alpha for labels without an order: 1 is agreement, 0 what chance would give, less is worse than chance."""
    labels = sorted({label for unit in units for label in unit})
    if len(labels) < 2:
        return None  # with one label in use there is nothing to disagree on, and nothing is measured
    import krippendorff  # brings numpy, which only this page needs

    counts = [[list(unit).count(label) for label in labels] for unit in units]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
