"""Cards for other sites: framable only there, without script or cookie."""

from datetime import date

import pytest
from django.test import Client
from lxml import html
from micawber.providers import Provider, ProviderRegistry

from policytracker.government.models import FormerAddress
from tests.factories import make_assessment, make_commitment

from .door import names, path_of

pytestmark = pytest.mark.django_db
OUR_OEMBED = Provider("http://127.0.0.1:8000/oembed/")


def text_of(client: Client, path: str) -> str:
    return " ".join(html.fromstring(client.get(path).content.decode()).find("body").text_content().split())


@pytest.mark.parametrize("path", ["/embed/commitment/yearly/", "/embed/initiative/report/", "/embed/ministry/mou/"])
def test_a_card_is_framable_runs_nothing_and_sets_nothing(client: Client, record, path):
    response = client.get(path)

    assert response.status_code == 200
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "<script" not in response.content.decode()
    assert not response.cookies


def test_nothing_else_is_framable(client: Client, record):
    for prefix in ("", "/ko"):
        for name in names():
            if name == "embed":
                continue
            response = client.get(prefix + path_of(name, record))

            assert "frame-ancestors 'none'" in response["Content-Security-Policy"], name
            assert response["X-Frame-Options"] == "DENY", name
    for path in ("/no-such-page/", "/commitments/none/", "/commitments/?status=x", "/desk/", "/accounts/login/"):
        assert client.get(path)["X-Frame-Options"] == "DENY", path


# -- live, and frozen at a day


def test_a_frozen_card_says_what_changed_since(client: Client, record):
    live = text_of(client, "/embed/commitment/yearly/")
    frozen = text_of(client, "/embed/commitment/yearly/?as_of=2023-02-01")

    assert "Fulfilled" in live
    assert "Changed since:" not in live
    assert "As of 1 February 2023" in frozen
    assert frozen.index("Not rated") < frozen.index("Changed since: Fulfilled")
    assert "26 April 2023" in frozen


def test_a_frozen_card_is_silent_while_nothing_changed(client: Client, record):
    assert "Changed since:" not in text_of(client, "/embed/commitment/yearly/?as_of=2023-06-01")


def test_a_deadline_that_passed_since_is_a_change_too(client: Client):
    make_commitment(slug="due", due_on=date(2023, 3, 31))

    frozen = text_of(client, "/embed/commitment/due/?as_of=2023-03-01")

    assert "Changed since: Not rated" in frozen
    assert "overdue" in frozen.partition("Changed since:")[2]


@pytest.mark.parametrize("path", ["/embed/initiative/report/", "/embed/ministry/mou/"])
def test_a_frozen_card_of_many_counts_anew(client: Client, record, path):
    live, frozen = text_of(client, path), text_of(client, f"{path}?as_of=2023-02-01")

    assert "Changed since:" not in live
    assert "0 of" in frozen.partition("Changed since:")[0]
    assert "1 of" in frozen.partition("Changed since:")[2]


def test_what_was_frozen_stays_whatever_is_learnt_later(client: Client, record):
    path = "/embed/commitment/yearly/?as_of=2023-02-01&known_at=2024-01-01"
    before = text_of(client, path).partition("Changed since:")[0]

    make_assessment(commitment=record.commitment, status="not_fulfilled", effective_from=date(2023, 5, 2))

    after = text_of(client, path)
    assert after.partition("Changed since:")[0] == before
    assert "Changed since: Not fulfilled" in after


def test_a_korean_card_says_the_language_of_what_falls_back(client: Client, record):
    card = html.fromstring(client.get("/ko/embed/initiative/report/").content.decode())

    assert card.xpath("//h1/@lang") == ["en"]
    assert card.xpath("//h1/a/@href") == ["http://127.0.0.1:8000/ko/initiatives/report/"]


def test_the_card_of_something_renamed_leads_to_its_card(client: Client, record):
    FormerAddress.objects.create(kind="initiative", slug="old", initiative=record.initiative)

    response = client.get("/ko/embed/initiative/old/?as_of=2024-01-01")

    assert (response.status_code, response["Location"]) == (301, "/ko/embed/initiative/report/?as_of=2024-01-01")
    assert "X-Frame-Options" not in response


