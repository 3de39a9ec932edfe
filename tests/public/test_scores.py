"""We know that every figure of a scoreboard opens to a list of that length, at any moment it is asked for."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.test import Client

from policytracker.government.models import Commitment, Ministry
from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.models import Ruling, Supersession
from policytracker.tracking.moments import Moment, moment_from
from policytracker.tracking.rates import tally_at
from policytracker.tracking.standing.columns import named
from tests.factories import (
    make_assessment,
    make_commitment,
    make_government,
    make_initiative,
    make_ministry,
    make_occurrence,
    make_user,
)

pytestmark = pytest.mark.django_db

PAST = {"due_on": date(2023, 12, 31), "due_precision": "year"}
MAY = datetime(2025, 5, 1, tzinfo=UTC)
PAIRS = ["", "as_of=2024-06-01", "as_of=2023-06-01&known_at=2024-06-01", "known_at=2025-04-30", "known_at=2025-05-02"]
PAGES = ["/", "/ministries/", "/initiatives/", "/ministries/mou/", "/ministries/mofa/", "/initiatives/one/"]
FIGURE = re.compile(r"[0-9]+")
DATE = re.compile(r"[A-Z][a-z]+ [0-9]{4}$")  # a chart over time leads to the lists of its days


@pytest.fixture
def record() -> None:
    """Two ministries and two initiatives with every kind of standing, corrected on the first of May 2025."""
    government = make_government()
    unification, foreign = make_ministry(slug="mou", name="Unification"), make_ministry(slug="mofa", name="Foreign")
    one, other = make_initiative(slug="one", name="One"), make_initiative(slug="other", name="Other")
    mine = {"government": government, "lead_ministry": unification, "initiative": one}

    def rated(status: str, **fields: Any) -> Commitment:
        commitment = make_commitment(**mine | fields)
        make_assessment(commitment=commitment, status=status)
        return commitment

    rated("fulfilled", lead_ministry=foreign)
    rated("stalled", **PAST)
    rated("in_progress", is_conditional=True, condition="If talks resume.", **PAST)
    make_commitment(**mine, **PAST)
    make_commitment(**mine, verifiability="not_verifiable", **PAST)
    series = make_commitment(**mine, recurrence="yearly")
    make_occurrence(commitment=series, period_start=date(2023, 1, 1), period_end=date(2023, 12, 31), **PAST)
    ended = rated("stalled", **PAST)
    Supersession.objects.create(old=ended, happened_on=date(2024, 7, 5), recorded_at=datetime(2024, 7, 6, tzinfo=UTC))
    withdrawn = rated("fulfilled").assessments.get()
    Ruling.objects.create(assessment=withdrawn, kind="withdrawn", reason="-", made_by=make_user(), recorded_at=MAY)
    moved = rated("not_fulfilled", **PAST)
    for field, value in {"lead_ministry": foreign, "initiative": other, "verifiability": "not_verifiable"}.items():
        correct_field(target=moved, field=field, value=value, note="Our slip.", by=make_user(), at=MAY)


def at(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def moment_of(query: str) -> list[list[str] | None]:
    """The words by which an address asks for a moment. A chart over time leads to other moments, by their dates."""
    return [parse_qs(query).get(name) for name in ("as_of", "known_at")]


def rows_of(client: Client, url: str) -> list[dict[str, str]]:
    response = client.get(at(url, "format=csv"))
    assert response.status_code == 200, url
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def figures_of(client: Client, path: str) -> Iterator[tuple[str, int]]:
    """Each link to the list of commitments whose words hold one number, with the number."""
    page = lxml.html.fromstring(client.get(path).content)
    for link in page.xpath("//main//a[starts-with(@href, '/commitments/')]"):
        words = " ".join(link.text_content().split())
        numbers = [] if DATE.search(words) else FIGURE.findall(words)
        parts = urlsplit(link.get("href"))
        is_list_now = parts.path == "/commitments/" and moment_of(parts.query) == moment_of(urlsplit(path).query)
        if len(numbers) == 1 and is_list_now:
            yield link.get("href"), int(numbers[0])


@pytest.mark.parametrize("query", PAIRS)
def test_every_figure_opens_to_a_list_of_its_length(client: Client, record: None, query: str) -> None:
    opened: dict[str, int] = {}
    for path in PAGES:
        found = dict(figures_of(client, at(path, query)))
        assert found, path
        opened |= {url: len(rows_of(client, url)) for url in found if url not in opened}

        assert {url: opened[url] for url in found} == found, path


@pytest.mark.parametrize("query", PAIRS)
def test_the_figures_are_those_of_the_one_counter(client: Client, record: None, query: str) -> None:
    parameters = {name: values[0] for name, values in parse_qs(query).items()}
    moment = moment_from(parameters, now=datetime.now(UTC), zone=UTC)
    twin = client.get(at("/ministries/?format=json", query)).json()["results"]

    for told in twin:
        tally = tally_at(_led_by(told["slug"], moment), moment)
        assert (told["commitments"], told["overdue"]) == (tally.total, tally.overdue)
        assert {key: told[key] for key in ("fulfilled", "stalled", "not_rated", "not_fulfilled")} == {
            key: tally.statuses[key] for key in ("fulfilled", "stalled", "not_rated", "not_fulfilled")
        }


@pytest.mark.parametrize("query", PAIRS)
def test_recomputing_from_the_sheet_gives_the_same_number(client: Client, record: None, query: str) -> None:
    for ministry in Ministry.objects.filter(slug__in=["mou", "mofa"]):
        rows = rows_of(client, at(f"/ministries/{ministry.slug}/", query))
        [told] = [
            row
            for row in client.get(at("/ministries/?format=json", query)).json()["results"]
            if row["slug"] == ministry.slug
        ]

        assert len(rows) == told["commitments"]
        assert sum(row["is_overdue"] == "true" for row in rows) == told["overdue"]
        assert sum(row["status"] == "stalled" for row in rows) == told["stalled"]
        assert sum(row["verifiability"] == "not_verifiable" for row in rows) == told["not_verifiable"]


def test_before_a_correction_the_commitment_counts_where_it_stood(client: Client, record: None) -> None:
    def told(query: str) -> dict[str, int]:
        return {
            row["slug"]: row["commitments"]
            for row in client.get(at("/ministries/?format=json", query)).json()["results"]
        }

    before, after = told("known_at=2025-04-30"), told("known_at=2025-05-02")

    assert before["mou"] == after["mou"] + 1
    assert before["mofa"] == after["mofa"] - 1


def _led_by(slug: str, moment: Moment) -> Any:
    ministry = Ministry.objects.get(slug=slug)
    return Commitment.objects.published().known(moment.known_at).filter(named("lead_ministry", [ministry.pk], moment))
