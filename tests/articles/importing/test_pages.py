import json
import re
from datetime import UTC, datetime

import pytest

from articles.importing.documents import ArticleDraft, Document
from articles.importing.pages import MAX_BYTES, read_page
from articles.importing.refusals import DocumentRefused, Reason
from benchmarks.extraction import f1
from tests.articles.importing.pages.builder import Page, held_out, tuned

SENTENCES = [
    f"<p>Paragraph {n} tells what the harbour ministry said about fees, who answered, and what will happen in the coming weeks.</p>"
    for n in ("one", "two", "three", "four", "five", "six")
]
BODY = "".join(SENTENCES)


def page(
    body=BODY,
    *,
    head="",
    title="Harbour fees are frozen",
    before="",
    after="",
    url="https://news.example.com/a",
    lang="en",
):
    html = f"<!doctype html><html lang='{lang}'><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{before}{body}</main>{after}</body></html>"
    return read_page(Document(body=html.encode(), url=url, content_type="text/html; charset=utf-8"))


def refusal_of(html: str | bytes, **options):
    with pytest.raises(DocumentRefused) as refused:
        read_page(Document(body=html.encode() if isinstance(html, str) else html, **options))
    return refused.value.reason


@pytest.mark.parametrize("sample", tuned(), ids=lambda sample: sample.name)
def test_pages_of_many_outlets_become_what_a_careful_reader_takes_from_them(sample):
    draft = read_page(Document(body=sample.body, url=sample.url, content_type=sample.content_type))
    gold = sample.gold

    assert f1(draft.text, "\n".join(gold.paragraphs)) > 0.98
    assert draft.headline == gold.headline
    assert draft.authors == gold.authors
    assert draft.published_on.isoformat() == gold.day
    assert draft.language == gold.language
    if gold.moment:
        assert draft.published_at.isoformat() == gold.moment
    if gold.updated:
        assert draft.updated_at.isoformat() == gold.updated
    if gold.image_credit:
        assert draft.image_credit == gold.image_credit
    if gold.publisher:
        assert draft.publisher == gold.publisher
    if gold.section:
        assert draft.section == gold.section


NOTICE = """<div class="x9"><h2>Your choices</h2><p>We and our 800 partners store and use information on your device, such as
cookies, for advertising and measurement. You can change what you have chosen at any time, and withdraw your consent in the
settings.</p><p>Some partners work with your data without consent, because of their legitimate interest. You may object to
this on the page of settings, or in the list of our partners.</p><button>Agree</button></div>"""
COMMENTS = "".join(
    f"<div class='x7'><b>reader{n}</b><p>I was there on the day and saw how it went, and number {n} was not as told here; "
    "the queue went round the corner, twice.</p></div>"
    for n in range(12)
)


def below_a_notice(name: str) -> tuple[Page, ArticleDraft]:
    """A page of ours below a notice about cookies that nothing marks, and what is read from it."""
    page = next(page for page in tuned() if page.name == name)
    body = re.sub(rb"<body[^>]*>", lambda start: start[0] + NOTICE.encode(), page.body, count=1)
    return page, read_page(Document(body=body, url=page.url, content_type=page.content_type))


@pytest.mark.parametrize("name", ["nuxt-ferry-count", "next-border-market", "ld-solar-roofs"])
def test_a_notice_about_cookies_is_not_taken_for_an_article_that_is_only_in_a_script(name):
    page, draft = below_a_notice(name)

    assert f1(draft.text, "\n".join(page.gold.paragraphs)) > 0.95


@pytest.mark.parametrize("name", ["broadcaster-archive-open", "kvideo-인권-보고서"])
def test_an_article_parted_by_breaks_stays_below_a_notice_about_cookies(name):
    page, draft = below_a_notice(name)

    assert set(page.gold.paragraphs) <= set(draft.paragraphs)
    assert not any("800 partners" in line for line in draft.paragraphs)


@pytest.mark.parametrize("name", ["agency-solar-roofs", "drupal-ice-road", "kamp-어항-사용료", "ebb-archive-open"])
def test_comments_three_times_as_long_as_the_article_are_not_the_article(name):
    page = next(page for page in tuned() if page.name == name)
    comments = f"<div class='x8'><h3>12 readers said</h3>{COMMENTS}</div></body>"

    body = page.body.replace(b"</body>", comments.encode())
    draft = read_page(Document(body=body, url=page.url, content_type=page.content_type))

    assert f1(draft.text, "\n".join(page.gold.paragraphs)) > 0.95


