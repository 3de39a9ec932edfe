"""We know that an article is stored once, with its source, and that what an editor corrected stays."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from articles.actions import store_article
from articles.importing.refusals import DocumentRefused
from articles.models import Article, ArticleAddress, Publisher, Snapshot
from articles.signals import texts_stored
from tests.articles.drafts import OTHER_TEXT, PARAGRAPHS, TEXT, make_draft, on_day
from tests.factories import NOW, make_publisher

pytestmark = pytest.mark.django_db


def store(draft, **fields):
    raw = fields.pop("raw", draft.text.encode("utf-8", "replace"))
    return store_article(**{"draft": draft, "raw": raw, "at": NOW} | fields)


def test_a_new_address_makes_an_article_with_its_source():
    draft = make_draft(section="Politics", authors=("A. Reporter", "B. Reporter"), image_credit="Agency")

    stored = store(draft, raw=b"<p>raw</p>", url="https://news.example.org/1", content_type="text/html")

    article = Article.objects.get()
    assert (stored.outcome, stored.article) == ("created", article)
    assert article.headline == "Ministry to seek contact"
    assert article.byline == "A. Reporter, B. Reporter"
    assert article.published_at == datetime(2023, 1, 27, 7, 14, 18, tzinfo=UTC)
    assert (article.published_on, article.utc_offset_minutes) == (date(2023, 1, 27), 540)
    assert article.recorded_at is None
    snapshot = article.current_snapshot
    assert bytes(snapshot.raw) == b"<p>raw</p>"
    assert snapshot.sha256 == sha256(b"<p>raw</p>").hexdigest()
    assert snapshot.text_sha256 == sha256(TEXT.encode()).hexdigest()
    assert snapshot.text == TEXT


def test_row_9_importing_twice_says_unchanged():
    store(make_draft())

    again = store(make_draft(), raw=b"other bytes, same words")

    assert again.outcome == "unchanged"
    assert (Article.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_tracking_parameters_and_case_are_the_same_address():
    store(make_draft(url="https://news.example.org/1"))

    again = store(make_draft(url="HTTPS://News.Example.org/1?utm_source=mail#top"))

    assert again.outcome == "unchanged"


def test_an_alias_leads_to_the_same_article():
    store(make_draft(canonical_url="https://news.example.org/1", aliases=("https://m.example.org/1",)))

    again = store(make_draft(url="https://m.example.org/1"))

    assert again.outcome == "unchanged"
    assert Article.objects.count() == 1


def test_a_changed_text_is_a_new_snapshot_and_the_old_one_stays():
    first = store(make_draft())
    changed = TEXT.replace("In March", "In the second half of the year")

    again = store(make_draft(text=changed))

    article = Article.objects.get()
    assert again.outcome == "updated"
    assert article.snapshots.count() == 2
    assert article.current_snapshot.text == changed
    assert again.detail["before"] == first.article.current_snapshot_id
    assert (again.detail["added"], again.detail["removed"]) == (6, 1)


def test_a_page_that_returns_to_its_old_words_takes_its_old_snapshot_again():
    first = store(make_draft())
    store(make_draft(text=TEXT.replace("In March", "In June")))

    again = store(make_draft())

    assert again.outcome == "updated"
    assert Article.objects.get().current_snapshot_id == first.article.current_snapshot_id
    assert Snapshot.objects.count() == 2


def test_spaces_and_commas_are_no_news():
    store(make_draft())

    again = store(make_draft(text=TEXT.replace("In March, the", "In March  the"), headline="Ministry to  seek contact"))

    assert again.outcome == "unchanged"
    assert Snapshot.objects.count() == 1


def test_a_changed_section_is_news_without_a_new_snapshot():
    store(make_draft(section="Politics"))

    again = store(make_draft(section="World"))

    assert (again.outcome, again.detail["fields"]) == ("updated", ["section"])
    assert Snapshot.objects.count() == 1


def test_what_a_source_leaves_out_is_not_erased():
    store(make_draft(section="Politics"))

    again = store(make_draft(section="", published=on_day("2023-01-27")))

    assert again.outcome == "unchanged"
    assert Article.objects.get().published_at is not None


def test_row_10_a_corrected_field_survives_and_the_conflict_is_listed():
    store(make_draft(section="Politics"))
    Article.objects.update(section="Unification", edited_fields=["section"])

    again = store(make_draft(section="World", text=TEXT.replace("March", "June")))

    assert Article.objects.get().section == "Unification"
    assert again.outcome == "updated"
    assert again.detail["kept"] == [{"field": "section", "ours": "Unification", "theirs": "World"}]


def test_an_unchanged_page_still_tells_of_a_kept_correction():
    store(make_draft(headline="Ministry to seek contact"))
    Article.objects.update(headline="Ministry seeks contact with the North", edited_fields=["headline"])

    again = store(make_draft())

    assert (again.outcome, again.notice) == ("unchanged", "correction_kept")


def test_one_agency_text_in_two_papers_is_two_articles_and_one_story():
    first = store(make_draft())

    second = store(make_draft(url="https://paper.example.net/a", headline="Seoul wants to talk", text=TEXT[:-60]))

    assert (second.outcome, second.notice) == ("duplicate", "one_story")
    assert second.article != first.article
    assert Article.objects.values("story").distinct().count() == 1
    assert second.article.story is not None
    assert second.detail["percent"] > 50


def test_a_quotation_is_not_the_same_story():
    store(make_draft())
    quoting = OTHER_TEXT + "\n" + PARAGRAPHS[0]

    second = store(make_draft(url="https://paper.example.net/b", headline="Harbours", text=quoting))

    assert second.outcome == "created"
    assert second.article.story is None


def test_a_text_without_address_is_known_by_its_headline_and_day():
    draft = make_draft(url="")
    first = store(draft)

    same = store(draft)
    changed = store(replace(draft, text=TEXT.replace("March", "June")))

    assert [first.outcome, same.outcome, changed.outcome] == ["created", "unchanged", "updated"]
    assert Article.objects.count() == 1


def test_two_different_texts_under_one_headline_and_day_stay_apart():
    store(make_draft(url="", headline="Briefing"))

    second = store(make_draft(url="", headline="Briefing", text=OTHER_TEXT))

    assert second.outcome == "created"
    assert Article.objects.count() == 2


def test_a_pasted_text_gets_its_address_later():
    store(make_draft(url=""))

    again = store(make_draft(url="https://news.example.org/1"))

    article = Article.objects.get()
    assert again.outcome == "updated"
    assert article.url == "https://news.example.org/1"
    assert ArticleAddress.objects.get().article == article


def test_a_pasted_copy_of_a_stored_page_adds_nothing():
    first = store(make_draft())

    copy = store(make_draft(url="", headline="Ministry to Seek Contact", published=on_day("2023-01-27")))

    assert (copy.outcome, copy.notice, copy.article) == ("duplicate", "same_article", first.article)
    assert Snapshot.objects.count() == 1


def test_one_article_under_two_addresses_of_its_publisher_is_stored_once():
    make_publisher(domains=["example.org"])
    first = store(make_draft(url="https://example.org/news/1"))

    second = store(make_draft(url="https://example.org/politics/1"))

    assert (second.outcome, second.article) == ("duplicate", first.article)
    assert first.article.addresses.count() == 2


def test_the_publisher_is_found_by_the_nearest_domain():
    make_publisher(name="Example", domains=["example.org"])
    world = make_publisher(name="Example World", domains=["world.example.org"])

    stored = store(make_draft(url="https://www.world.example.org/1", publisher="EXAMPLE"))

    assert stored.article.publisher == world


def test_a_new_publisher_is_made_from_its_name():
    stored = store(make_draft(publisher="  New   Paper "))

    assert stored.article.publisher.name == "New Paper"
    assert stored.article.publisher.domains == ["news.example.org"]
    assert Publisher.objects.count() == 1


def test_row_14_hangul_in_both_forms_is_one_headline():
    composed = "통일부 업무보고"
    decomposed = unicodedata.normalize("NFD", composed)
    store(make_draft(url="", headline=composed))

    again = store(make_draft(url="", headline=decomposed))

    assert again.outcome == "unchanged"
    assert Article.objects.get().headline == composed


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "lone \ud800"])
def test_what_cannot_be_stored_is_refused_with_a_sentence(text):
    with pytest.raises(DocumentRefused) as refused:
        store(make_draft(text=text))

    assert str(refused.value).strip()
    assert not Article.objects.exists()


def test_row_11_a_headline_over_the_limit_is_refused_rather_than_cut():
    with pytest.raises(DocumentRefused):
        store(make_draft(headline="x" * 1001))


def test_our_own_summary_loses_its_mark_when_the_publishers_text_comes():
    store(make_draft(text="Our summary of the plan for the year."))
    Article.objects.update(is_summary=True)

    store(make_draft())

    assert not Article.objects.get().is_summary


def test_listeners_are_told_of_new_texts_only():
    heard = []

    def receiver(article_ids, **others):
        heard.append(article_ids)

    texts_stored.connect(receiver)
    try:
        first = store(make_draft())
        store(make_draft())
        store(make_draft(section="World"))
    finally:
        texts_stored.disconnect(receiver)

    assert heard == [[first.article.pk]]
