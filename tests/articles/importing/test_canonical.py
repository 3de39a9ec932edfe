import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.canonical import canonical_of, canonicalise, identity_of, same_site
from articles.importing.refusals import ImportRefused, Reason


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example.com:443/a/../b?z=1&a=2#top", "https://news.example.com/b?a=2&z=1"),
        ("https://example.com/a?utm_source=x&utm_medium=y&fbclid=z&gclid=1&ref=home&id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?at_medium=RSS&at_campaign=KARANGA", "https://example.com/a"),
        ("https://example.com/view.do?sid=123456&sns=tw", "https://example.com/view.do?sid=123456"),
        ("https://example.com/a;jsessionid=ABC?x=1", "https://example.com/a?x=1"),
        ("http://한국.kr/뉴스?제목=가", "http://xn--3e0b707e.kr/%EB%89%B4%EC%8A%A4?%EC%A0%9C%EB%AA%A9=%EA%B0%80"),
        ("http://world.kbs.co.kr/service/news_view.htm?lang=e&id=Po&Seq_Code=175558&ref=x", "http://world.kbs.co.kr/service/news_view.htm?Seq_Code=175558&lang=e"),
    ],
)  # fmt: skip
def test_tracking_goes_and_the_article_stays(url, canonical):
    assert canonicalise(url) == canonical
    assert canonicalise(canonical) == canonical


def test_two_articles_of_kbs_world_stay_two():
    base = "http://world.kbs.co.kr/service/news_view.htm?lang=e&Seq_Code="

    assert identity_of(f"{base}175558") != identity_of(f"{base}175559")


def test_row_36_the_forms_of_one_address_are_one():
    forms = [
        "https://example.com/news/fees", "http://example.com/news/fees/", "https://www.example.com/news/fees?utm_source=rss", "https://m.example.com/news/fees#c",
        "https://EXAMPLE.com/news/fees/amp/", "https://amp.example.com/news/fees", "https://example.com/news/fees?amp=1&outputType=amp", "https://mobile.example.com/news/fees/index.html",
        "https://example.com/amp/news/fees",
    ]  # fmt: skip

    assert len({identity_of(form) for form in forms}) == 1


def test_row_36_different_articles_are_not_made_one():
    forms = [
        "https://example.com/a",
        "https://example.com/A",
        "https://example.com/b",
        "https://news.example.com/a",
        "https://example.com/a?id=1",
        "https://example.com/a?id=2",
        "https://example.org/a",
    ]

    assert len({identity_of(form) for form in forms}) == len(forms)


@pytest.mark.parametrize(
    ("url", "declared", "canonical"),
    [
        ("https://example.com/x?id=5", "https://example.com/2023/fees", "https://example.com/2023/fees"),
        ("https://m.example.com/x", "//www.example.com/x", "https://www.example.com/x"),
        ("https://example.com/x", "/fees?utm_source=y", "https://example.com/fees"),
        ("https://example.com/x", "https://other.example/x", "https://example.com/x"),
        ("https://example.com/x", "https://example.com/", "https://example.com/x"),
        ("https://example.com/view?no=5", "https://example.com/view", "https://example.com/view?no=5"),
        ("https://news.example.co.kr/x", "https://www.example.co.kr/y", "https://www.example.co.kr/y"),
        ("https://a.co.kr/x", "https://b.co.kr/x", "https://a.co.kr/x"),
        ("https://example.com/x", "javascript:alert(1)", "https://example.com/x"),
        ("https://example.com/x", "http://[bad", "https://example.com/x"),
        ("https://example.com/x", "", "https://example.com/x"),
        ("", "https://example.com/x", "https://example.com/x"),
        ("", "", ""),
    ],
)
def test_a_declared_address_is_followed_only_within_the_site_and_never_merges(url, declared, canonical):
    assert canonical_of(url, declared=declared) == canonical


def test_sites_are_told_by_their_registered_name():
    assert same_site("https://world.kbs.co.kr/", "https://news.kbs.co.kr/")
    assert not same_site("https://a.co.kr/", "https://b.co.kr/")


def test_what_is_no_web_address_is_refused_with_its_value():
    with pytest.raises(ImportRefused) as refused:
        canonicalise("ftp://example.com/x")

    assert refused.value.reason is Reason.URL_UNREADABLE
    assert "ftp://example.com/x" in str(refused.value)


@given(st.text(alphabet="abcABC/.?&=%#:@é가 -_~;1", max_size=60))
def test_canonicalising_twice_changes_nothing(tail):
    try:
        once = canonicalise(f"https://example.com/{tail}")
    except ImportRefused:
        return
    assert canonicalise(once) == once
    assert identity_of(once)
