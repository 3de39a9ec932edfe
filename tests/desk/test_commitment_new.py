"""A commitment is made of a proposal, of a note, or of nothing yet; nothing typed is lost."""

from datetime import date

import pytest

from policytracker.government.models import Commitment
from policytracker.tracking.models import Annotation, Candidate, Statement
from tests.factories import (
    QUOTE,
    make_annotation,
    make_candidate,
    make_commitment,
    make_initiative,
    make_membership,
    make_mention,
    make_ministry,
    make_snapshot,
    make_tag,
    make_topic,
)

pytestmark = pytest.mark.django_db
PATH = "/desk/commitments/new/"


def typed(**fields):
    """A form filled in."""
    ministry = fields.pop("ministry", None) or make_ministry()
    least = {
        "statement": "Publish the report every year.",
        "lead_ministry": f"[{ministry.slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
    }
    return least | fields


def test_everything_typed_is_kept(analyst):
    ministry, initiative, topic = make_ministry(), make_initiative(), make_topic()
    held = make_membership()

    response = analyst.post(
        PATH,
        typed(
            ministry=ministry,
            made_by=f"[{held.pk}]",
            initiative=f"[{initiative.slug}]",
            due="2023-03",
            due_words="in March",
            condition="If the budget passes.",
            is_conditional="on",
            recurrence="yearly",
            criteria="It can be read.\n\nIt is in English.",
            topics=[topic.pk],
            tags="report, budget",
            statement_ko="매년 보고서를 낸다.",
            note="For us.",
        ),
    )

    made = Commitment.objects.get()
    assert response["Location"] == f"/desk/commitments/{made.slug}/"
    assert (made.recorded_at, made.created_by, made.statement_ko) == (None, analyst.user, "매년 보고서를 낸다.")
    assert (made.lead_ministry, made.initiative, made.made_by) == (ministry, initiative, held)
    assert (made.due_on, made.due_precision, made.due_words) == (date(2023, 3, 31), "month", "in March")
    assert (made.condition, made.is_conditional, made.recurrence) == ("If the budget passes.", True, "yearly")
    assert [criterion.text for criterion in made.criteria.all()] == ["It can be read.", "It is in English."]
    assert list(made.topics.all()) == [topic]
    assert {tag.label for tag in Annotation.objects.get().tags.all()} == {"report", "budget"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"statement": ""}, "This field is required."),
        ({"statement": "x" * 2001}, "at most 2000 characters"),
        ({"statement": "a\x00b"}, "Null characters are not allowed."),
        ({"lead_ministry": "Ministry of Magic"}, "Nothing is called “Ministry of Magic”."),
        ({"lead_ministry": "[gone]"}, "is not there any more"),
        ({"made_on": "2023-02-30"}, "is not a date"),
        ({"due": "soonish"}, "is not a date"),
        ({"due": "2022"}, "It cannot be due before it was made."),
        ({"is_conditional": "on"}, "Name the condition that it waits for."),
        ({"kind": "wish"}, "Select a valid choice."),
        ({"tags": "x" * 61}, "at most 60 characters"),
        ({"topics": ["999999"]}, "Select a valid choice."),
    ],
)
def test_bad_input_gets_a_sentence_and_is_still_there(analyst, wrong, sentence):
    response = analyst.post(PATH, typed(note="Typed at length.") | wrong)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "Typed at length." in html
    assert not Commitment.objects.exists()


def test_two_ministries_of_one_name_are_told_apart(analyst):
    make_ministry(slug="mou", name="Ministry of Unification")
    make_ministry(slug="mou-old", name="Ministry of Unification (1969)")

    response = analyst.post(PATH, typed(lead_ministry="unification"))

    html = response.content.decode()
    assert response.status_code == 422
    assert "Ministry of Unification [mou]" in html
    assert "Ministry of Unification (1969) [mou-old]" in html


