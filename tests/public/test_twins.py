"""The same content to take away: whole, safe to open, and refused in its own form."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from lxml import html

from policytracker.public import formats, twins
from tests.factories import make_assessment, make_commitment, make_correction, make_initiative, make_ministry

from .door import SLUGS, path_of

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
LISTS = (
    "/timeline/",
    "/initiatives/",
    "/commitments/",
    "/ministries/",
    "/officials/",
    "/articles/",
    "/deadlines/",
    "/corrections/",
    "/search/?q=ministry",
    "/compare/?since=2023-01-01&until=2024-01-01",
)
FORMULAS = ("=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "＝1+1", "－1", "＠a")


def asked(path: str, form: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}format={form}"


def told(client: Client, path: str):
    return client.get(asked(path, "json")).json()


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(asked(path, "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def columns_of(client: Client, path: str) -> list[str]:
    return client.get(asked(path, "csv")).content.decode("utf-8-sig").splitlines()[0].split(",")


@pytest.fixture
def corrected(record):
    """A correction of the record, whose values are JSON."""
    return make_correction(
        record.commitment,
        "statement",
        "Publish a report.",
        record.commitment.statement,
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


def test_a_list_as_json_says_its_moment_licence_and_rows(client: Client, record):
    told_ = told(client, "/commitments/")

    assert told_["count"] == 2
    assert {row["slug"]: row["status"] for row in told_["results"]} == {"yearly": "fulfilled", "later": "not_rated"}
    assert told_["licence"].startswith("https://creativecommons.org/")


def test_a_list_as_csv_holds_the_rows_of_its_json(client: Client, record, corrected):
    for path in LISTS:
        as_json = told(client, path)["results"]
        as_csv = rows_of(client, path)

        assert as_json, path
        assert [list(row) for row in as_csv] == [list(row) for row in as_json], path
        for name in ("url", "slug", "status", "title"):
            assert [row.get(name) for row in as_csv] == [row.get(name) for row in as_json], path


def test_a_table_without_rows_still_names_its_columns(client: Client, record, corrected):
    for path in LISTS:
        filled = columns_of(client, path)
        early = path.replace("since=2023-01-01&until=2024-01-01", "since=1990-01-01&until=1991-01-01")

        empty = client.get(asked(early, "csv") + "&known_at=1999-01-01")

        lines = empty.content.decode("utf-8-sig").splitlines()
        assert [lines[0].split(","), *lines[1:]] == [filled], path


def test_a_subject_without_rows_names_the_columns_of_one_with_some(client: Client, record):
    for name in (*map("{}_detail".format, SLUGS), "article_detail", "hand_over"):
        path = path_of(name, record)
        told_ = told(client, path)
        part = next(key for key, value in told_.items() if isinstance(value, list))

        columns = columns_of(client, path)

        assert twins.columns_of("inherited" if name == "hand_over" else part) == columns, path
        assert not told_[part] or list(told_[part][0]) == columns, path


def test_filters_and_moment_hold_for_twins(client: Client, record):
    assert [row["slug"] for row in told(client, "/commitments/?status=fulfilled")["results"]] == ["yearly"]
    assert rows_of(client, "/commitments/?as_of=2023-02-01&status=fulfilled") == []
    assert told(client, "/commitments/?as_of=2023-02-01")["as_of"] == "2023-02-01"


def test_a_twin_in_korean_leads_to_korean_pages_and_tells_the_same_rows(client: Client, record):
    english, korean = (told(client, f"{prefix}/commitments/")["results"] for prefix in ("", "/ko"))

    assert [row.pop("url").replace("/ko/", "/") for row in korean] == [row.pop("url") for row in english]
    assert korean == english


def test_a_cell_that_would_run_as_a_formula_is_only_words(client: Client):
    for words in FORMULAS:
        make_initiative(name=words)

    assert {row["name"] for row in rows_of(client, "/initiatives/")} == {f"'{words}" for words in FORMULAS}
    assert {row["name"] for row in told(client, "/initiatives/")["results"]} == {*FORMULAS}


def test_numbers_below_zero_stay_numbers(client: Client, record):
    make_commitment(due_on=date(2023, 1, 1), made_on=date(2022, 12, 1), statement="Late.")

    assert {int(row["days_left"]) < 0 for row in rows_of(client, "/deadlines/")} == {True, False}


def test_lists_and_objects_are_json_in_a_cell():
    table = twins.csv_of([{"before": ["가", 2], "after": {"a": None}}], "ledger", []).content.decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(table))
    assert [json.loads(row[name]) for name in ("before", "after")] == [["가", 2], {"a": None}]


# -- nothing is cut


@pytest.fixture
def small_pages(monkeypatch):
    """Twins of two rows a page, to see where they go on."""
    monkeypatch.setattr(formats, "SIZE", 2)


def walked(client: Client, path: str, form: str) -> list[str]:
    """The keys of all rows, page after page by the `Link` header; JSON says the same in `next`."""
    keys, address = [], asked(path, form)
    for _page in range(20):
        response = client.get(address)
        rows = response.json()["results"] if form == "json" else rows_of(client, address.replace("&format=csv", ""))
        keys += [row.get("key") or row["url"] for row in rows]
        link = response.get("Link", "")
        if form == "json":
            assert (response.json()["next"] or "") == link.removeprefix("<").partition(">")[0]
        if not link:
            return keys
        assert link.endswith('; rel="next"')
        address = link.removeprefix(f"<{SITE}").partition(">")[0]
    raise AssertionError("no end")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_long_list_goes_on_to_its_end(client: Client, record, small_pages, form):
    for year in (2090, 2091, 2092):
        make_commitment(slug=f"c{year}", due_on=date(year, 12, 31), initiative=make_initiative(name=f"I {year}"))
    for path, least in {"/commitments/": 5, "/deadlines/": 4, "/timeline/": 5, "/initiatives/": 4}.items():
        keys = walked(client, path, form)

        assert len(keys) == len(set(keys)) >= least, path


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_commitments_of_a_topic_go_on_in_their_list(client: Client, record, small_pages, form):
    for number in range(4):
        make_commitment(slug=f"more-{number}").topics.add(record.topic)
    first = client.get(asked("/topics/rights/", form))
    if form == "json":
        following = first.json()["more"]["commitments"]
        slugs = [row["slug"] for row in first.json()["commitments"]]
    else:
        following = first["Link"].removeprefix("<").partition(">")[0]
        slugs = [row["slug"] for row in rows_of(client, "/topics/rights/")]

    path = following.removeprefix(SITE).replace(f"&format={form}", "").replace(f"format={form}&", "")
    rest = [row["url"].rsplit("/", 2)[1] for row in walked_rows(client, path, form)]

    assert sorted([*slugs, *rest]) == sorted(["yearly", *(f"more-{number}" for number in range(4))])


def walked_rows(client: Client, path: str, form: str) -> list[dict[str, str]]:
    return [{"url": url} for url in walked(client, path, form)]


def test_the_timeline_of_a_subject_says_where_it_goes_on(client: Client, record, small_pages):
    first = told(client, "/initiatives/report/")

    second = client.get(first["more"]["events"].removeprefix(SITE)).json()

    assert len(first["events"]) == 2
    assert not {row["key"] for row in first["events"]} & {row["key"] for row in second["events"]}


# -- the numbers are the page's


def test_the_numbers_of_a_page_can_be_counted_in_its_table(client: Client, record):
    ministry = make_ministry(slug="other", name="Other ministry")
    for status in ("fulfilled", "stalled", "stalled", "not_fulfilled"):
        make_assessment(commitment=make_commitment(lead_ministry=ministry), status=status)
    make_commitment(lead_ministry=ministry, due_on=date(2023, 3, 1))

    rows = rows_of(client, "/commitments/")
    table = {row["slug"]: row for row in rows_of(client, "/ministries/")}
    page = html.fromstring(client.get("/ministries/other/").content.decode())

    for slug, line in table.items():
        theirs = [row for row in rows if row["lead_ministry"] == slug]
        counted = Counter(row["status"] for row in theirs)
        assert int(line["commitments"]) == len(theirs)
        assert int(line["overdue"]) == sum(row["is_overdue"] == "true" for row in theirs)
        assert {status: int(line[status]) for status in counted} == counted
    legend = {a.get("href").rpartition("status=")[2]: a for a in page.xpath("//a[contains(@href, 'status=')]")}
    assert "stalled" in legend
    words = " ".join(legend["stalled"].getparent().text_content().split())
    assert str(int(table["other"]["stalled"])) in words


def test_a_subject_as_json_tells_its_verdicts_with_their_passages(client: Client, record):
    piece = told(client, "/commitments/yearly/")["verdicts"][0]["evidence"][0]

    assert piece["quote"] == "the ministry will publish an annual report"
    assert piece["passage"].startswith(f"{SITE}/articles/{record.article.pk}/#e")


# -- refusals

REFUSED = [
    ("/commitments/?status=nonsense", 400, "nonsense"),
    ("/commitments/?sort=colour", 400, "sort"),
    ("/commitments/?after=zz", 400, "page"),
    ("/commitments/?as_of=2023-02-30", 400, "2023-02-30"),
    ("/deadlines/?after=9999-01-01~5", 404, "ends"),
    ("/compare/?since=2023-02-30&until=2023-03-01", 400, "date"),
    ("/timeline/?kind=gossip", 400, "kind"),
    ("/search/?kind=gossip", 400, "kind"),
    ("/initiatives/none/", 404, "Nothing"),
    ("/no-such-page/", 404, "mistyped"),
]


def test_a_refusal_comes_in_the_form_that_was_asked_for(client: Client):
    for path, status, word in REFUSED:
        as_json, as_csv = client.get(asked(path, "json")), client.get(asked(path, "csv"))

        assert (as_json.status_code, as_csv.status_code) == (status, status), path
        assert word in as_json.json()["detail"], path
        assert as_csv["Content-Type"] == "text/plain; charset=utf-8", path
        assert word in as_csv.content.decode(), path


@pytest.mark.parametrize(
    "path", ["/feed.atom?kind=gossip", "/commitments/deadlines.ics?status=x", "/feed.atom?as_of=x"]
)
def test_a_feed_or_calendar_refuses_in_plain_words(client: Client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_an_unknown_format_is_refused(client: Client):
    assert client.get("/commitments/?format=xml").status_code == 400
