"""Does the reading desk of a long, much annotated article answer nearly as fast as a page that shows nothing?

A scratch database with one article of 60 kB: 300 notes with tags, answers and evidence, 40 mentions, 20 proposals. The
desk's address of a fresh token is the trivial view: it asks who is there, as every page of the desk does. Both are asked in
turn through the whole stack of middleware and templates, so that what else runs here slows both alike.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

SIZE = 60_000
NOTES = 300
ROUNDS = 25
TRIVIAL_TIMES, AND_MS = 3, 60  # the bar: at most so many times the trivial view, and so many milliseconds
SENTENCES = (
    "The ministry said on Friday that it would publish an annual report. ",
    "통일부는 3월에 북한인권보고서를 발간할 예정이라고 밝혔다. ",
    "Officials gave no further details of the programme, which a foundation is to run. ",
)


def main() -> None:
    """Print milliseconds, the ratio and the bar; exit 1 above it."""
    django.setup()
    from tests.databases import drop_test_database, make_test_database

    name = f"bench_reading_desk_{os.getpid()}"
    try:
        make_test_database(name)
        sys.exit(print_ratios(timings(*addresses())))
    finally:
        drop_test_database(name)


def addresses() -> tuple[Any, str, str]:
    """A signed-in client, the trivial address and the reading desk's."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from tests.factories import make_user

    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(headers={"host": "localhost"})
    client.force_login(make_user(groups=("analyst",)))
    return client, reverse("desk:form_token"), reverse("desk:article_detail", args=[load().pk])


def timings(client: Any, trivial: str, desk: str) -> dict[str, float]:
    """Milliseconds (the best: what else runs here only slows) of each question, asked in turn."""
    from policytracker.desk.marked_text import drawn_text

    def just_changed() -> None:
        drawn_text.cache_clear()  # somebody annotated it a moment ago: its text is drawn anew
        client.get(desk)

    asked: dict[str, Callable[[], Any]] = {
        "trivial view": lambda: client.get(trivial),
        "reading desk": lambda: client.get(desk),
        "reading desk, just annotated": just_changed,
    }
    for address in (trivial, desk, trivial, desk):
        assert client.get(address).status_code == 200, address
    took: dict[str, list[float]] = {question: [] for question in asked}
    for _ in range(ROUNDS):
        for question, ask in asked.items():
            took[question].append(run(ask))
    return {question: min(times) for question, times in took.items()}


def print_ratios(took: dict[str, float]) -> bool:
    """One line a question; whether any is above the bar."""
    trivial = took.pop("trivial view")
    bar = TRIVIAL_TIMES * trivial + AND_MS
    print(f"trivial view {trivial:.1f} ms; {SIZE // 1000} kB with {NOTES} notes, the bar {bar:.1f} ms")
    for question, milliseconds in took.items():
        print(
            f"{question}: {milliseconds:.1f} ms, ratio {milliseconds / trivial:.1f}, {milliseconds / bar:.2f} of the bar"
        )
    return max(took.values()) > bar


def run(ask: Callable[[], Any]) -> float:
    """Milliseconds of one answer."""
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def load() -> Any:
    """The article, with everything on it."""
    from tests import factories as make

    article = make.make_article(text=long_text())
    snapshot = article.current_snapshot
    authors = [make.make_user() for _ in range(5)]
    tags = [make.make_tag() for _ in range(20)]
    commitments = [make.make_commitment() for _ in range(30)]
    step = (len(snapshot.text) - 400) // NOTES
    for number in range(NOTES):
        passage = {"start": number * step, "end": number * step + 40 + number % 200}  # many overlap
        passage["exact"] = snapshot.text[passage["start"] : passage["end"]]
        note = make.Annotation.objects.create(
            snapshot=snapshot,
            author=authors[number % 5],
            created_at=make.NOW,
            motivation=("commenting", "identifying", "questioning")[number % 3],
            body=f"Note {number}: see https://example.org/{number} and compare.\nA second line.",
            about_commitment=commitments[number % 30],
            **passage,
        )
        note.tags.set(tags[number % 20 : number % 20 + 2])
        if number % 10 == 0:
            make.make_annotation(
                quote=passage["exact"], snapshot=snapshot, parent=note, body="I agree.", author=authors[0]
            )
    for number in range(40):
        make.make_mention(
            article=article,
            ministry=make.make_ministry(),
            start=number * 700,
            end=number * 700 + 12,
            surface=f"M{number}",
        )
    for number in range(20):
        start = number * 1_500
        make.Candidate.objects.create(
            snapshot=snapshot,
            start=start,
            end=start + 60,
            exact=snapshot.text[start : start + 60],
            score=0.8,
            reasons=["will publish"],
            method="rules 1",
            proposed_at=make.NOW,
        )
    return article


def long_text() -> str:
    """Paragraphs of English and Korean sentences, 60,000 characters."""
    lines, length = [], 0
    while length < SIZE:
        line = "".join(SENTENCES[(len(lines) + place) % 3] for place in range(6)).strip()
        lines.append(f"{line} ({len(lines)})")
        length += len(lines[-1]) + 1
    return "\n".join(lines)[:SIZE]
