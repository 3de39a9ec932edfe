import pytest
from lxml.html import document_fromstring

from articles.importing.headlines import choose_headline, says_error, without_site


def headline(html, claimed=(), sites=()):
    return choose_headline(document_fromstring(f"<html>{html}</html>"), claimed, sites)


@pytest.mark.parametrize(
    ("title", "sites", "bare"),
    [
        ("Fees frozen for boats | The Coast Courier", ["The Coast Courier"], "Fees frozen for boats"),
        ("The Coast Courier - Fees frozen for boats", ["The Coast Courier"], "Fees frozen for boats"),
        ("Fees frozen for boats | Politics | Coast Courier", ["The Coast Courier"], "Fees frozen for boats"),
        ("Fees frozen for boats - BBC News", ["bbc.co.uk", "bbc"], "Fees frozen for boats"),
        ("Fees frozen - and not before time", ["Coast Courier"], "Fees frozen - and not before time"),
        ("어항 사용료 동결 : 새벽일보", ["새벽일보"], "어항 사용료 동결"),
        ("Fees frozen for boats | coastcourier.com", [], "Fees frozen for boats"),
    ],
)
def test_the_site_is_taken_off_a_title(title, sites, bare):
    assert without_site(title, sites) == bare


def test_the_heading_that_agrees_with_the_claim_is_the_headline():
    html = "<head><title>Fees frozen | Courier</title></head><body><h1>Courier</h1><h2>Fees for boats are frozen until 2026</h2><h2>Weather</h2></body>"

    assert headline(html, ["Fees for boats are frozen"], ["Courier"]) == "Fees for boats are frozen until 2026"


def test_breaks_in_a_heading_keep_words_apart():
    assert (
        headline("<head><title>Fees for boats frozen</title></head><body><h1>Fees for boats<br>frozen</h1></body>")
        == "Fees for boats frozen"
    )


def test_the_cell_beside_title_is_the_headline_of_a_board():
    html = "<head><title>Press Releases | Ministry</title></head><body><h2>Press Releases</h2><table><tr><th>Title</th><td>Fees frozen for boats</td></tr></table></body>"

    assert headline(html, ["Press Releases"], ["Ministry"]) == "Fees frozen for boats"


def test_without_a_heading_the_claim_is_taken():
    assert (
        headline("<head><title>x</title></head><body><p>y</p></body>", ["Fees frozen for boats | Courier"], ["Courier"])
        == "Fees frozen for boats"
    )


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Error 404",
        "Page not found",
        "This page can't be found",
        "페이지를 찾을 수 없습니다",
        "Access denied",
        "The article you asked for no longer exists",
    ],
)
def test_titles_of_error_pages_are_recognised(title):
    assert says_error(title)


@pytest.mark.parametrize(
    "title",
    [
        "Fortune 500 firms to pay more",
        "Missing hikers not found",
        "Drug no longer available, ministry says",
        "500 years of printing",
        "존재하지 않는 도로에 세금",
    ],
)
def test_headlines_with_such_words_are_no_error(title):
    assert not says_error(title)
