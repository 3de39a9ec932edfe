import gzip
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Document
from articles.importing.feeds import MAX_ENTRIES, parse_feed
from articles.importing.moments import SEOUL
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason

KST = timezone(timedelta(hours=9))


def feed(body, url="https://news.example.com/feed", **options):
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(Document(body=data, url=url, fetched_at=datetime(2023, 2, 1, tzinfo=UTC)), **options)


def refusal_of(body):
    with pytest.raises(DocumentRefused) as refused:
        feed(body)
    return refused.value.reason


def rss(items, version="2.0", head=""):
    return f'{head}<rss version="{version}"><channel><title>Courier &amp; Co</title><link>https://news.example.com/</link><language>en-gb</language>{items}</channel></rss>'


ITEM = "<item><title>Fees frozen</title><link>https://news.example.com/a</link><guid>1</guid><pubDate>Fri, 27 Jan 2023 16:14:18 KST</pubDate></item>"


def test_rss_2_keeps_the_words_and_the_zone_of_a_date():
    (entry,) = feed(rss(ITEM)).entries

    assert (entry.url, entry.headline, entry.guid) == ("https://news.example.com/a", "Fees frozen", "1")
    assert entry.published.moment == datetime(2023, 1, 27, 16, 14, 18, tzinfo=KST)
    assert entry.published.raw == "Fri, 27 Jan 2023 16:14:18 KST"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n',
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
    ],
)
@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_old_and_new_rss_are_read(head, version):
    found = feed(rss(ITEM, version, head))

    assert (found.title, found.home_url, found.language, len(found.entries)) == (
        "Courier & Co",
        "https://news.example.com/",
        "en",
        1,
    )


def test_rss_1_has_its_items_beside_the_channel():
    found = feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="x"><title>R</title></channel><item rdf:about="https://news.example.com/1"><title>One</title>'
        "<link>https://news.example.com/1</link><dc:date>2023-01-27T16:14+09:00</dc:date><dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"
    )

    assert found.entries[0].published.moment == datetime(2023, 1, 27, 16, 14, tzinfo=KST)
    assert found.entries[0].authors == ("Jane Doe",)


def test_atom_is_read():
    found = feed(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title type="html">A &lt;b&gt;B&lt;/b&gt;</title><link rel="self" href="/feed"/>'
        '<link href="https://news.example.com/"/><entry><id>tag:1</id><title>One</title><link rel="enclosure" href="/x.mp3"/><link rel="alternate" href="/one"/>'
        "<published>2023-01-27T07:14:18Z</published><updated>2023-01-28T00:00:00Z</updated><author><name>Jane Doe</name></author>"
        '<category term="pol" label="Politics"/></entry></feed>'
    )
    entry = found.entries[0]

    assert (found.title, found.home_url, found.language) == ("A B", "https://news.example.com/", "ko")
    assert (entry.url, entry.section, entry.authors) == ("https://news.example.com/one", "Politics", ("Jane Doe",))
    assert entry.updated.moment == datetime(2023, 1, 28, tzinfo=UTC)


def test_json_feed_is_read():
    found = feed(
        '{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://news.example.com/","items":[{"id":"1","url":"https://news.example.com/1",'
        '"title":"One","date_published":"2023-01-27T16:14:18+09:00","authors":[{"name":"Jane Doe"}],"tags":["Politics"]},{"id":"https://news.example.com/2"},{"id":"3"},4]}'
    )

    assert [entry.url for entry in found.entries] == ["https://news.example.com/1", "https://news.example.com/2"]
    assert found.entries[0].published.moment.hour == 16
    assert [refusal.reason for refusal in found.refusals] == [Reason.ENTRY_WITHOUT_LINK]


def test_sitemaps_news_sitemaps_and_indexes_are_read_also_compressed():
    news = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>'
        "https://news.example.com/1</loc><news:news><news:publication><news:name>Courier</news:name><news:language>ko</news:language></news:publication>"
        "<news:publication_date>2023-01-27T16:14:18+09:00</news:publication_date><news:title>One</news:title></news:news></url></urlset>"
    )
    index = "<sitemapindex><sitemap><loc>https://news.example.com/s1.xml.gz</loc><lastmod>2023-01-01</lastmod></sitemap></sitemapindex>"

    (entry,) = feed(gzip.compress(news.encode(), mtime=0)).entries
    (inner,) = feed(index).entries

    assert (entry.headline, entry.publisher, entry.language, entry.is_sitemap) == ("One", "Courier", "ko", False)
    assert (inner.url, inner.is_sitemap, inner.updated.day.isoformat()) == (
        "https://news.example.com/s1.xml.gz",
        True,
        "2023-01-01",
    )


def test_what_feeds_commonly_get_wrong_is_mended():
    found = feed(
        rss(
            "<item><title>A & B &nbsp; &copy; &lt;i&gt;C&lt;/i&gt; \x0b</title><link>/a?x=1&y=2</link><description><![CDATA[<p>raw & html</p>]]></description></item>"
        )
    )

    assert found.entries[0].headline == "A & B © C"
    assert found.entries[0].url == "https://news.example.com/a?x=1&y=2"
    assert found.entries[0].summary == "raw & html"


