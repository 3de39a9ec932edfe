"""What the machine sets apart can be seen with its reason, and taken into the queue by a person."""

import pytest

from policytracker.tracking.actions.candidates import reject_candidate
from policytracker.tracking.actions.setting_apart import NotSetApart, take_apart_sentence
from policytracker.tracking.actions.suggesting import suggest
from policytracker.tracking.candidate_history import history_of
from policytracker.tracking.machine_record import last_decisions
from policytracker.tracking.models import Candidate
from policytracker.tracking.set_apart import set_apart_in
from tests.factories import NOW, make_article, make_government, make_ministry, make_user

pytestmark = pytest.mark.django_db

TEXT = (
    "The Ministry of Unification held a briefing.\n"
    "The ministry has no plans to close the office by March.\n"
    "North Korea said it will launch a satellite this year.\n"
)


@pytest.fixture
def snapshot():
    make_government(country="KR")
    make_ministry(slug="mou", name="Ministry of Unification")
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    return article.current_snapshot


def test_each_is_told_with_its_words_and_the_reason(snapshot):
    told = [(each.quote, each.why) for each in set_apart_in(snapshot)]

    assert told == [
        ("The ministry has no plans to close the office by March.", "denied, or left open"),
        ("North Korea said it will launch a satellite this year.", "a promise of another country"),
    ]


def test_one_is_taken_into_the_queue_with_what_was_read_from_it(snapshot):
    analyst, first = make_user(), set_apart_in(snapshot)[0]

    row = take_apart_sentence(snapshot=snapshot, start=first.start, end=first.end, by=analyst, at=NOW)
    again = take_apart_sentence(snapshot=snapshot, start=first.start, end=first.end, by=analyst, at=NOW)

    assert again == row
    assert list(Candidate.objects.waiting()) == [row]
    assert (row.exact, row.actor_text, row.due_words) == (first.quote, "The ministry", "by March")
    assert [meaning for meaning, _words in row.told_reasons][:2] == [
        "put into the queue by a person",
        "denied, or left open",
    ]
    assert first not in set_apart_in(snapshot)
    assert [step.by for step in history_of(row)] == [analyst.username]


def test_it_says_nothing_of_how_right_the_machine_is(snapshot):
    analyst, first = make_user(), set_apart_in(snapshot)[0]
    row = take_apart_sentence(snapshot=snapshot, start=first.start, end=first.end, by=analyst, at=NOW)

    reject_candidate(candidate=row, reason="not_a_promise", by=analyst, at=NOW)

    assert last_decisions().decided == 0


@pytest.mark.parametrize(("start", "end"), [(0, 44), (0, 10_000), (5, 3)])
def test_what_was_not_set_apart_is_refused(snapshot, start, end):
    with pytest.raises(NotSetApart):
        take_apart_sentence(snapshot=snapshot, start=start, end=end, by=make_user(), at=NOW)

    assert not Candidate.objects.exists()
