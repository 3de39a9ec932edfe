"""Readers report problems: to the inbox, without account, a few an hour."""

import pytest
from django.test import Client

from policytracker.tracking.models import ProblemReport

pytestmark = pytest.mark.django_db
PATH = "/desk/problems/report/"


def test_a_report_arrives_in_the_inbox(client: Client):
    response = client.post(PATH, {"page": "/commitments/c1/", "body": "The date is wrong.", "email": ""})

    report = ProblemReport.objects.get()
    assert response.status_code == 200
    assert (report.path, report.body, report.handled_at) == ("/commitments/c1/", "The date is wrong.", None)
    assert "127.0.0.1" not in report.sender_key


def test_sending_the_same_report_twice_keeps_one(client: Client):
    for _time in range(2):
        client.post(PATH, {"page": "/", "body": "Twice."})

    assert ProblemReport.objects.count() == 1


def test_the_sixth_report_of_an_hour_is_refused_with_a_sentence(client: Client):
    responses = [client.post(PATH, {"page": "/", "body": f"Report {number}"}) for number in range(6)]

    assert [response.status_code for response in responses] == [200] * 5 + [429]
    assert responses[-1]["Retry-After"] == "3600"
    assert ProblemReport.objects.count() == 5


def test_a_forged_forwarding_header_does_not_make_another_sender(client: Client):
    for number in range(6):
        client.post(PATH, {"page": "/", "body": f"Report {number}"}, headers={"X-Forwarded-For": f"8.8.8.{number}"})

    assert ProblemReport.objects.count() == 5


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"page": "/", "body": ""},
        {"page": "/", "body": "x" * 5001},
        {"page": "/", "body": "a\x00b"},
        {"page": "/", "body": "fine", "email": "nonsense"},
    ],
)
def test_nonsense_is_asked_for_again(client: Client, data):
    assert client.post(PATH, data).status_code == 422
    assert not ProblemReport.objects.exists()


def test_the_thanks_lead_back_to_pages_of_ours_only(client: Client):
    page = client.post(PATH, {"page": "//evil.example/", "body": "x"}).content.decode()

    assert "evil.example" not in page
