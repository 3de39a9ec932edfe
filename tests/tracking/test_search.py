"""We know that a visitor finds what is public, in English and Korean, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from articles.models import Article
from articles.searching import MAX_QUERY, Words, bigrams, parse_query
from policytracker.tracking.search import Results, excerpt_of, search
from tests.factories import EARLY, NOW, make_alias, make_article, make_commitment, make_initiative, make_ministry


def found(results: Results, kind: str) -> list[object]:
    return [hit.row for group in results.found if group.kind == kind for hit in group.hits]


@pytest.mark.django_db
def test_a_word_is_met_by_its_stem() -> None:
    article = make_article(text="The foundation publishes annual reports.")
    make_article(text="Nothing of the kind.", headline="Other news")

    assert found(search("report", known_at=NOW), "articles") == [article]


@pytest.mark.django_db
def test_part_of_a_korean_word_is_met() -> None:
    article = make_article(text="통일부는 담대한 구상을 다듬기로 했다.", headline="통일부 업무보고")
    make_article(text="통일된 일부 의견", headline="다른 소식")

    assert found(search("통일부", known_at=NOW), "articles") == [article]
    assert found(search("구상", known_at=NOW), "articles") == [article]


@pytest.mark.django_db
def test_a_draft_is_not_found() -> None:
    make_article(text="secretword", recorded_at=None)
    make_initiative(name="secretword", recorded_at=None)
    make_commitment(statement="secretword", recorded_at=None)
    make_ministry(name="secretword", recorded_at=None)

    assert search("secretword", known_at=NOW).is_empty


@pytest.mark.django_db
def test_what_was_recorded_later_is_not_found_as_of_before() -> None:
    make_article(text="latecomer", recorded_at=datetime(2024, 1, 1, tzinfo=UTC))

    assert search("latecomer", known_at=datetime(2023, 1, 1, tzinfo=UTC)).is_empty
    assert not search("latecomer", known_at=NOW).is_empty


@pytest.mark.django_db
def test_an_initiative_is_met_under_its_alias_and_in_korean() -> None:
    initiative = make_initiative(name="Audacious Initiative", name_ko="담대한 구상")
    make_alias("bold plan", initiative=initiative)
    make_initiative(name="Another plan")

    assert found(search("bold plan", known_at=NOW), "initiatives") == [initiative]
    assert found(search("담대한", known_at=NOW), "initiatives") == [initiative]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["((((", "'", ":*", "a & | b", "\x00", "\ud800", "%", "_", "-", '"open', "구", " " * 999]
)
def test_odd_queries_are_answered(text: str) -> None:
    make_article()

    assert search(text, known_at=NOW) is not None


@pytest.mark.django_db
def test_row_12_a_text_over_a_megabyte_of_words_is_stored_whole_and_indexed_in_part() -> None:
    text = " ".join(f"word{number}" for number in range(200_000))

    article = make_article(text=text)

    article.refresh_from_db()
    assert article.is_search_cut
    assert article.current_snapshot.text == text
    assert found(search("word17", known_at=NOW), "articles") == [article]


@pytest.mark.django_db
def test_a_new_headline_is_searchable_after_raw_sql() -> None:
    article = make_article(recorded_at=EARLY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('policytracker.hears', 'source', true)")
        cursor.execute("UPDATE articles_article SET headline = 'Zebra' WHERE id = %s", [article.pk])

    assert Article.objects.get(search="zebra") == article


def test_a_query_is_taken_apart() -> None:
    assert parse_query("report 통일부는") == Words("report", ("통일부는",))
    assert bigrams("통일부") == ["통일", "일부"]
    assert parse_query("x" * (MAX_QUERY + 1)).is_cut


def test_an_excerpt_shows_the_match_in_its_context() -> None:
    excerpt = excerpt_of("In March the ministry will publish", ["ministry"])

    assert (excerpt.before, excerpt.match, excerpt.after) == ("In March the ", "ministry", " will publish")
