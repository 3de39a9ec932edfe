"""The timeline of everything, and of some days only."""

import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.test import Client

from tests.factories import make_assessment, make_commitment

pytestmark = pytest.mark.django_db

MARCH = "since=2023-03-01&until=2023-03-31"


@pytest.fixture
def record() -> None:
    """Commitments of three months; the last entered the record in May."""
    known = datetime(2023, 4, 1, tzinfo=UTC)
    for month, day in ((2, 28), (3, 1), (3, 31), (4, 1)):
        make_commitment(made_on=date(2023, month, day), recorded_at=known)
    late = make_commitment(made_on=date(2023, 3, 15), recorded_at=datetime(2023, 5, 1, tzinfo=UTC))
    make_assessment(commitment=late, effective_from=date(2023, 3, 20), recorded_at=datetime(2023, 5, 2, tzinfo=UTC))


def page_of(client: Client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content)


def told(page: lxml.html.HtmlElement) -> str:
    return page.xpath("//p[@class='result']")[0].text_content()


@pytest.mark.parametrize("moment", ["as_of=2023-06-30", "as_of=2023-04-15&known_at=2023-04-15"])
def test_each_month_opens_to_as_many_events_as_it_counts(client: Client, record: None, moment: str) -> None:
    page = page_of(client, f"/timeline/?{moment}")
    counted = {link.get("href"): link.text_content() for link in page.xpath("//table[@class='data']//td/a")}

    opened = {address: told(page_of(client, address)) for address in counted}

    assert {"2023-02-01", "2023-03-01", "2023-04-01"} <= {
        parse_qs(urlsplit(address).query)["since"][0] for address in counted
    }
    assert opened == {address: f"{count} event{'' if count == '1' else 's'}" for address, count in counted.items()}
    assert all(moment in address for address in counted)


def test_both_days_are_included_and_either_may_be_left_open(client: Client, record: None) -> None:
    whole = "/timeline/?kind=commitment"

    def days(address: str) -> list[str]:
        return sorted(line["happened_on"] for line in client.get(f"{address}&format=json").json()["results"])

    assert days(f"{whole}&{MARCH}") == ["2023-03-01", "2023-03-15", "2023-03-31"]
    assert days(f"{whole}&since=2023-03-31") == ["2023-03-31", "2023-04-01"]
    assert days(f"{whole}&until=2023-03-01") == ["2023-02-28", "2023-03-01"]


def test_the_filter_shows_the_days_it_keeps(client: Client, record: None) -> None:
    page = page_of(client, f"/timeline/?{MARCH}&order=oldest")

    fields = {field.get("name"): field.get("value") for field in page.xpath("//form[@class='filters']//input")}

    assert (fields["since"], fields["until"]) == ("2023-03-01", "2023-03-31")
    assert fields["order"] == "oldest"
    assert page.xpath("//details[@class='fold']")[0].get("open") is not None


def test_the_pages_and_years_of_some_days_stay_within_them(client: Client, record: None) -> None:
    page = page_of(client, f"/timeline/?{MARCH}")

    links = [link.get("href") for link in page.xpath("//a[starts-with(@href, '?')]")]

    assert links
    assert all(MARCH in urlsplit(link).query for link in links)
    assert re.findall(
        r"20\d\d", " ".join(head.text_content() for head in page.xpath("//section[@class='year']/h3"))
    ) == ["2023"]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("since=2023-02-30", "From: Enter a valid date."),
        ("until=soon", "To: Enter a valid date."),
        ("since=2023-03-02&until=2023-03-01", "To: This day is before the first one."),
    ],
)
def test_days_that_are_none_are_refused_in_words(client: Client, days: str, sentence: str) -> None:
    response = client.get(f"/timeline/?{days}")

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_days_without_an_event_say_so(client: Client, record: None) -> None:
    page = page_of(client, "/timeline/?since=1990-01-01&until=9999-12-31&kind=correction")

    assert "No event of these kinds and days is on record here." in page.text_content()
