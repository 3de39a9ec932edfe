"""We know headline, author and day of pages of sites that say little to machines: blogs, shops, ministries, old papers."""

import json

import pytest

from articles.importing.documents import Document
from articles.importing.pages import read_page

TITLE = "Council to rebuild the footbridge over the mill stream"
TEXT = (
    "The town council agreed on Tuesday to rebuild the old footbridge over the mill stream, which the flood carried away.",
    "Work is to begin in the spring and to last about four months, the mayor told a meeting in the parish hall.",
    "Several speakers asked why a temporary crossing had not been put up sooner; the banks were still moving.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
NAV = "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>"


def read(body, *, title=TITLE, head="", url="https://gazette.example/bridge"):
    html = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{NAV}{body}<footer>© 2024 Example. All rights reserved.</footer></body></html>"
    )
    return read_page(Document(body=html.encode(), url=url, content_type="text/html"))


def linked(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_an_author_named_elsewhere_in_the_graph_is_found():
    graph = [
        {"@type": "NewsArticle", "headline": TITLE, "author": {"@id": "#person"}, "publisher": {"@id": "#org"}},
        {"@type": "Person", "@id": "#person", "name": "Maria Keller"},
        {"@type": "Organization", "@id": "#org", "name": "The Gazette"},
    ]

    draft = read(f"<h1>{TITLE}</h1>{BODY}", head=linked({"@graph": graph}))

    assert draft.authors == ("Maria Keller",)


@pytest.mark.parametrize(
    ("name", "authors"), [("Petra", ("Petra",)), ("mudlark77", ("mudlark77",)), ("admin", ()), ("Gazette", ())]
)
def test_a_blogger_may_have_one_name_and_the_site_is_none(name, authors):
    data = {"@type": "BlogPosting", "headline": TITLE, "author": {"@type": "Person", "name": name}}

    assert read(f"<h1>{TITLE}</h1>{BODY}", head=linked(data)).authors == authors


def test_whoever_reviews_a_product_has_not_written_its_page():
    review = "<div class=review><span itemprop=author>Karin S.</span><p>Very nice teapot, I use it each day.</p></div>"

    assert read(f"<h1>{TITLE}</h1>{BODY}{review}").authors == ()


def test_a_headline_stands_without_its_subtitle():
    head = f"<meta property=og:title content='{TITLE}'>"

    assert read(f"<h1>{TITLE}<small>Work begins in spring</small></h1>{BODY}", head=head).headline == TITLE


def test_the_one_heading_is_the_headline_when_the_claims_say_the_same_in_other_words():
    head = "<meta property=og:title content='You will not believe what they decided'>"

    draft = read(f"<h1>{TITLE}</h1>{BODY}", title="Footbridge to be rebuilt after flood", head=head)

    assert draft.headline == TITLE


def test_a_slogan_of_the_site_is_no_headline():
    head = f"<meta property=og:title content='{TITLE}'>"

    draft = read(f"<h1>All that happens between the two rivers</h1>{BODY}", title=TITLE, head=head)

    assert draft.headline == TITLE


def test_a_sites_name_before_the_title_is_cut():
    assert read(BODY, title=f"The Courier » {TITLE}").headline == TITLE


@pytest.mark.parametrize(
    "line",
    ["Veröffentlicht am 5. März 2019", "Publié le 5 mars 2019", "Publicado el 5 de marzo de 2019", "5 maart 2019"],
)
def test_the_day_is_read_in_the_languages_of_neighbours(line):
    draft = read(f"<h1>{TITLE}</h1><p>{line}</p>{BODY}")

    assert str(draft.published_on) == "2019-03-05"


def test_a_press_release_is_of_the_day_of_its_dateline():
    first = f"<p>Linz, 12 May 2014 – {TEXT[0]}</p>"

    assert str(read(f"<h1>{TITLE}</h1>{first}{BODY}").published_on) == "2014-05-12"


def test_a_day_told_of_in_the_first_sentence_is_not_the_day_of_the_page():
    first = "<p>On 5 May 1945 the first bridge over the stream was blown up, and for three years there was none.</p>"

    assert read(f"<h1>{TITLE}</h1>{first}{BODY}").published_on is None
