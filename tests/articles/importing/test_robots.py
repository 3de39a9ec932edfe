import pytest

from articles.importing.refusals import FetchRefused, Reason
from articles.importing.robots import Robots, fetch_robots
from tests.articles.importing.sites import answer, site

AGENT = "PolicyTracker/1.0 (+mail@example.org)"
RULES = """
User-agent: *
Disallow: /private/
Crawl-delay: 5

User-agent: PolicyTracker
Disallow: /only-us/
"""


def test_the_rules_for_our_name_come_before_those_for_all():
    robots = Robots(RULES)

    assert robots.allows("https://example.org/private/x", user_agent=AGENT)
    assert not robots.allows("https://example.org/only-us/x", user_agent=AGENT)
    assert not robots.allows("https://example.org/private/x", user_agent="Other/1")
    assert robots.delay(user_agent="Other/1") == 5.0
    assert robots.delay(user_agent=AGENT) is None


def test_row_33_a_forbidden_page_is_refused_with_a_reason():
    with pytest.raises(FetchRefused) as refused:
        Robots(RULES).check("https://example.org/only-us/x", user_agent=AGENT)

    assert refused.value.reason is Reason.ROBOTS_FORBID


def test_a_site_without_rules_allows_all():
    with site({"/robots.txt": answer(b"x", status="404 Not Found")}) as shop:
        robots = fetch_robots(shop.gate(), "http://example.org/a/b?c")

    assert robots.allows("http://example.org/anything", user_agent=AGENT)


def test_a_site_that_cannot_be_asked_is_left_alone_for_now():
    with site({"/robots.txt": answer(b"x", status="503 Down")}) as shop, pytest.raises(FetchRefused) as refused:
        fetch_robots(shop.gate(), "http://example.org/a")

    assert refused.value.is_passing


def test_rules_are_fetched_from_the_root_of_the_site():
    with site({"/robots.txt": answer(RULES.encode())}) as shop:
        robots = fetch_robots(shop.gate(), "http://example.org/a/b")

    assert not robots.allows("http://example.org/only-us/", user_agent=AGENT)