def test_a_draft_has_no_card(client: Client, record):
    for kind in ("commitment", "initiative", "ministry"):
        assert client.get(f"/embed/{kind}/draft/").status_code == 404
        assert client.get(f"/oembed/?url=http://127.0.0.1:8000/{kind}s/draft/").status_code == 404


def test_other_kinds_have_no_card(client: Client, record):
    assert client.get("/embed/official/kwon/").status_code == 404


# -- oEmbed


def test_oembed_answers_for_our_pages_in_their_language(client: Client, record):
    told = client.get("/oembed/?url=http://127.0.0.1:8000/ko/commitments/yearly/&maxwidth=300&maxheight=99999").json()

    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 300, 260)
    (frame,) = html.fragments_fromstring(told["html"])
    assert (frame.tag, frame.get("width"), frame.get("title")) == ("iframe", "300", told["title"])
    path = frame.get("src").removeprefix("http://127.0.0.1:8000")
    assert path == "/ko/embed/commitment/yearly/"
    assert client.get(path).status_code == 200


def test_oembed_of_a_page_of_another_day_is_frozen(client: Client, record):
    page = html.fromstring(client.get("/commitments/yearly/?as_of=2023-02-01").content.decode())
    (address,) = page.xpath("//link[@type='application/json+oembed']/@href")

    told = client.get(address.removeprefix("http://127.0.0.1:8000")).json()

    assert 'src="http://127.0.0.1:8000/embed/commitment/yearly/?as_of=2023-02-01"' in told["html"]


def test_oembed_follows_a_page_to_its_new_address(client: Client, record):
    FormerAddress.objects.create(kind="ministry", slug="old", ministry=record.ministry)

    told = client.get("/oembed/?url=http://127.0.0.1:8000/ministries/old/").json()

    assert "/embed/ministry/mou/" in told["html"]


def test_another_site_that_embeds_our_address_gets_our_card(client: Client, record, monkeypatch):
    asked = []

    def fetch(_provider, url: str) -> str:
        asked.append(url)
        return client.get(url.removeprefix("http://127.0.0.1:8000")).content.decode()

    monkeypatch.setattr(Provider, "fetch", fetch)
    sites = ProviderRegistry()
    sites.register(r"http://127\.0\.0\.1:8000/(ko/)?(commitments|initiatives|ministries)/\S+", OUR_OEMBED)

    told = sites.request("http://127.0.0.1:8000/ko/ministries/mou/", maxwidth=400)
    page = sites.parse_html("<p>http://127.0.0.1:8000/commitments/yearly/</p>")

    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 400)
    assert 'src="http://127.0.0.1:8000/ko/embed/ministry/mou/"' in told["html"]
    assert html.fragment_fromstring(page, create_parent=True).xpath(".//iframe/@src") == [
        "http://127.0.0.1:8000/embed/commitment/yearly/"
    ]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=https://evil.example/commitments/yearly/", 404),
        ("url=http://127.0.0.1:8000/about/", 404),
        ("url=nonsense", 404),
        ("", 404),
        ("url=http://[half", 404),
        ("url=http://127.0.0.1:8000/commitments/yearly/&maxwidth=0", 400),
        ("url=http://127.0.0.1:8000/commitments/yearly/&maxwidth=wide", 400),
        ("url=http://127.0.0.1:8000/commitments/yearly/&format=xml", 501),
    ],
)
def test_oembed_refuses_what_it_cannot_answer_in_words_for_programs(client: Client, record, query, status):
    response = client.get(f"/oembed/?{query}")

    assert response.status_code == status
    assert response["Content-Type"].partition(";")[0] == ("text/plain" if status == 501 else "application/json")


def test_a_page_names_its_oembed_address(client: Client, record):
    assert 'type="application/json+oembed"' in client.get("/commitments/yearly/").content.decode()
