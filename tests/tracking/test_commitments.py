"""A commitment is made of words that stand in a stored text, once."""

from datetime import date
from uuid import uuid4

import pytest

from policytracker.government.models import Commitment
from policytracker.tracking.actions.commitments import (
    CommitmentRefused,
    Source,
    Terms,
    change_draft_commitment,
    free_slug,
    make_commitment,
)
from policytracker.tracking.actions.passages import NoSuchPassage
from policytracker.tracking.models import Statement
from tests.factories import (
    NOW,
    QUOTE,
    make_annotation,
    make_candidate,
    make_government,
    make_ministry,
    make_snapshot,
    make_user,
    passage_of,
)
from tests.factories import (
    make_commitment as stored_commitment,
)

pytestmark = pytest.mark.django_db


def terms(**fields):
    defaults = {"statement": "Publish a report each year.", "made_on": date(2023, 1, 27)}
    return Terms(**{"lead_ministry": fields.pop("lead_ministry", None) or make_ministry()} | defaults | fields)


def source(snapshot=None, **fields):
    passage = passage_of(snapshot or make_snapshot(), QUOTE)
    return Source(**{name: passage[name] for name in ("snapshot", "start", "end", "exact")} | fields)


def test_a_commitment_begins_as_a_draft_with_its_statement():
    government = make_government()
    annotation = make_annotation()

    commitment = make_commitment(
        terms=terms(due_on=date(2023, 3, 31), due_precision="month", due_words="In March", criteria=["In English", ""]),
        source=source(annotation.snapshot, annotation=annotation),
        by=make_user(),
        at=NOW,
    )

    assert not commitment.is_published
    assert commitment.slug == "publish-a-report-each-year"
    assert commitment.government == government
    assert [criterion.text for criterion in commitment.criteria.all()] == ["In English"]
    statement = commitment.statements.get()
    assert (statement.exact, statement.is_original, statement.said_on) == (QUOTE, True, date(2023, 1, 27))
    annotation.refresh_from_db()
    assert annotation.about_commitment == commitment


def test_a_candidate_becomes_a_commitment_once():
    candidate, user = make_candidate(), make_user()

    commitment = make_commitment(terms=terms(), source=source(candidate.snapshot, candidate=candidate), by=user, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.commitment, candidate.decided_by) == ("accepted", commitment, user)
    with pytest.raises(CommitmentRefused, match="meanwhile"):
        make_commitment(terms=terms(), source=source(candidate.snapshot, candidate=candidate), by=user, at=NOW)
    assert Commitment.objects.count() == 1


def test_a_form_sent_twice_makes_one_commitment():
    key, user, what = uuid4(), make_user(), terms()

    first = make_commitment(terms=what, by=user, at=NOW, key=key)
    second = make_commitment(terms=what, by=user, at=NOW, key=key)

    assert first == second
    assert Commitment.objects.count() == 1


def test_words_that_do_not_stand_there_make_nothing():
    wrong = Source(snapshot=make_snapshot(), start=0, end=5, exact="other")

    with pytest.raises(NoSuchPassage):
        make_commitment(terms=terms(), source=wrong, by=make_user(), at=NOW)

    assert not Commitment.objects.exists()
    assert not Statement.objects.exists()


def test_a_deadline_before_the_promise_is_refused():
    with pytest.raises(CommitmentRefused):
        make_commitment(terms=terms(due_on=date(2022, 1, 1), due_precision="day"), by=make_user(), at=NOW)


def test_addresses_are_not_given_twice():
    stored_commitment(slug="publish-a-report")

    assert free_slug("Publish a report") == "publish-a-report-2"
    assert free_slug("보고서를 발간한다") == "commitment"
    assert len(free_slug("very long words " * 40)) <= 60


def test_a_draft_is_corrected_freely_a_public_one_is_not():
    user = make_user()
    draft = make_commitment(terms=terms(), by=user, at=NOW)

    changed = change_draft_commitment(commitment=draft, terms=terms(statement="Report yearly."), by=user, at=NOW)

    assert changed.statement == "Report yearly."
    with pytest.raises(CommitmentRefused, match="published"):
        change_draft_commitment(commitment=stored_commitment(), terms=terms(), by=user, at=NOW)