def test_a_korean_feed_in_its_own_charset_is_read():
    body = rss(
        "<item><title>어항 사용료 동결</title><link>https://news.example.com/a</link></item>",
        head='<?xml version="1.0" encoding="euc-kr"?>',
    )

    assert feed(body.encode("cp949")).entries[0].headline == "어항 사용료 동결"


def test_row_39_entries_without_guid_or_with_the_same_link_are_one():
    found = feed(
        rss(ITEM + ITEM.replace("<guid>1</guid>", "<guid>2</guid>") + "<item><title>B</title><link>/b</link></item>")
    )

    assert [(entry.url, entry.guid) for entry in found.entries] == [
        ("https://news.example.com/a", "1"),
        ("https://news.example.com/b", "https://news.example.com/b"),
    ]


def test_row_39_dates_of_the_future_and_of_nowhere_are_dropped_and_zones_assumed():
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(
            ["Fri, 01 Jan 2099 00:00:00 GMT", "soon", "2023-01-27 16:14:18", "Thu, 01 Jan 1970 00:00:00 GMT"]
        )
    )

    entries = feed(rss(items), zone=SEOUL).entries

    assert [bool(entry.published) for entry in entries] == [False, False, True, True]
    assert entries[2].published.moment == datetime(2023, 1, 27, 16, 14, 18, tzinfo=KST)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://127.0.0.1/", "http://user@example.com/", ""]
)
def test_an_entry_that_leads_nowhere_we_go_is_refused_alone(link):
    found = feed(rss(f"<item><title>X</title><link>{link}</link></item>{ITEM}"))

    assert len(found.entries) == 1
    assert found.refusals[0].reason is Reason.ENTRY_WITHOUT_LINK
    assert "X" in str(found.refusals[0])


LAUGHS = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'


@pytest.mark.parametrize(
    "head",
    [LAUGHS, '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE r SYSTEM "http://evil.example/x.dtd">', '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://evil.example/p">%p;]>',
     '<!doctype rss [<!entity a "aaaaaaaaaa">]>', "<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//X' 'http://x'>"],
)  # fmt: skip
def test_row_37_document_types_and_entities_are_refused_before_parsing(head):
    assert refusal_of(rss(ITEM, head=head)) is Reason.FEED_DOCTYPE


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", Reason.EMPTY),
        ("<rss><channel><item></channel></rss>", Reason.FEED_BROKEN),
        ("<rss", Reason.FEED_BROKEN),
        ("plain words", Reason.FEED_BROKEN),
        ("<!doctype html><html><body>x</body></html>", Reason.NOT_A_FEED),
        ("<html><body>x</body></html>", Reason.NOT_A_FEED),
        ("<note><to>x</to></note>", Reason.NOT_A_FEED),
        ("<rss><channel></channel></rss>", Reason.FEED_EMPTY),
        ('{"items":[]}', Reason.NOT_A_FEED),
        ('{"version":"https://jsonfeed.org/version/1","items":', Reason.FEED_BROKEN),
        ("{" + '"a":{' * 50_000, Reason.FEED_BROKEN),
        ("<rss>" + "<a>" * 100_000, Reason.FEED_BROKEN),
    ],
)
def test_row_39_what_is_no_feed_says_so(body, reason):
    assert refusal_of(body) is reason


def test_a_broken_feed_names_the_line():
    with pytest.raises(DocumentRefused, match="line 3"):
        feed("<rss>\n<channel>\n<item></channel></rss>")


def test_row_39_ten_thousand_entries_at_once_are_read_and_there_is_an_end():
    items = "".join(f"<item><title>t</title><link>/{n}</link></item>" for n in range(10_000))

    assert len(feed(rss(items)).entries) == 10_000
    assert MAX_ENTRIES >= 50_000


@given(st.text(max_size=300))
def test_any_text_in_a_feed_ends_as_entries_or_a_reason(text):
    for body in (text, f"<rss><channel><item><title>{text}</title><link>{text}</link></item></channel></rss>"):
        try:
            feed(body.encode("utf-8", "replace"))
        except ImportRefused as refused:
            assert str(refused)


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM + "<item><title>Gauges &amp; dams</title><link>https://news.example.com/b</link></item>"),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>One</title><link href="https://news.example.com/1"/><updated>2023-01-27T07:14:18Z</updated></entry></feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title></channel>'
        "<item><title>One</title><link>https://news.example.com/1</link></item></rdf:RDF>",
    ],
)
def test_others_read_the_same_entries(body):
    import feedparser

    theirs = feedparser.parse(body)

    assert [(entry.url, entry.headline) for entry in feed(body).entries] == [
        (entry.link, entry.title) for entry in theirs.entries
    ]
    assert feed(body).title == theirs.feed.title
