"""Pages in the manner of many outlets and ministries, each with what a careful reader would take from it.

The stories are our own (`stories_en.txt`, `stories_ko.txt`); a template puts one into the markup, the
furniture and the charset of a kind of site. `tuned()` may be looked at while the extraction is worked
on, `held_out()` is other stories in other templates; see `benchmarks/extraction.py` for how blind it is.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

KST = timezone(timedelta(hours=9))
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Story:
    """One original text."""

    slug: str
    headline: str
    authors: tuple[str, ...]
    section: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Gold:
    """What a careful reader takes from a page; None where the page does not say."""

    headline: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    day: str = ""  # 2023-01-27
    moment: str = ""  # with offset, where the page gives time and zone or its site's zone is known
    updated: str = ""
    is_labelled: bool = False  # a date with a word like "Written:" or 입력 is visible
    image_credit: str = ""
    publisher: str = ""
    section: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Page:
    """A page as a site would send it."""

    name: str
    body: bytes
    url: str
    gold: Gold
    content_type: str = "text/html; charset=utf-8"


Template = Callable[[Story, datetime, random.Random], Page]


@cache
def stories(language: str) -> tuple[Story, ...]:
    """Return the stories of a language."""
    blocks = (_FOLDER / f"stories_{language}.txt").read_text("utf-8").strip().removeprefix("# ").split("\n\n# ")
    return tuple(_story(block) for block in blocks)


def tuned() -> list[Page]:
    """Return the pages the extraction is worked on with."""
    from tests.articles.importing.pages import templates, templates_fourth, templates_more, templates_third

    english, korean = stories("en")[:19], stories("ko")[:12]
    return [
        *_pages(templates.ENGLISH, english, 20, seed=1),
        *_pages(templates.KOREAN, korean, 10, seed=2),
        *_pages(templates_more.ENGLISH, english, 12, seed=3),
        *_pages(templates_more.KOREAN, korean, 6, seed=4),
        *_pages(templates_third.ENGLISH, english, 12, seed=5),
        *_pages(templates_third.KOREAN, korean, 6, seed=6),
        *_pages(templates_fourth.ENGLISH, english, 14, seed=9),
        *_pages(templates_fourth.KOREAN, korean, 6, seed=10),
    ]


def held_out() -> list[Page]:
    """Return the pages that are only measured."""
    from tests.articles.importing.pages import templates_fourth_held_out, templates_held_out

    english, korean = stories("en")[19:], stories("ko")[12:]
    return [
        *_pages(templates_held_out.ENGLISH, english, 20, seed=7),
        *_pages(templates_held_out.KOREAN, korean, 13, seed=8),
        *_pages(templates_fourth_held_out.ENGLISH, english, 6, seed=11),
        *_pages(templates_fourth_held_out.KOREAN, korean, 4, seed=12),
    ]


def _pages(templates: list[Template], told: tuple[Story, ...], count: int, *, seed: int) -> Iterator[Page]:
    rng = random.Random(seed)
    for number in range(count):
        when = datetime(2022, 5, 10, 9, 0, 0, tzinfo=KST) + timedelta(
            days=rng.randrange(900), seconds=rng.randrange(43_200)
        )
        template = templates[number % len(templates)]
        # Steps through the stories at another pace than through the templates, so that pairs differ.
        story = told[(number * 7 + seed) % len(told)]
        yield template(story, when, rng)


def _story(block: str) -> Story:
    head, *paragraphs = block.split("\n")
    slug, headline, authors, section = (part.strip() for part in head.split("|"))
    names = tuple(name.strip() for name in authors.replace("·", ";").split(";"))
    return Story(slug, headline, names, section, tuple(line for line in paragraphs if line.strip()))
