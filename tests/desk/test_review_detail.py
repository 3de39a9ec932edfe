"""Reviews: a second pair of eyes remarks, returns or publishes, and what was published is ruled on."""

import pytest

from policytracker.tracking.models import Assessment, BlindRating
from tests.desk.conftest import client_of
from tests.factories import NOW, make_assessment, make_commitment, make_evidence, make_user

pytestmark = pytest.mark.django_db


def submitted(author=None, **fields):
    commitment = fields.pop("commitment", None) or make_commitment()
    fields.setdefault("evidence", [make_evidence(commitment=commitment, recorded_at=None)])
    return make_assessment(
        commitment=commitment,
        published=False,
        stage="submitted",
        submitted_at=NOW,
        author=author or make_user(),
        **fields,
    )


def do(client, assessment, verb, **fields):
    return client.post(f"/desk/reviews/{assessment.pk}/", {"do": verb, "body": "", "version": 1} | fields)


def test_what_waits_is_listed(reviewer):
    submitted(commitment=make_commitment(statement="Publish the report."))

    html = reviewer.get("/desk/reviews/").content.decode()

    assert "Publish the report." in html
    assert "(1)" in html


def test_a_reviewer_publishes(reviewer):
    assessment = submitted()

    response = do(reviewer, assessment, "publish")

    assert response.status_code == 302
    assessment.refresh_from_db()
    assert assessment.stage == "published"
    assert assessment.reviewer == reviewer.user
    assert assessment.evidence.get().is_published


def test_a_draft_commitment_is_published_with_it(reviewer):
    assessment = submitted(commitment=make_commitment(recorded_at=None))

    html = reviewer.get(f"/desk/reviews/{assessment.pk}/").content.decode()
    do(reviewer, assessment, "publish")

    assert "takes the commitment into the public record too" in html
    assessment.commitment.refresh_from_db()
    assert assessment.commitment.is_published


def test_nobody_publishes_their_own(reviewer):
    assessment = submitted(author=reviewer.user)

    assert do(reviewer, assessment, "publish").status_code == 403
    assessment.refresh_from_db()
    assert not assessment.is_published


def test_a_team_of_one_publishes_its_own_where_the_setting_says_so(reviewer, settings):
    settings.FOUR_EYES = False
    assessment = submitted(author=reviewer.user)

    do(reviewer, assessment, "publish")

    assessment.refresh_from_db()
    assert assessment.is_single_handed


@pytest.mark.parametrize("verb", ["publish", "return", "withdraw", "dispute", "uphold", "invite", "adjudicate"])
def test_an_analyst_does_not_review(analyst, verb):
    assessment = submitted()

    assert do(analyst, assessment, verb, body="x").status_code == 403
    assessment.refresh_from_db()
    assert assessment.stage == "submitted"


def test_an_analyst_remarks(analyst):
    assessment = submitted()

    do(analyst, assessment, "remark", body="See page 4.")

    assert "See page 4." in analyst.get(f"/desk/reviews/{assessment.pk}/").content.decode()


def test_it_is_returned_with_a_remark_that_its_author_sees(reviewer):
    author = client_of("analyst", "kim")
    assessment = submitted(author=author.user)

    assert do(reviewer, assessment, "return").status_code == 422
    do(reviewer, assessment, "return", body="Which edition?")

    html = author.get(f"/desk/commitments/{assessment.commitment.slug}/assess/").content.decode()
    assert "Which edition?" in html
    assert "returned" in author.get("/desk/").content.decode()


def test_its_author_takes_it_back(reviewer):
    author = client_of("analyst", "kim")
    assessment = submitted(author=author.user)

    do(author, assessment, "take_back")

    assessment.refresh_from_db()
    assert assessment.stage == "draft"
    assert do(author, assessment, "take_back").status_code == 422


