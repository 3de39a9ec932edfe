"""We know that what belongs to a commitment is made, corrected and published at the desk: periods, steps, criteria."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from policytracker.government.models import Criterion, Milestone, Occurrence
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Correction
from tests.desk.test_subject_correct import correct, settle
from tests.factories import (
    make_assessment,
    make_commitment,
    make_criterion,
    make_evidence,
    make_milestone,
    make_occurrence,
    make_snapshot,
)

pytestmark = pytest.mark.django_db
SOURCE = "https://news.example.org/later"


def new(kind: str) -> str:
    return reverse("desk:reference_new", args=[kind])


def address(row, kind: str, act: str) -> str:
    return f"/desk/{kind}/{row.pk}/{act}/"


def make_series(**fields):
    return make_commitment(slug="report", recurrence="yearly", **fields)


def sent(**fields):
    return {"commitment": "[report]"} | fields


# -- periods


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ({"period_start": "2024"}, date(2024, 1, 1), date(2024, 12, 31)),
        ({"period_start": "2024-H2"}, date(2024, 7, 1), date(2024, 12, 31)),
        ({"period_start": "2024-04-01", "period_end": "2025-03"}, date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_a_period_is_made_from_its_name(analyst, typed, first, last):
    make_series()

    saved = analyst.post(
        new("periods"), sent(label="The 2024 report", due_on="2025-03", due_words="by spring", **typed)
    )

    assert saved["Location"] == "/desk/commitments/report/#periods"
    period = Occurrence.objects.get()
    assert (period.period_start, period.period_end, period.recorded_at) == (first, last, None)
    assert (period.due_on, period.due_precision) == (date(2025, 3, 31), "month")
    page = analyst.get("/desk/commitments/report/").content.decode()
    assert f'href="/desk/reference/periods/{period.pk}/"' in page


def test_each_period_is_published_and_has_its_own_standing(analyst, reviewer, client):
    commitment = make_series()
    period = make_occurrence(commitment=commitment, label="The 2024 report", recorded_at=None)
    assert "The 2024 report" not in client.get("/commitments/report/").content.decode()

    reviewer.post(address(period, "periods", "publish"))
    make_assessment(commitment=commitment, occurrence=period, status="fulfilled")

    assert "The 2024 report" in client.get("/commitments/report/").content.decode()
    page = analyst.get("/desk/commitments/report/").content.decode()
    assert f'href="/desk/commitments/report/assess/?occurrence={period.pk}"' in page
    of_periods = page.split('id="periods"')[1].split("</section>")[0]
    assert "Fulfilled" in of_periods


def test_two_periods_share_no_day_on_any_path(analyst):
    commitment = make_series()
    make_occurrence(commitment=commitment)

    refused = analyst.post(new("periods"), sent(label="2024/25", period_start="2024-12-01", period_end="2025-02-01"))

    assert refused.status_code == 422
    assert "Another period of this commitment covers some of these days." in refused.content.decode()
    assert 'value="2024/25"' in refused.content.decode()
    with pytest.raises(IntegrityError, match="periods_of_a_series_share_no_day"), transaction.atomic():
        make_occurrence(commitment=commitment, period_start=date(2024, 6, 1), period_end=date(2025, 6, 1))


def test_the_same_period_is_warned_of(analyst):
    held = make_occurrence(commitment=make_series())

    warned = analyst.post(new("periods"), sent(label="2024 again", period_start="2024"))

    assert warned.status_code == 422
    assert f'href="/desk/reference/periods/{held.pk}/"' in warned.content.decode()


def test_what_is_to_be_kept_once_has_no_periods(analyst):
    make_commitment(slug="report")

    refused = analyst.post(new("periods"), sent(label="2024", period_start="2024"))

    assert "it has no periods" in refused.content.decode()
    assert not Occurrence.objects.exists()
    assert new("periods") not in analyst.get("/desk/commitments/report/").content.decode()


def test_a_public_period_is_corrected_with_a_note(editor, client):
    period = make_occurrence(commitment=make_series(), due_on=date(2025, 3, 31), due_precision="month")

    _shown, saved = correct(editor, address(period, "periods", "correct"), due_on="2025-06", note="We misread it.")

    settle()
    period.refresh_from_db()
    assert saved["Location"] == "/desk/commitments/report/#periods"
    assert (period.due_on, period.due_precision) == (date(2025, 6, 30), "month")
    assert "We misread it." in client.get("/corrections/").content.decode()
    assert ledger_faults() == []


# -- steps


def test_a_step_is_made_published_and_reached_with_its_source(analyst, reviewer, client):
    make_commitment(slug="report")
    analyst.post(new("milestones"), sent(label="A draft goes to parliament", due_on="2023-H1"))
    step = Milestone.objects.get()
    assert (step.due_on, step.due_precision, step.recorded_at) == (date(2023, 6, 30), "half", None)

    reviewer.post(address(step, "milestones", "publish"))
    reach = address(step, "milestones", "reach")
    assert reach in reviewer.get("/desk/commitments/report/").content.decode()
    refused = reviewer.post(reach, {"reached_on": "2023-07-03"})
    reviewer.post(reach, {"reached_on": "2023-07-03", "source_urls": SOURCE})

    assert "Give a source" in refused.content.decode() and "2023-07-03" in refused.content.decode()
    settle()
    step.refresh_from_db()
    assert (step.reached_on, step.source_urls) == (date(2023, 7, 3), [SOURCE])
    assert step.due_on == date(2023, 6, 30)
    assert "3 July 2023" in client.get("/commitments/report/").content.decode()
    assert ledger_faults() == []
    assert not Correction.objects.corrections().exists(), "News are no corrections."


def test_evidence_brings_the_address_of_its_article(reviewer):
    step = make_milestone()
    piece = make_evidence(commitment=step.commitment)

    reviewer.post(address(step, "milestones", "reach"), {"reached_on": "2023-07-03", "evidence": piece.pk})

    step.refresh_from_db()
    assert step.source_urls == [piece.snapshot.article.url]


@pytest.mark.parametrize(
    ("fields", "typed", "sentence"),
    [
        ({}, {"reached_on": "2999-01-01", "source_urls": SOURCE}, "this day has not come"),
        ({}, {"reached_on": "soon", "source_urls": SOURCE}, "Enter a valid date"),
        ({}, {"reached_on": "2023-07-03", "source_urls": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"reached_on": date(2023, 7, 1)}, {"reached_on": "2023-07-03", "source_urls": SOURCE}, "reached already"),
        ({"recorded_at": None}, {"reached_on": "2023-07-03", "source_urls": SOURCE}, "still a draft"),
    ],
)
def test_a_step_that_cannot_be_reached_so_is_refused_with_what_was_typed(reviewer, fields, typed, sentence):
    step = make_milestone(**fields)

    refused = reviewer.post(address(step, "milestones", "reach"), typed)

    html = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in html and f'value="{typed["reached_on"]}"' in html
    step.refresh_from_db()
    assert step.reached_on == fields.get("reached_on")


def test_reaching_a_step_is_no_correction_and_a_wrong_day_is(editor):
    step = make_milestone()
    assert "reached_on" not in editor.get(address(step, "milestones", "correct")).context["form"].fields
    editor.post(address(step, "milestones", "reach"), {"reached_on": "2023-07-03", "source_urls": SOURCE})

    correct(editor, address(step, "milestones", "correct"), reached_on="2023-07-04", note="A day later.")

    settle()
    step.refresh_from_db()
    assert step.reached_on == date(2023, 7, 4)
    assert Correction.objects.corrections().get().note == "A day later."


# -- criteria


def test_a_criterion_is_set_at_the_end_of_the_list_and_published(analyst, reviewer, client):
    commitment = make_commitment(slug="report")
    make_criterion(commitment=commitment, text="It can be read by everyone.")

    analyst.post(new("criteria"), sent(text="It appears in English.", text_ko="영문으로 발간된다."))

    criterion = Criterion.objects.get(text="It appears in English.")
    assert (criterion.position, criterion.text_ko, criterion.recorded_at) == (1, "영문으로 발간된다.", None)
    assert "It appears in English." not in client.get("/commitments/report/").content.decode()
    assert "Publish the part that was added" in reviewer.get("/desk/commitments/report/").content.decode()
    reviewer.post("/desk/commitments/report/publish/")
    assert "It appears in English." in client.get("/commitments/report/").content.decode()


def test_a_criterion_set_after_a_judgement_says_so(analyst):
    commitment = make_commitment(slug="report")
    make_assessment(commitment=commitment)

    page = analyst.post(new("criteria"), sent(text="It appears in English."), follow=True).content.decode()

    assert "1 published assessment was made before this criterion was set" in page


def test_a_criterion_that_stands_already_is_warned_of(analyst):
    make_criterion(commitment=make_commitment(slug="report"), text="It appears in English.")

    assert analyst.post(new("criteria"), sent(text="it appears in english.")).status_code == 422
    assert Criterion.objects.count() == 1


# -- all of them

LEAST = {
    "periods": {"label": "2024", "period_start": "2024"},
    "milestones": {"label": "A draft"},
    "criteria": {"text": "It appears in English."},
}
MAKE = {"periods": make_occurrence, "milestones": make_milestone, "criteria": make_criterion}


@pytest.mark.parametrize("kind", LEAST)
def test_sent_twice_it_stands_once(analyst, kind):
    make_series()
    once = sent(**LEAST[kind], submission_key=str(uuid4()))

    answers = [analyst.post(new(kind), once) for _ in range(2)]

    assert answers[0].status_code == 302
    assert sum(model.objects.count() for model in (Occurrence, Milestone, Criterion)) == 1


@pytest.mark.parametrize("kind", LEAST)
@pytest.mark.parametrize("commitment", ["[nothing]", "", "no such promise"])
def test_without_its_commitment_nothing_is_made_and_the_words_stay(analyst, kind, commitment):
    make_series()

    refused = analyst.post(new(kind), LEAST[kind] | {"commitment": commitment})

    assert refused.status_code == 422
    assert all(words in refused.content.decode() for words in LEAST[kind].values())


@pytest.mark.parametrize("kind", LEAST)
def test_drafts_are_edited_and_taken_away_and_what_is_public_stays(analyst, kind):
    series = make_series()
    draft = MAKE[kind](commitment=series, recorded_at=None)
    edited = analyst.post(address(draft, kind, "edit"), sent(**LEAST[kind]) | {"is_another": "on"})
    assert edited["Location"] == f"/desk/commitments/report/#{kind}"

    analyst.post(address(draft, kind, "discard"))
    public = MAKE[kind](commitment=series)
    refused = analyst.post(address(public, kind, "discard"), follow=True)

    assert list(type(draft).objects.all()) == [public]
    assert "This was published meanwhile" in refused.content.decode()


def test_a_draft_on_which_something_rests_stays(analyst):
    series = make_series()
    period = make_occurrence(commitment=series, recorded_at=None)
    make_assessment(commitment=series, occurrence=period, published=False, evidence=[])

    answer = analyst.post(address(period, "periods", "discard"), follow=True)

    assert "Something rests on this draft" in answer.content.decode()
    assert Occurrence.objects.exists()


def test_a_part_is_not_public_before_its_commitment(reviewer):
    step = make_milestone(commitment=make_commitment(recorded_at=None), recorded_at=None)

    answer = reviewer.post(address(step, "milestones", "publish"), follow=True)

    assert "Publish the commitment" in answer.content.decode()
    step.refresh_from_db()
    assert step.recorded_at is None


def test_publishing_the_commitment_publishes_its_parts(reviewer):
    commitment = make_commitment(slug="report", recurrence="yearly", recorded_at=None)
    for make in MAKE.values():
        make(commitment=commitment, recorded_at=None)

    reviewer.post("/desk/commitments/report/publish/")

    for model in (Occurrence, Milestone, Criterion):
        assert model.objects.get().is_published


def test_a_viewer_sees_the_parts_and_is_offered_none_of_it(viewer):
    step = make_milestone(commitment=make_commitment(slug="report"))

    page = viewer.get("/desk/commitments/report/").content.decode()

    assert str(step) in page
    assert "/new/?commitment=" not in page and "/reach/" not in page
    assert viewer.get(f"/desk/reference/milestones/{step.pk}/").status_code == 200


def test_the_page_of_a_commitment_takes_no_query_more_for_each_part(analyst, django_assert_max_num_queries):
    series = make_series()
    for number in range(6):
        make_criterion(commitment=series, position=number)
        make_milestone(commitment=series, label=str(number))
        days = {"period_start": date(2010 + number, 1, 1), "period_end": date(2010 + number, 12, 31)}
        make_occurrence(commitment=series, **days)
    make_snapshot()

    with django_assert_max_num_queries(38):
        analyst.get("/desk/commitments/report/")
