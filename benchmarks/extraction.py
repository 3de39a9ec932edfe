"""How well and how fast pages become articles, next to trafilatura alone.

    python -m benchmarks.extraction [--faults]

Prints body F1 (runs of four words), exact titles, authors and days on our own pages, and the ratio of
pages a second. The pages are ours: the figures show regressions, not what the wide web would give.

A set that was held out is no longer blind once its faults have been looked at, so four were written one
after the other, each measured once before anybody looked: see FIRST_SIGHT. The set called "held out" is the
last two of them; nobody has looked at the faults of the fourth.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django
from django.conf import settings

from articles.importing.documents import Document
from articles.importing.pages import read_page
from articles.importing.refusals import ImportRefused
from tests.articles.importing.pages.builder import Page, held_out, tuned

# Body F1, exact titles, authors and days of the four sets, as measured before they were looked at.
FIRST_SIGHT = [
    (0.963, 1.000, 0.467, 1.000),
    (0.911, 0.957, 0.769, 0.739),
    (0.960, 0.667, 0.640, 1.000),
    (0.960, 0.800, 1.000, 1.000),
]


@dataclass
class Answer:
    """What an extractor made of a page."""

    text: str = ""
    headline: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""
    moment: str = ""


def ours(page: Page) -> Answer:
    """Read a page with the pipeline."""
    try:
        draft = read_page(Document(body=page.body, url=page.url, content_type=page.content_type))
    except ImportRefused:
        return Answer()
    day = draft.published_on.isoformat() if draft.published_on else ""
    moment = draft.published_at.isoformat(timespec="seconds") if draft.published_at else ""
    return Answer(draft.text, draft.headline, draft.authors, day, moment)


def trafilatura_alone(page: Page) -> Answer:
    """Read a page with trafilatura and its own metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    if found is None:
        return Answer()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(found.text or "", found.title or "", authors, found.date or "")


def f1(found: str, wanted: str) -> float:
    """Return the harmonic mean of precision and recall over runs of four words."""
    one, other = _runs(found), _runs(wanted)
    common = sum((one & other).values())
    if not common:
        return 0.0
    precision, recall = common / sum(one.values()), common / sum(other.values())
    return 2 * precision * recall / (precision + recall)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def measure(pages: list[Page], extract: Callable[[Page], Answer]) -> dict[str, float]:
    """Return the figures of one extractor over pages."""
    answers = [(page, extract(page)) for page in pages]
    named = [(page, answer) for page, answer in answers if page.gold.authors]
    nameless = [(page, answer) for page, answer in answers if not page.gold.authors]
    labelled = [(page, answer) for page, answer in answers if page.gold.is_labelled]
    return {
        "body F1": _mean(f1(answer.text, "\n".join(page.gold.paragraphs)) for page, answer in answers),
        "title exact": _mean(answer.headline == page.gold.headline for page, answer in answers),
        "authors exact": _mean(set(answer.authors) == set(page.gold.authors) for page, answer in named),
        "authors where none": _mean(bool(answer.authors) for page, answer in nameless),
        "day": _mean(answer.day == page.gold.day for page, answer in answers),
        "labelled day": _mean(answer.day == page.gold.day for page, answer in labelled),
    }


def faults(pages: list[Page]) -> None:
    """Print where the pipeline is wrong, page by page."""
    for page in pages:
        answer = ours(page)
        gold = page.gold
        score = f1(answer.text, "\n".join(gold.paragraphs))
        checks = {
            "F1": score > 0.98 or round(score, 3),
            "title": answer.headline == gold.headline or answer.headline,
            "authors": set(answer.authors) == set(gold.authors) or answer.authors,
            "day": answer.day == gold.day or (answer.day, gold.day),
            "moment": not gold.moment or answer.moment == gold.moment or (answer.moment, gold.moment),
        }
        wrong = {name: value for name, value in checks.items() if value is not True}
        if wrong:
            print(page.name, wrong)
            if "F1" in wrong:
                missing = [p[:60] for p in gold.paragraphs if p not in answer.text]
                extra = [line[:80] for line in answer.text.split("\n") if line not in "\n".join(gold.paragraphs)]
                print("    missing:", missing, "extra:", extra)


def speed(pages: list[Page], rounds: int = 4) -> tuple[float, float]:
    """Return seconds a page of the pipeline and of trafilatura.bare_extraction, interleaved."""
    from trafilatura import bare_extraction

    texts = {
        page.name: page.body.decode("cp949" if "euc-kr" in page.content_type else "utf-8", "replace") for page in pages
    }
    own = alone = 0.0
    for _ in range(rounds):
        for page in pages:
            start = time.process_time()
            ours(page)
            middle = time.process_time()
            bare_extraction(texts[page.name])
            own, alone = own + middle - start, alone + time.process_time() - middle
    return own / rounds / len(pages), alone / rounds / len(pages)


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def main() -> None:
    """Print the figures of both sets, and the speed ratio."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    if "--faults" in sys.argv:
        faults(tuned())
        return
    for name, pages in (("tuned on", tuned()), ("held out", held_out())):
        own, alone = measure(pages, ours), measure(pages, trafilatura_alone)
        print(f"{name}: {len(pages)} pages{'':14}pipeline  trafilatura")
        for figure, value in own.items():
            print(f"  {figure:28}{value:10.3f}{alone[figure]:13.3f}")
    for number, figures in enumerate(FIRST_SIGHT, start=1):
        print(f"set {number} at first sight: body F1, titles, authors, days", *figures)
    own_seconds, alone_seconds = speed(tuned())
    print(f"pages a second: pipeline {1 / own_seconds:.0f}, trafilatura.bare_extraction {1 / alone_seconds:.0f}")
    print(f"ratio pipeline / trafilatura.bare_extraction: {alone_seconds / own_seconds:.2f}")


if __name__ == "__main__":
    main()
