"""The reading machine: how well it reads labelled sentences, how fast, with how much memory.

Figures of quality are on sentences of our own; `held_out` ones were not looked at while the rules were written.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from policytracker.tracking.candidates import read_text
from policytracker.tracking.matching import Gazetteer, Sense
from policytracker.tracking.sentences import split_sentences
from tests.tracking.reading import labelled

ON = date(2025, 3, 4)


def main() -> None:
    print_quality()
    print_speed()


def print_quality() -> None:
    print(f"{'part':<12} {'precision':>9} {'recall':>7} {'F1':>6} {'deadline':>9} {'kind':>6} {'specific':>9}")
    for part in labelled.PARTS:
        score = labelled.score(part)
        print(
            f"{part:<12} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f}"
            f" {score.of_found(score.with_deadline_right):9.3f} {score.of_found(score.kind_right):6.3f}"
            f" {score.of_found(score.specificity_right):9.3f}"
        )
    print(f"mention recall {labelled.mention_recall():.3f}")


def print_speed() -> None:
    sentences = [row["text"] for part in labelled.PARTS for row in labelled.sentences(part)]
    text = "\n".join(sentences)
    seconds = timed(lambda: read_text(text, on=ON, home=["GB"]), times=3)
    print(f"read   {len(sentences) / seconds:8.0f} sentences a second on one core (bar: 200)")

    gazetteer = Gazetteer(ten_thousand_names())
    article = text[:5_000]
    seconds = timed(lambda: gazetteer.find(article, on=ON), times=20)
    print(f"match  {seconds * 1000:8.2f} ms for {len(gazetteer):,} spellings of 10,000 names over 5 kB (bar: 5 ms)")

    line = "The ministry will publish the report in March. " * 42_000
    print(f"split  {timed(lambda: split_sentences(line), times=1):8.2f} s for one line of {len(line) / 1e6:.1f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {peak:8.0f} MB at most (bar: 300)")


def timed(work: Callable[[], object], *, times: int) -> float:
    """The least time of several runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def ten_thousand_names() -> list[tuple[str, Sense]]:
    chance = random.Random(7)
    words = [
        "".join(chance.choice("abcdefghijklmnoprstuvw") for _ in range(chance.randint(3, 9))) for _ in range(4_000)
    ]
    return [
        (" ".join(word.title() for word in chance.sample(words, chance.randint(1, 4))), Sense("ministry", f"m{number}"))
        for number in range(10_000)
    ]


if __name__ == "__main__":
    main()
