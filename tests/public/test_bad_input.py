"""Whatever is asked, every address of the public door gives the right status and never breaks."""

import pytest
from django.test import Client

from policytracker.government.models import FormerAddress
from policytracker.tracking.models import FormerTagAddress, Tag

from .door import PLURALS, SLUGS, names, page_names, path_of

pytestmark = pytest.mark.django_db

NONSENSE = (
    "as_of=9999-01-01&known_at=2023-13-01",
    "after=" + "1" * 10_000,
    "q=%00",
    "format=xml",
)


def test_head_and_options_are_answered_everywhere(client: Client, record):
    for name in names():
        path = path_of(name, record)
        read, asked, told = client.get(path), client.head(path), client.options(path)

        assert (asked.status_code, asked.content) == (read.status_code, b""), name
        assert told.status_code in (200, 204), name


def test_nonsense_is_never_an_error_of_ours(client: Client, record):
    for name in names():
        path = path_of(name, record)
        joint = "&" if "?" in path else "?"
        for words in NONSENSE:
            status = client.get(f"{path}{joint}{words}").status_code
            # oEmbed asks for 501 where a format is not offered.
            assert status < 500 or (name, status) == ("oembed", 501), (name, words[:40])


def test_a_day_there_is_none_of_is_refused_on_every_page(client: Client, record):
    for name in page_names():
        path = path_of(name, record)
        joint = "&" if "?" in path else "?"

        response = client.get(f"{path}{joint}as_of=2023-02-30")

        assert response.status_code == 400, name
        assert "2023-02-30" in response.content.decode(), name


@pytest.mark.parametrize("accept", ["application/x-unheard-of", "image/webp", "*/*;q=0", "", "text/html;q=zebra"])
def test_an_unknown_accept_gets_the_page(client: Client, record, accept):
    response = client.get("/commitments/yearly/", headers={"accept": accept})

    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("kind", ["initiative", "commitment", "ministry", "official"])
def test_a_moved_slug_leads_on_for_good_in_every_form(client: Client, record, kind):
    FormerAddress.objects.create(kind=kind, slug="old", **{kind: getattr(record, kind)})

    for ending in ("", "feed.atom", "deadlines.ics", "picture.png?as_of=2024-01-01", "cite/", "?format=json"):
        response = client.get(f"/{PLURALS[kind]}/old/{ending}")

        assert (response.status_code, response["Location"]) == (301, f"/{PLURALS[kind]}/{SLUGS[kind]}/{ending}")


def test_a_moved_tag_leads_on_for_good(client: Client, record):
    FormerTagAddress.objects.create(slug="old", tag=Tag.objects.get(slug="human-rights"))

    response = client.get("/ko/tags/old/")

    assert (response.status_code, response["Location"]) == (301, "/ko/tags/human-rights/")
