"""The desk's list of commitments: drafts included, filtered by words and state, in a fixed number of queries."""

import pytest

from tests.factories import make_assessment, make_commitment, make_initiative, make_ministry

pytestmark = pytest.mark.django_db
PATH = "/desk/commitments/"


def html_of(client, **query):
    response = client.get(PATH, query)
    assert response.status_code == 200
    return response.content.decode()


def test_drafts_are_listed_and_marked(viewer):
    make_commitment(statement="A draft.", recorded_at=None)
    make_assessment(commitment=make_commitment(statement="A public one."), status="in_progress")

    html = html_of(viewer)

    assert "A draft." in html
    assert "A public one." in html
    assert "In progress" in html
    assert html.count('<span class="tag">draft</span>') == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "draft"}, {"A draft."}),
        ({"state": "public"}, {"A public one.", "Undecided."}),
        ({"state": "undecided"}, {"Undecided."}),
        ({"q": "public ONE"}, {"A public one."}),
        ({"q": "공개"}, {"A public one."}),
        ({"q": "sport"}, {"Undecided."}),
        ({"q": "everyone"}, {"A draft."}),
        ({"q": "zebra"}, set()),
        ({"q": "%"}, set()),
    ],
)
def test_the_filter_finds(viewer, query, found):
    make_commitment(statement="A draft.", recorded_at=None, initiative=make_initiative(name="Play for Everyone"))
    make_commitment(statement="A public one.", statement_ko="공개 약속")
    ministry = make_ministry(name="Ministry of Sport")
    make_commitment(statement="Undecided.", verifiability="undecided", lead_ministry=ministry)

    html = html_of(viewer, **query)

    assert {statement for statement in ("A draft.", "A public one.", "Undecided.") if statement in html} == found
    assert ("No commitment fits" in html) is (not found)


def test_who_may_draft_is_offered_a_new_one(viewer, analyst):
    assert "/desk/commitments/new/" not in html_of(viewer)
    assert "/desk/commitments/new/" in html_of(analyst)


@pytest.mark.parametrize("query", [{"state": "nonsense"}, {"before": "x"}, {"before": "9" * 30}, {"q": "x" * 5000}])
def test_nonsense_in_the_address_is_answered(viewer, query):
    assert viewer.get(PATH, query).status_code == 200


def test_thirty_stand_on_a_page(viewer):
    for number in range(31):
        make_commitment(statement=f"Promise number {number:02}.")

    first = html_of(viewer)
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = viewer.get(PATH + older).content.decode()

    assert "Promise number 30." in first
    assert "Promise number 00." not in first
    assert "Promise number 00." in second


def test_the_list_takes_a_fixed_number_of_queries(viewer, django_assert_num_queries):
    make_commitment()
    viewer.get(PATH)

    with django_assert_num_queries(4):
        viewer.get(PATH)
    for _ in range(5):
        make_assessment(commitment=make_commitment(initiative=make_initiative()))
    with django_assert_num_queries(4):
        viewer.get(PATH)
