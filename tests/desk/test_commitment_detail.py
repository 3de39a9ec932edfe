"""The file of a commitment: what it rests on, what was concluded, what the team wrote; each role its buttons."""

import pytest

from tests.factories import (
    make_annotation,
    make_assessment,
    make_commitment,
    make_criterion,
    make_evidence,
    make_initiative,
    make_ministry,
    make_occurrence,
    make_statement,
)

pytestmark = pytest.mark.django_db


def html_of(client, commitment):
    response = client.get(f"/desk/commitments/{commitment.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_file_holds_everything_that_belongs_to_it(viewer):
    commitment = make_commitment(initiative=make_initiative(name="The Plan"), recurrence="yearly")
    make_statement(commitment=commitment)
    make_criterion(commitment=commitment, text="It can be read by everyone.")
    make_occurrence(commitment=commitment, label="The 2024 report")
    make_assessment(commitment=commitment, rationale="Work has begun, we think.")
    make_assessment(commitment=commitment, rationale="Still a draft of ours.", published=False)
    make_annotation(commitment=commitment, body="Ask the ministry.")
    make_annotation(commitment=commitment, body="To myself.", visibility="private")

    html = html_of(viewer, commitment)

    for told in (
        "The Plan",
        "It can be read by everyone.",
        "The 2024 report",
        "Work has begun, we think.",
        "Still a draft of ours.",
        "Ask the ministry.",
        "the ministry will publish an annual report",
    ):
        assert told in html
    assert "To myself." not in html


BUTTONS = {
    "assess": "/assess/",
    "edit": "/edit/",
    "publish": "/publish/",
    "note": "/notes/",
    "follow": "/desk/follows/add/",
}


@pytest.mark.parametrize(
    ("role", "draft", "public"),
    [
        ("viewer", set(), {"follow"}),
        ("analyst", {"assess", "edit", "note"}, {"assess", "note", "follow"}),
        ("reviewer", {"assess", "edit", "note", "publish"}, {"assess", "note", "follow"}),
        ("editor", {"assess", "edit", "note", "publish"}, {"assess", "note", "follow"}),
    ],
)
def test_each_role_is_offered_what_it_may(role, draft, public, request):
    client = request.getfixturevalue(role)

    for recorded, expected in (({"recorded_at": None}, draft), ({}, public)):
        html = html_of(client, make_commitment(**recorded)).split("<main", 1)[1]
        assert {name for name, address in BUTTONS.items() if f'{address}"' in html} == expected


def test_publishing_lets_visitors_in(reviewer, client):
    commitment = make_commitment(recorded_at=None)
    make_statement(commitment=commitment, recorded_at=None)
    assert client.get(f"/commitments/{commitment.slug}/").status_code == 404

    reviewer.post(f"/desk/commitments/{commitment.slug}/publish/")

    assert client.get(f"/commitments/{commitment.slug}/").status_code == 200


def test_publishing_what_names_a_draft_is_refused_with_its_name(reviewer):
    commitment = make_commitment(
        lead_ministry=make_ministry(name="Ministry of Drafts", recorded_at=None), recorded_at=None
    )

    response = reviewer.post(f"/desk/commitments/{commitment.slug}/publish/", follow=True)

    commitment.refresh_from_db()
    assert "Publish the ministry “Ministry of Drafts” first" in response.content.decode()
    assert commitment.recorded_at is None


def test_what_is_not_there_is_404(reviewer):
    for path in ("", "edit/", "assess/"):
        assert reviewer.get(f"/desk/commitments/no-such-thing/{path}").status_code == 404
    assert reviewer.post("/desk/commitments/no-such-thing/publish/").status_code == 404


def test_the_file_takes_a_fixed_number_of_queries(analyst, django_assert_num_queries):
    commitment = make_commitment()
    make_assessment(commitment=commitment)
    make_annotation(commitment=commitment, body="One.")
    html_of(analyst, commitment)

    with django_assert_num_queries(QUERIES):
        html_of(analyst, commitment)
    for _ in range(3):
        make_assessment(commitment=commitment)
        make_evidence(commitment=commitment)
        make_statement(commitment=commitment)
        make_annotation(commitment=commitment, body="More.")
    with django_assert_num_queries(QUERIES):
        html_of(analyst, commitment)


QUERIES = 18
