"""We know that a date is kept as exactly as it is known, from the form into the record and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.desk.forms.dates import FORMS, as_written, period_in
from policytracker.government.models import Commitment
from policytracker.tracking.periods import Precision
from tests.desk.test_subject_correct import correct
from tests.factories import make_commitment, make_ministry

DAYS = st.dates(date(1901, 1, 7), date(2199, 12, 20))


@given(DAYS, st.sampled_from(list(Precision)))
def test_what_is_written_is_read_as_the_same_period(day, precision):
    period = period_in(as_written(day, precision))

    assert period.precision == precision
    assert period.first <= day <= period.last
    assert {as_written(period.first, precision), as_written(period.last, precision)} == {as_written(day, precision)}


def test_every_precision_of_a_period_has_its_form():
    assert set(FORMS) == set(Precision) - {Precision.DAY}


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2023-W01", date(2023, 1, 2), date(2023, 1, 8)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2026-w9", date(2026, 2, 23), date(2026, 3, 1)),
    ],
)
def test_a_week_is_numbered_from_monday_to_sunday(words, first, last):
    period = period_in(words)

    assert (period.first, period.last, period.precision) == (first, last, "week")


@pytest.mark.parametrize("words", ["2023-W00", "2023-W53", "2023-W54", "2023-W", "1899-W01", "2023-W123"])
def test_a_week_that_the_year_does_not_have_is_no_date(words):
    with pytest.raises(ValueError, match=f"Invalid week|{words}"):
        period_in(words)


@pytest.mark.django_db
def test_a_week_is_kept_by_the_forms_of_a_commitment(analyst, editor):
    ministry = make_ministry()
    typed = {"statement": "Open it.", "lead_ministry": f"[{ministry.slug}]", "made_on": "2023-W04", "due": "2023-W13"}
    typed |= {"kind": "action", "specificity": "specific", "verifiability": "undecided"}

    analyst.post("/desk/commitments/new/", typed)

    made = Commitment.objects.get()
    assert (made.made_on, made.made_precision) == (date(2023, 1, 23), "week")
    assert (made.due_on, made.due_precision) == (date(2023, 4, 2), "week")
    form = analyst.get(f"/desk/commitments/{made.slug}/edit/").context["form"]
    assert (form["made_on"].value(), form["due"].value()) == ("2023-W04", "2023-W13")

    public = make_commitment(made_on=date(2023, 1, 23), made_precision="week")
    correct(editor, f"/desk/commitments/{public.slug}/correct/", made_on="2023-W05", note="A week later.")
    public.refresh_from_db()
    assert (public.made_on, public.made_precision) == (date(2023, 1, 30), "week")