def test_sending_twice_makes_one(analyst):
    form = typed(submission_key="7f0b6a52-8a4e-4e6c-9c8e-0d0a4e3f2b11")

    first, second = analyst.post(PATH, form), analyst.post(PATH, form)

    assert first["Location"] == second["Location"]
    assert Commitment.objects.count() == 1


def test_the_same_words_twice_get_addresses_of_their_own(analyst):
    make_commitment(slug="publish-the-report-every-year")

    analyst.post(PATH, typed())

    assert Commitment.objects.filter(slug="publish-the-report-every-year-2").exists()


def test_what_is_promised_already_is_named(analyst):
    known = make_commitment(statement="Publish an annual <b>human rights</b> report in English and Korean.")
    make_commitment(statement="Build a railway to the coast by 2030.")

    response = analyst.post(
        PATH, typed(statement="Publish the annual human rights report, in Korean and in English."), follow=True
    )

    html = response.content.decode()
    link = f'<a href="/desk/commitments/{known.slug}/">Publish an annual &lt;b&gt;human rights&lt;/b&gt; report'
    assert html.count("This may be promised already") == 1
    assert link in html


def test_what_is_new_is_not_warned_of(analyst):
    make_commitment(statement="Build a railway to the coast by 2030.")

    assert "This may be promised already" not in analyst.post(PATH, typed(), follow=True).content.decode()


def test_a_proposal_fills_the_form_and_is_accepted_with_it(analyst):
    ministry = make_ministry(name="Ministry of Sport")
    candidate = make_candidate(
        statement="Publish it.", actor_ministry=ministry, due_on=date(2023, 3, 31), due_precision="month"
    )
    address = f"{PATH}?candidate={candidate.pk}"

    html = analyst.get(address).content.decode()
    assert "Publish it." in html
    assert f'value="Ministry of Sport [{ministry.slug}]"' in html
    assert 'value="2023-03"' in html
    analyst.post(address, typed())

    candidate.refresh_from_db()
    made = Commitment.objects.get()
    assert (candidate.state, candidate.commitment) == (Candidate.State.ACCEPTED, made)
    assert Statement.objects.get(commitment=made).exact == QUOTE


def test_a_proposal_decided_meanwhile_says_so_and_keeps_the_words(analyst):
    candidate = make_candidate()
    address = f"{PATH}?candidate={candidate.pk}"
    analyst.post(address, typed())

    second = analyst.post(address, typed(statement="Mine, later."))

    assert second.status_code == 422
    assert "Somebody decided on this proposal meanwhile." in second.content.decode()
    assert "Mine, later." in second.content.decode()
    assert Commitment.objects.count() == 1


def test_a_note_fills_the_form_and_is_linked_to_it(analyst):
    initiative, ministry = make_initiative(), make_ministry(name="Ministry of Sport")
    snapshot = make_snapshot()
    make_mention(
        article=snapshot.article,
        ministry=ministry,
        state="confirmed",
        decided_by=analyst.user,
        decided_at="2026-01-01T00:00Z",
    )
    note = make_annotation(snapshot=snapshot, about_initiative=initiative)
    note.tags.add(make_tag("report"))
    address = f"{PATH}?annotation={note.uuid}"

    html = analyst.get(address).content.decode()
    for filled in (
        QUOTE,
        f"[{initiative.slug}]",
        f"Ministry of Sport [{ministry.slug}]",
        'value="report"',
        "2023-01-27",
    ):
        assert filled in html
    analyst.post(address, typed())

    note.refresh_from_db()
    assert note.about_commitment == Commitment.objects.get()


def test_somebody_elses_private_note_is_no_source(analyst):
    note = make_annotation(visibility="private")

    assert analyst.get(f"{PATH}?annotation={note.uuid}").status_code == 404


@pytest.mark.parametrize(
    "query", ["candidate=999999", "annotation=nonsense", "annotation=7f0b6a52-8a4e-4e6c-9c8e-0d0a4e3f2b11"]
)
def test_a_source_that_is_gone_is_404(analyst, query):
    assert analyst.get(f"{PATH}?{query}").status_code == 404