def test_pages_never_tuned_on_stay_above_a_floor():
    scores = []
    for sample in held_out():
        draft = read_page(Document(body=sample.body, url=sample.url, content_type=sample.content_type))
        scores.append(f1(draft.text, "\n".join(sample.gold.paragraphs)))
        assert draft.published_on.isoformat() == sample.gold.day or not sample.gold.is_labelled

    assert sum(scores) / len(scores) > 0.9


def test_row_2_a_page_in_korean_loses_no_character_whatever_it_declares():
    for sample in [*tuned(), *held_out()]:
        if sample.gold.language == "ko":
            draft = read_page(Document(body=sample.body, url=sample.url, content_type=sample.content_type))
            for paragraph in sample.gold.paragraphs:
                assert paragraph.split(" ", 3)[-1] in draft.text


def test_a_labelled_date_on_the_page_overrules_what_the_page_tells_machines():
    head = '<meta property="article:published_time" content="2023-05-05T10:00:00Z">'

    draft = page(head=head, before="<p class='d'>Published: 27 January 2023</p>")

    assert draft.published_on.isoformat() == "2023-01-27"


def test_the_time_comes_from_the_claims_when_they_are_of_the_same_day():
    head = '<meta property="article:published_time" content="2023-01-27T10:00:00Z">'

    draft = page(head=head, before="<p class='d'>Published: 27 January 2023</p>")

    assert draft.published_at == datetime(2023, 1, 27, 10, tzinfo=UTC)


def test_the_date_of_another_story_or_a_comment_is_not_taken():
    after = "<section class='comments'><p>Posted: 3 March 2025</p></section><div class='related'><span>Published 1 April 2024</span></div>"

    assert page(after=after).published_on is None or page(after=after).published_on.year not in (2024, 2025)


def test_a_headline_shown_is_preferred_to_one_made_for_search_engines():
    draft = page(head='<meta property="og:title" content="Harbour fees are frozen: what you must know now | Example">')

    assert draft.headline == "Harbour fees are frozen"


def test_a_body_only_in_a_script_is_found():
    data = {"props": {"story": {"bodyHtml": BODY, "title": "x"}}}
    html = f"<html lang='en'><head><title>Harbour fees are frozen</title></head><body><div id='app'></div><script id='__NEXT_DATA__' type='application/json'>{json.dumps(data)}</script></body></html>"

    draft = read_page(Document(body=html.encode()))

    assert len(draft.paragraphs) == 6
    assert draft.notes == ("body_from_script",)


def test_every_field_is_read_from_structured_data_when_the_page_shows_nothing():
    text = "The council froze the fees, as people had asked for years and nobody had believed. " * 8
    data = {
        "@type": "NewsArticle", "headline": "Harbour fees are frozen", "articleBody": text, "articleSection": "Economy",
        "datePublished": "2023-01-27T16:14:18+09:00", "dateModified": "2023-01-28T08:00:00+09:00", "inLanguage": "en",
        "author": [{"@type": "Person", "name": "Marta Ellwood"}, {"@type": "Organization", "name": "The Coast Courier"}],
        "publisher": {"@type": "Organization", "name": "The Coast Courier"},
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data)}</script><link rel="canonical" href="https://news.example.com/fees">'

    draft = page("<div id='root'></div>", head=head)

    assert draft.notes == ("body_from_json_ld",)
    assert draft.text == text.strip()
    assert (draft.headline, draft.authors, draft.publisher) == (
        "Harbour fees are frozen",
        ("Marta Ellwood",),
        "The Coast Courier",
    )
    assert (draft.section, draft.language) == ("Economy", "en")
    assert draft.published_at.isoformat() == "2023-01-27T16:14:18+09:00"
    assert draft.updated_at.isoformat() == "2023-01-28T08:00:00+09:00"
    assert draft.canonical_url == "https://news.example.com/fees"


