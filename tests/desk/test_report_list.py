"""Readers' reports are answered at the desk."""

import pytest

from policytracker.tracking.models import ProblemReport
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(db):
    return ProblemReport.objects.create(path="/commitments/c1/", body="<b>Wrong</b> date.", reported_at=NOW)


def test_reports_wait_in_the_inbox_of_those_who_answer(reviewer, analyst, report):
    assert "date." in reviewer.get("/desk/").content.decode()
    assert "date." not in analyst.get("/desk/").content.decode()
    assert "&lt;b&gt;Wrong&lt;/b&gt; date." in reviewer.get("/desk/reports/").content.decode()


def test_a_report_is_closed_with_an_answer(reviewer, report):
    assert reviewer.post(f"/desk/reports/{report.pk}/", {"answer": ""}).status_code == 422

    reviewer.post(f"/desk/reports/{report.pk}/", {"answer": "Corrected."})

    report.refresh_from_db()
    assert (report.answer, report.handled_by) == ("Corrected.", reviewer.user)
    assert "date." not in reviewer.get("/desk/").content.decode()


def test_an_analyst_does_not_answer(analyst, report):
    assert analyst.get("/desk/reports/").status_code == 403
    assert analyst.post(f"/desk/reports/{report.pk}/", {"answer": "x"}).status_code == 403


def test_the_page_takes_a_fixed_number_of_queries(reviewer, report, django_assert_num_queries):
    reviewer.get("/desk/reports/")

    with django_assert_num_queries(5):
        reviewer.get("/desk/reports/")
