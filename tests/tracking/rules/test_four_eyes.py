"""We know that nobody publishes alone, and that a second rating is blind to the first (rule 9)."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from policytracker.tracking.actions.ratings import invite_rater
from policytracker.tracking.models import BlindRating
from tests.desk.conftest import client_of
from tests.factories import NOW, make_article, make_assessment, make_commitment, make_evidence, make_rating, make_user
from tests.refusals import empty_table, refused_by, run_sql
from tests.tracking.rules.attacks import (
    FEBRUARY,
    FORGED,
    FORGED_IN_ADMIN,
    admin_adds_none,
    admin_url,
    api_writes_nothing,
    draft,
    publish,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(admin_user: Any) -> BlindRating:
    """A rating somebody with all rights was asked for; the first one is a draft."""
    article = make_article()
    commitment = make_commitment()
    evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot)
    first = make_assessment(
        commitment=commitment,
        evidence=[evidence],
        published=False,
        stage="submitted",
        submitted_at=NOW,
        status="stalled",
        rationale="The first rationale.",
    )
    return invite_rater(assessment=first, rater=admin_user, by=make_user(), at=NOW)


def hides(client: Client, *paths: str) -> None:
    """These addresses answer, and none gives the first rating away."""
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "The first rationale." not in answer.content.decode(), path


class TestPage:
    """Public pages and the desk, to a rater with all rights; the first rating is in nothing a second rater can read."""

    def test_an_author_who_may_review_publishes_not_alone(self) -> None:
        reviewer = client_of("reviewer")
        own = make_assessment(
            published=False,
            stage="submitted",
            submitted_at=NOW,
            author=reviewer.user,  # type: ignore[attr-defined]
        )
        form = {"do": "publish", "body": "", "version": own.version}

        reviewer.post(f"/desk/reviews/{own.pk}/", FORGED | form)

        own.refresh_from_db()
        assert not own.is_published and not own.is_single_handed

    def test_the_first_rating_is_on_no_page(self, asked: BlindRating, admin_client: Client) -> None:
        commitment, article = asked.assessment.commitment, Article.objects.get()
        hides(
            admin_client,
            f"/commitments/{commitment.slug}/",
            f"/embed/commitment/{commitment.slug}/",
            "/search/?q=first+rationale",
            f"/articles/{article.pk}/",
            f"/desk/articles/{article.pk}/",
            f"/desk/commitments/{commitment.slug}/",
            f"/desk/commitments/{commitment.slug}/assess/",
            "/desk/",
            "/desk/reviews/",
            "/desk/commitments/",
        )
        assert admin_client.get(f"/desk/reviews/{asked.assessment.pk}/").status_code == 404

    @pytest.mark.parametrize("verb", ["remark", "publish", "return", "withdraw", "adjudicate", "uninvite"])
    def test_who_has_not_answered_does_nothing_to_the_first(
        self, verb: str, asked: BlindRating, admin_client: Client
    ) -> None:
        before = told()

        answer = admin_client.post(f"/desk/reviews/{asked.assessment.pk}/", {"do": verb, "body": "-"})

        assert answer.status_code == 404
        assert told() == before


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_first_rating_is_on_no_page_there(self, asked: BlindRating, admin_client: Client) -> None:
        first = asked.assessment
        for page in ("change", "history"):
            assert admin_client.get(admin_url(first, page, first.pk)).status_code in (302, 404), page
        hides(admin_client, admin_url(first, "changelist"), admin_url(asked, "changelist"))
        for page in (admin_url(first, "changelist"), admin_url(asked, "changelist")):
            assert f"{first.commitment_id}: stalled" not in admin_client.get(page).content.decode()

    def test_nobody_rates_in_the_admin(self, asked: BlindRating, admin_client: Client) -> None:
        admin_adds_none(
            admin_client, BlindRating, assessment=asked.assessment.pk, rater=asked.rater.pk, status="stalled"
        )

        answer = admin_client.post(
            admin_url(asked, "change", asked.pk),
            FORGED_IN_ADMIN | {"submitted_at_0": "2023-01-01", "status": "stalled"},
        )

        asked.refresh_from_db()
        assert answer.status_code in (302, 403, 404)
        assert (asked.submitted_at, asked.status) == (None, "")


class TestApi:
    """Programs, with the rater's own rights."""

    def test_the_first_rating_is_in_no_answer_for_programs(self, asked: BlindRating, admin_client: Client) -> None:
        commitment, article = asked.assessment.commitment, Article.objects.get()
        hides(
            admin_client,
            f"/commitments/{commitment.slug}/?format=json",
            f"/commitments/{commitment.slug}/?format=csv",
            f"/commitments/{commitment.slug}/feed.atom",
            f"/articles/{article.pk}/annotations.jsonld",
            f"/articles/{article.pk}/?format=json",
            f"/desk/articles/{article.pk}/annotations.jsonld",
            "/timeline/?format=json",
            "/corrections/?format=json",
            "/commitments/?format=csv",
            f"/ministries/{commitment.lead_ministry.slug}/?format=json",
            "/api/v1/docs/",
            "/api/v1/schema/",
        )
        assert admin_client.get(f"/commitments/{commitment.slug}/?format=json").json()["verdicts"] == []

    def test_no_address_of_the_api_has_it(self, asked: BlindRating, admin_client: Client) -> None:
        first = asked.assessment
        paths = (
            f"/api/v1/assessments/{first.pk}/",
            f"/api/v1/commitments/{first.commitment.slug}/",
            "/api/v1/reviews/",
        )

        for path in paths:
            assert admin_client.get(path).status_code == 404, path
        api_writes_nothing(admin_client, *paths, "/api/v1/ratings/", f"/api/v1/ratings/{asked.pk}/", status="stalled")


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_one_person_teams_say_so(self) -> None:
        assessment = draft()

        publish(assessment, reviewer=assessment.author, is_single_handed=True)

    def test_who_wrote_or_reviewed_cannot_rate_blindly(self) -> None:
        assessment = make_assessment()
        for person in (assessment.author, assessment.reviewer):
            with refused_by("rater_is_somebody_else"):
                BlindRating.objects.create(assessment=assessment, rater=person, invited_by=make_user(), invited_at=NOW)

    def test_somebody_else_publishes(self) -> None:
        assessment = make_assessment(published=False)
        with refused_by("four_eyes"):
            publish(assessment, reviewer=assessment.author)
        with refused_by("published_assessment_has_a_reviewer"):
            publish(assessment, reviewer=None)

    def test_a_submitted_rating_is_final(self) -> None:
        rating = make_rating()

        with refused_by("append_only"):
            BlindRating.objects.filter(pk=rating.pk).update(status="fulfilled")
        with refused_by("append_only"):
            rating.delete()
        BlindRating.objects.filter(pk=rating.pk).update(adjudication=make_assessment())
        with refused_by("append_only"):
            BlindRating.objects.filter(pk=rating.pk).update(adjudication=None)


class TestSql:
    """Somebody at the server's own prompt."""

    def test_an_author_does_not_become_the_reviewer(self) -> None:
        draft = make_assessment(published=False)

        with refused_by("four_eyes"):
            run_sql(
                "UPDATE tracking_assessment SET stage = 'published', recorded_at = %s, reviewer_id = author_id WHERE id = %s",
                [FEBRUARY, draft.pk],
            )

    @pytest.mark.parametrize(
        "rewritten", ["status = 'fulfilled'", "submitted_at = NULL", "rationale = 'forged'", "rater_id = invited_by_id"]
    )
    def test_an_answer_is_not_rewritten(self, rewritten: str) -> None:
        rating = make_rating()

        with refused_by("append_only"):
            run_sql(f"UPDATE tracking_blindrating SET {rewritten} WHERE id = %s", [rating.pk])
        with refused_by("append_only"):
            empty_table("tracking_blindrating")
