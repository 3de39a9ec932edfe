"""We know that what happens to a promise after it was made is put on record at the desk, with its day and its source."""

from datetime import date
from uuid import uuid4

import pytest

from policytracker.tracking.models import ConditionChange, DeadlineChange, Discontinuation, Supersession
from tests.factories import make_commitment, make_evidence, make_occurrence

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/commitments/report/terms/"
SOURCE = "https://news.example.org/later"
CHANGES = (DeadlineChange, ConditionChange, Discontinuation, Supersession)


def make_report(**fields):
    return make_commitment(slug="report", due_on=date(2023, 3, 31), due_precision="month", **fields)


def nothing_changed():
    return not any(kind.objects.exists() for kind in CHANGES)


def test_an_extended_deadline_is_public_with_its_day(reviewer, client):
    make_report()

    reviewer.post(ADDRESS, {"what": "extended", "happened_on": "2023-03-20", "due": "2023-H1", "source_url": SOURCE})

    change = DeadlineChange.objects.get()
    assert (change.kind, change.due_on, change.due_precision) == ("extended", date(2023, 6, 30), "half")
    now = client.get("/commitments/report/?format=json").json()
    before = client.get("/commitments/report/?format=json&as_of=2023-03-10").json()
    assert (now["due_on"], now["due_precision"]) == ("2023-06-30", "half")
    assert (before["due_on"], before["due_precision"]) == ("2023-03-31", "month")


def test_words_read_anew_need_a_reason(reviewer):
    make_report()
    sent = {"what": "overridden", "happened_on": "2023-02-01", "due": "2023"}

    refused = reviewer.post(ADDRESS, sent)
    reviewer.post(ADDRESS, sent | {"reason": "“This year” was meant."})

    assert refused.status_code == 422
    assert "Say why the words are read in another way." in refused.content.decode()
    assert DeadlineChange.objects.get().reason == "“This year” was meant."


def test_a_met_condition_rests_on_a_passage(reviewer):
    commitment = make_report(is_conditional=True, condition="if dialogue resumes")
    evidence = make_evidence(commitment=commitment, recorded_at=None)
    sent = {"what": "triggered", "happened_on": "2023-06-01"}

    refused = reviewer.post(ADDRESS, sent | {"source_url": SOURCE})
    reviewer.post(ADDRESS, sent | {"evidence": evidence.pk})

    assert "Choose the passage that shows the condition was met." in refused.content.decode()
    assert ConditionChange.objects.get().evidence == evidence
    evidence.refresh_from_db()
    assert evidence.is_published


def test_evidence_of_another_commitment_shows_nothing(reviewer):
    make_report(is_conditional=True, condition="if dialogue resumes")
    other = make_evidence(commitment=make_commitment())

    answer = reviewer.post(ADDRESS, {"what": "triggered", "happened_on": "2023-06-01", "evidence": other.pk})

    assert answer.status_code == 422
    assert nothing_changed()


def test_a_series_ends_and_its_periods_stay(reviewer):
    commitment = make_report(recurrence="yearly")
    period = make_occurrence(commitment=commitment)

    reviewer.post(ADDRESS, {"what": "discontinued", "happened_on": "2025-08-19", "source_url": SOURCE})

    assert Discontinuation.objects.get().happened_on == date(2025, 8, 19)
    assert list(commitment.occurrences.all()) == [period]


def test_another_commitment_takes_its_place_but_never_itself(reviewer):
    make_report()
    make_commitment(slug="vision", statement="Draw up a vision.")
    sent = {"what": "superseded", "happened_on": "2023-06-01", "reason": "Replaced."}

    refused = reviewer.post(ADDRESS, sent | {"successor": "report"})
    reviewer.post(ADDRESS, sent | {"successor": "vision"})

    assert "A commitment cannot take its own place." in refused.content.decode()
    assert Supersession.objects.get().new.slug == "vision"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"what": "extended", "happened_on": "2023-03-20", "due": "2023-H1"}, "Give a source"),
        ({"what": "extended", "happened_on": "2023-03-20", "due": "2023-02", "source_url": SOURCE}, "a later day"),
        ({"what": "extended", "happened_on": "2023-03-20", "source_url": SOURCE}, "a later day"),
        ({"what": "extended", "happened_on": "2023-03", "due": "2023-H1", "source_url": SOURCE}, "Give the day"),
        ({"what": "extended", "happened_on": "2199-01-01", "due": "2199-12", "source_url": SOURCE}, "has not come"),
        ({"what": "extended", "happened_on": "soon", "due": "2023-H1", "source_url": SOURCE}, "is not a date"),
        ({"what": "triggered", "happened_on": "2023-06-01"}, "not one of the available choices"),
        ({"what": "discontinued", "happened_on": "2023-06-01"}, "not one of the available choices"),
        ({"happened_on": "2023-06-01"}, "required"),
    ],
)
def test_what_cannot_be_is_refused_with_the_typed_words_kept(reviewer, sent, sentence):
    make_report()

    answer = reviewer.post(ADDRESS, sent | {"reason": "Typed with care."})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Typed with care." in answer.content.decode()
    assert nothing_changed()


def test_sent_twice_it_stands_once(reviewer):
    make_report()
    sent = {"what": "overridden", "happened_on": "2023-02-01", "due": "2023", "reason": "So."}
    sent |= {"submission_key": str(uuid4())}

    answers = [reviewer.post(ADDRESS, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert DeadlineChange.objects.count() == 1


def test_a_draft_is_edited_instead(reviewer):
    make_report(recorded_at=None)

    assert reviewer.get(ADDRESS).status_code == 404


def test_the_file_leads_there(reviewer, analyst):
    make_report()

    assert f'href="{ADDRESS}"' in reviewer.get("/desk/commitments/report/").content.decode()
    assert f'href="{ADDRESS}"' not in analyst.get("/desk/commitments/report/").content.decode()
