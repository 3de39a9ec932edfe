"""We know what became of a source, and that what we stored of it stays."""

from datetime import timedelta

import pytest

from articles.actions import store_article
from articles.actions.checking import check_source
from articles.models import Article
from tests.articles.drafts import make_draft
from tests.articles.site import Clock, page_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db
URL = "http://a.example.org/1"


@pytest.fixture
def article(site):
    site.page("/1", page_of(1))
    found = next(site.tools().reader.read(site.tools().gate.fetch(URL).as_document(fetched_at=NOW)))
    return store_article(draft=found.draft, raw=page_of(1).encode(), at=NOW, url=URL).article


def check(article, site):
    checked = check_source(article=article, tools=site.tools(Clock(NOW + timedelta(days=1))))
    article.refresh_from_db()
    return checked


def test_a_source_that_is_still_there(site, article):
    checked = check(article, site)

    assert (checked.state, article.source_state) == ("present", "present")
    assert article.source_checked_at > NOW
    assert article.snapshots.count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_row_34_a_source_that_is_gone_keeps_its_stored_copy(site, article, status):
    site.page("/1", "no more", status=status)

    check(article, site)

    assert article.source_state == "gone"
    assert article.current_snapshot.text


def test_a_source_that_does_not_answer_is_out_of_reach(site, article):
    site.page("/1", "busy", status=503)

    assert check(article, site).state == "unreachable"
    assert article.source_state == "unreachable"


def test_row_35_a_silent_edit_is_a_new_snapshot(site, article):
    before = article.current_snapshot
    site.page("/1", page_of(1).replace("</p><p>", " It ends with a short note.</p><p>", 1))

    checked = check(article, site)

    assert checked.state == "changed"
    assert article.snapshots.count() == 2
    assert article.current_snapshot != before
    assert "short note" in article.current_snapshot.text


def test_a_source_that_moved_is_found_under_both_addresses(site, article):
    site.page("/1", "", status=301, Location="http://a.example.org/moved/1")
    site.page("/moved/1", page_of(1))

    check(article, site)

    assert article.source_state == "moved"
    assert Article.objects.count() == 1
    assert article.addresses.count() == 2


def test_row_34_a_sign_in_wall_overwrites_nothing(site, article):
    site.page("/1", "<html><body><form>Sign in to read<input type=password></form></body></html>")

    check(article, site)

    assert article.source_state == "changed"
    assert article.snapshots.count() == 1


def test_our_own_summary_is_never_replaced_by_a_check(site):
    site.page("/1", page_of(1))
    article = store_article(draft=make_draft(url=URL, text="Our summary."), raw=b"Our summary.", at=NOW).article
    Article.objects.update(is_summary=True)
    article.refresh_from_db()

    check(article, site)

    assert article.source_state == "present"
    assert article.is_summary
    assert article.current_snapshot.text == "Our summary."


def test_those_waiting_longest_are_due_first(article):
    week = timedelta(days=7)
    Article.objects.create(headline="Fresh", url="http://a.example.org/2", imported_at=NOW, source_checked_at=NOW)
    Article.objects.create(headline="No address", imported_at=NOW)

    assert [a.pk for a in Article.objects.due_for_source_check(NOW, every=week)] == [article.pk]
    assert Article.objects.due_for_source_check(NOW + week, every=week).count() == 2
