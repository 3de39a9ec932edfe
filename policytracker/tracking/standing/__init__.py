"""Where a commitment stands at a moment: one decision for a page, a list, a count and a chart.

`decision.py` decides from plain values; `facts.py` reads them for many rows in one query. `status.py` asks the same
questions as columns where rows have to be picked or sorted, `whole.py` in one pass where the whole record is counted.
The tests hold all of them to one answer (docs/adr/0010).
"""

from .decision import Condition, Facts, OccurrenceStanding, Run, Standing, decide
from .facts import standing, with_standing

__all__ = ["Condition", "Facts", "OccurrenceStanding", "Run", "Standing", "decide", "standing", "with_standing"]
