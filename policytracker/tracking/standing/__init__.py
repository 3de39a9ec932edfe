"""Where a commitment stands at a moment: one decision for a page, a list, a count and a chart.

`decision.py` decides from plain values; `facts.py` reads them for many rows in one query; `filters.py` asks the same
questions of the database where rows have to be picked or counted, and the tests hold the two to one answer.
"""

from .decision import Condition, Facts, OccurrenceStanding, Run, Standing, decide
from .facts import standing, with_standing

__all__ = ["Condition", "Facts", "OccurrenceStanding", "Run", "Standing", "decide", "standing", "with_standing"]