@pytest.mark.parametrize(
    "caption",
    [
        "<figcaption>The harbour. Photo: Jonas Feld</figcaption>",
        "<figcaption>The harbour (Photo: Jonas Feld)</figcaption>",
        "<p class=credit>사진=Jonas Feld</p>",
    ],
)
def test_who_took_the_picture_is_told_and_is_no_part_of_the_text(caption):
    draft = page(before=f"<figure><img src=a.jpg>{caption}</figure>")

    assert draft.image_credit == "Jonas Feld"
    assert "Feld" not in draft.text
    assert draft.authors == ()


def test_the_canonical_address_and_the_amp_address_are_kept():
    draft = page(
        head='<link rel="canonical" href="/fees-frozen?utm_source=x"><link rel="amphtml" href="/amp/fees-frozen">',
        url="https://news.example.com/fees-frozen?utm_campaign=y",
    )

    assert draft.canonical_url == "https://news.example.com/fees-frozen"
    assert draft.aliases == ("https://news.example.com/amp/fees-frozen",)


def test_text_is_by_paragraphs_and_normalised():
    draft = page(body=BODY + "<p>한글로 쓴 마지막 문단은 조합형으로 들어와도 완성형으로 나간다고 한다.</p>")

    assert len(draft.paragraphs) == 7
    assert draft.paragraphs[-1].startswith("한글로")


STUB = "<p>The harbour ministry said on Tuesday that fees for small boats will not rise before the end of next year, reversing a plan.</p>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", Reason.EMPTY),
        ("<html><body></body></html>", Reason.NO_TEXT),
        ("<html><head><title>x</title></head><body><ul><li><a href='#'>Home</a></li></ul></body></html>", Reason.NO_TEXT),
        ("<html><body><div id='root'></div><script src='a.js'></script></body></html>", Reason.SCRIPT_ONLY),
        ("<html><head><title>App</title></head><body><noscript>x</noscript><p>Please enable JavaScript to view this site.</p></body></html>", Reason.SCRIPT_ONLY),
        ("<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Sorry, the page you were looking for is not here.</p></body></html>", Reason.ERROR_PAGE),
        ("<html lang='ko'><head><title>페이지를 찾을 수 없습니다</title></head><body><h1>페이지를 찾을 수 없습니다</h1><p>요청하신 주소가 바뀌었거나 없어졌습니다.</p></body></html>", Reason.ERROR_PAGE),
        (f"<html lang='en'><head><title>Fees frozen for boats</title></head><body><h1>Fees frozen for boats</h1>{STUB}<div class='wall'>Subscribe to continue reading</div></body></html>", Reason.PAYWALL),
        (f"<html lang='en'><head><title>Fees frozen for boats</title><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}}</script></head><body><h1>Fees frozen for boats</h1>{STUB}</body></html>", Reason.PAYWALL),
        ("<html lang='ko'><head><title>어항 사용료 동결</title></head><body><h1>어항 사용료 동결</h1><p>해양개척부가 소형 어선의 사용료를 올리지 않기로 했다. 겨우내 고수하던 방침을 바꾼 것이다.</p><p>이 기사는 유료회원 전용입니다.</p></body></html>", Reason.PAYWALL),
        ("<html><head><title>Before you continue</title></head><body><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services. If you choose to accept all, we will also use them for ads.</p></body></html>", Reason.CONSENT_WALL),
        ("<html><head><title>Sign in</title></head><body><h1>Sign in</h1><p>Please sign in to continue to the page that you have asked for, or make an account.</p></body></html>", Reason.CONSENT_WALL),
        (f"<html><body><p>x\x00y</p>{STUB}</body></html>", Reason.NUL_BYTES),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_says_why(html, reason):
    assert refusal_of(html) is reason


def test_a_long_article_about_subscriptions_is_no_paywall():
    draft = page(
        body=BODY
        + BODY.replace("harbour", "railway")
        + "<p>Readers may subscribe to continue reading the series, the ministry joked.</p>"
    )

    assert "joked" in draft.text


def test_row_41_a_page_too_large_is_refused_before_it_is_parsed():
    assert refusal_of(b"<html>" + b"x" * MAX_BYTES) is Reason.TOO_LARGE


def test_a_page_of_no_charset_is_refused():
    assert (
        refusal_of(b"<html><body>" + bytes(range(128, 256)) * 40 + "가나".encode() + "가나".encode("cp949"))
        is Reason.WRONG_CHARSET
    )