def test_a_version_that_changed_meanwhile_is_read_again(reviewer):
    assessment = submitted(version=3)

    response = do(reviewer, assessment, "publish", version=1, body="Looks right.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Looks right." in html
    assert 'name="version" value="3"' in html
    assert do(reviewer, assessment, "publish", version=3).status_code == 302


def test_what_the_record_refuses_is_told(reviewer):
    assessment = submitted(evidence=[])

    response = do(reviewer, assessment, "publish", body="Kept words.")

    assert response.status_code == 422
    assert "Choose at least one passage" in response.content.decode()
    assert "Kept words." in response.content.decode()


def test_a_published_one_is_disputed_upheld_and_withdrawn_with_reasons(reviewer):
    assessment = make_assessment()

    assert do(reviewer, assessment, "dispute").status_code == 422
    for verb in ("dispute", "uphold", "withdraw"):
        do(reviewer, assessment, verb, body=f"Because of {verb}.")

    assert [ruling.kind for ruling in assessment.rulings.all()] == ["disputed", "upheld", "withdrawn"]
    assert do(reviewer, assessment, "withdraw", body="Again.").status_code == 422


def test_nonsense_does_nothing(reviewer):
    assessment = submitted()

    assert do(reviewer, assessment, "burn").status_code == 422
    assert reviewer.get("/desk/reviews/999999/").status_code == 404


def test_a_discarded_draft_is_404(reviewer):
    assessment = make_assessment(published=False, stage="discarded")

    assert reviewer.get(f"/desk/reviews/{assessment.pk}/").status_code == 404


class TestABlindSecondRating:
    """The second rater cannot read the first before they submit their own."""

    @pytest.fixture
    def rater(self, db):
        return client_of("analyst", "second")

    @pytest.fixture
    def assessment(self, reviewer, rater):
        assessment = submitted(rationale="The first rationale.")
        do(reviewer, assessment, "invite", rater="second")
        return assessment

    def test_the_first_is_hidden_from_every_page(self, rater, assessment):
        slug = assessment.commitment.slug

        assert rater.get(f"/desk/reviews/{assessment.pk}/").status_code == 404
        assert do(rater, assessment, "remark", body="x").status_code == 404
        rating = BlindRating.objects.get()
        for page in (
            "/desk/",
            "/desk/reviews/",
            f"/desk/commitments/{slug}/",
            f"/desk/commitments/{slug}/assess/",
            f"/desk/ratings/{rating.pk}/",
        ):
            html = rater.get(page).content.decode()
            assert "The first rationale." not in html, page
            assert f"/desk/reviews/{assessment.pk}/" not in html, page

    def test_it_is_asked_for_in_the_inbox(self, rater, assessment):
        assert f"/desk/ratings/{BlindRating.objects.get().pk}/" in rater.get("/desk/").content.decode()

    def test_once_submitted_the_first_can_be_read(self, rater, assessment):
        rating = BlindRating.objects.get()

        response = rater.post(f"/desk/ratings/{rating.pk}/", {"status": "stalled", "rationale": "Nothing moved."})

        assert response["Location"] == f"/desk/reviews/{assessment.pk}/"
        html = rater.get(response["Location"]).content.decode()
        assert "The first rationale." in html
        assert "Nothing moved." in html
        again = rater.post(f"/desk/ratings/{rating.pk}/", {"status": "fulfilled", "rationale": "Changed my mind."})
        assert again.status_code == 422

    def test_an_incomplete_rating_keeps_what_was_typed(self, rater, assessment):
        rating = BlindRating.objects.get()

        response = rater.post(f"/desk/ratings/{rating.pk}/", {"status": "", "rationale": "Nothing moved."})

        assert response.status_code == 422
        assert "Nothing moved." in response.content.decode()

    def test_nobody_else_answers(self, analyst, rater, assessment):
        assert analyst.get(f"/desk/ratings/{BlindRating.objects.get().pk}/").status_code == 404

    def test_publishing_waits_for_it(self, reviewer, assessment):
        response = do(reviewer, assessment, "publish")

        assert response.status_code == 422
        assert "still awaited" in response.content.decode()
        do(reviewer, assessment, "uninvite")
        assert do(reviewer, assessment, "publish").status_code == 302

    def test_it_is_settled_after_publication(self, reviewer, rater, assessment):
        rating = BlindRating.objects.get()
        rater.post(f"/desk/ratings/{rating.pk}/", {"status": "stalled", "rationale": "Nothing moved."})
        do(reviewer, assessment, "publish")

        do(reviewer, assessment, "adjudicate")

        rating.refresh_from_db()
        assert rating.adjudication == assessment

    @pytest.mark.parametrize("name", ["", "nobody", "some-reviewer"])
    def test_only_who_can_rate_is_asked(self, reviewer, name):
        assessment = submitted(author=reviewer.user)

        assert do(reviewer, assessment, "invite", rater=name).status_code == 422


def test_pages_take_a_fixed_number_of_queries(reviewer, django_assert_num_queries):
    assessment = submitted()
    for _ in range(3):
        submitted()
        do(reviewer, assessment, "remark", body="x")
    reviewer.get("/desk/reviews/")

    with django_assert_num_queries(5):
        reviewer.get("/desk/reviews/")
    with django_assert_num_queries(10):
        reviewer.get(f"/desk/reviews/{assessment.pk}/")
    assert Assessment.objects.count() == 4


def test_a_published_reason_is_translated_later_and_readers_of_that_language_see_it(reviewer, client):
    assessment = make_assessment()
    sent = {"do": "translate", "language": "ko", "words": "작업이 시작되었다."}

    reviewer.post(f"/desk/reviews/{assessment.pk}/", sent)
    again = reviewer.post(f"/desk/reviews/{assessment.pk}/", sent | {"words": "일이 시작되었다."})

    page = f"/ko/commitments/{assessment.commitment.slug}/"
    assert "작업이 시작되었다." in client.get(page).content.decode()
    assert "작업이 시작되었다." not in client.get(f"{page}?known_at=2024-01-01").content.decode()
    assert again.status_code == 422 and "일이 시작되었다." in again.content.decode()
    assert "No corrections so far" in client.get("/corrections/").content.decode()


def test_an_analyst_translates_nothing_that_is_public(analyst):
    assessment = make_assessment()
    sent = {"do": "translate", "language": "ko", "words": "작업이 시작되었다."}

    assert analyst.post(f"/desk/reviews/{assessment.pk}/", sent).status_code == 403
