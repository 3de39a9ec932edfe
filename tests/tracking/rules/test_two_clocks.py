"""We know that the record is written forward, so that an answer about the past never changes (rule 3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from articles.actions.running import work_on_batch
from articles.models import Article, ImportBatch
from policytracker.government.models import Commitment, Ministry, Official
from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.actions.tokens import issue_token
from policytracker.tracking.models import (
    Assessment,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Ruling,
    Supersession,
)
from tests.articles.drafts import TEXT as ARTICLE_TEXT
from tests.articles.site import Site
from tests.desk.conftest import client_of
from tests.factories import (
    EARLY,
    NOW,
    make_assessment,
    make_commitment,
    make_event,
    make_evidence,
    make_government,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_statement,
    make_user,
)
from tests.refusals import refused_by, run_sql
from tests.tracking.rules.attacks import (
    FORGED,
    MOMENTS,
    admin_url,
    api_writes_nothing,
    change,
    correct,
    correction_of,
    promise,
    sentence_of,
    settle,
    told,
    verdict,
)

pytestmark = pytest.mark.django_db

MARCH = datetime(2023, 3, 1, tzinfo=UTC)


MAY = datetime(2023, 5, 1, tzinfo=UTC)


JULY = datetime(2023, 7, 1, tzinfo=UTC)


CHANGES = [
    (DeadlineChange, {"kind": "overridden"}),
    (ConditionChange, {"state": "lapsed"}),
    (Discontinuation, {}),
    (Supersession, {}),
]


def rule_on(assessment: Any, at: datetime, kind: str = "disputed") -> Ruling:
    return Ruling.objects.create(
        assessment=assessment, kind=kind, reason="Doubts.", made_by=make_user(), recorded_at=at
    )


def taken_in(**row: Any) -> Article:
    """An article that a program sent in, with what it said of it; the worker's clock stands at `NOW`."""
    token = issue_token(name="script", by=make_user(groups=("editor",)), at=NOW)[1]
    sent = {"headline": "One", "text": ARTICLE_TEXT, "published": "2023-01-27", "url": "https://news.example.org/1"}
    answer = Client().post(
        "/api/v1/imports/",
        {"articles": [sent | row]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 202
    site = Site()
    work_on_batch(batch_id=ImportBatch.objects.get().pk, tools=site.tools(is_patient=False))
    site.close()
    return Article.objects.get()


class TestPage:
    """When something entered the record, and by whom, is never what a form says; and no page is of a moment there is none of."""

    def test_a_new_commitment_is_a_draft_of_who_sent_it(self) -> None:
        editor = client_of("editor")

        editor.post("/desk/commitments/new/", promise(**FORGED))

        made = Commitment.objects.get()
        assert (made.recorded_at, made.created_by) == (None, editor.user)  # type: ignore[attr-defined]
        assert made.slug != "forged"

    def test_an_edited_draft_stays_one(self) -> None:
        draft = make_commitment(recorded_at=None)

        client_of("editor").post(f"/desk/commitments/{draft.slug}/edit/", promise(**FORGED))

        assert Commitment.objects.get().recorded_at is None

    def test_a_submitted_assessment_waits_for_somebody_else(self) -> None:
        commitment, reviewer = make_commitment(), client_of("reviewer")
        evidence = make_evidence(commitment=commitment)

        reviewer.post(
            f"/desk/commitments/{commitment.slug}/assess/?known_at=2001-01-01",
            verdict(evidence=[evidence.pk], **FORGED),
        )

        made = Assessment.objects.get()
        assert (made.stage, made.recorded_at, made.reviewer) == ("submitted", None, None)
        assert (made.author, made.is_single_handed) == (reviewer.user, False)  # type: ignore[attr-defined]
        assert made.created_at.year > 2001

    def test_a_published_assessment_is_recorded_now_by_who_pressed_the_button(self) -> None:
        waiting = make_assessment(published=False, stage="submitted", submitted_at=NOW)
        reviewer = client_of("reviewer")
        before = datetime.now(UTC)

        form = {"do": "publish", "body": "", "version": waiting.version}
        reviewer.post(f"/desk/reviews/{waiting.pk}/", FORGED | form)

        waiting.refresh_from_db()
        assert waiting.recorded_at is not None and waiting.recorded_at >= before
        assert waiting.reviewer == reviewer.user  # type: ignore[attr-defined]

    def test_a_correction_is_of_now_and_of_who_made_it(self) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        recorded_at, slug = commitment.recorded_at, commitment.slug
        before = datetime.now(UTC)

        correct(editor, correction_of(commitment), FORGED | {"why-made_by": "1", "statement": "Publish it."})

        commitment.refresh_from_db()
        (line,) = Correction.objects.all()
        assert (line.field, line.made_by) == ("statement", editor.user)  # type: ignore[attr-defined]
        assert line.recorded_at >= before
        assert (commitment.recorded_at, commitment.slug) == (recorded_at, slug)

    @pytest.mark.parametrize("kind", ["officials", "ministries"])
    def test_a_new_name_is_a_draft(self, kind: str) -> None:
        model = {"officials": Official, "ministries": Ministry}[kind]

        client_of("editor").post(
            f"/desk/reference/{kind}/new/",
            FORGED | {"name": "Kwon Young-se", "country": "KR", "classification": "ministry"},
        )

        assert model._default_manager.get().recorded_at is None

    def test_what_is_public_is_published_no_second_time(self) -> None:
        commitment, reviewer = make_commitment(), client_of("reviewer")
        before = told()

        reviewer.post(f"/desk/commitments/{commitment.slug}/publish/", FORGED)
        reviewer.post(f"/desk/ministries/{commitment.lead_ministry.slug}/publish/", FORGED)

        assert told() == before

    @pytest.mark.parametrize("path", ["/", "/commitments/", "/ministries/", "/deadlines/"])
    def test_a_page_of_a_moment_there_is_none_of_says_so(self, client: Client, path: str) -> None:
        for moment in MOMENTS:
            answer = client.get(f"{path}?{moment}")

            assert answer.status_code == 400, moment
            assert f"“{moment.partition('=')[0]}”" in sentence_of(answer), moment


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_what_is_published_there_is_recorded_now(self, admin_client: Client) -> None:
        draft = make_initiative(recorded_at=None)
        before = datetime.now(UTC)
        chosen = {"action": "publish_selected", "_selected_action": [draft.pk], "post": "yes"}

        admin_client.post(admin_url(draft, "changelist"), FORGED | chosen)

        draft.refresh_from_db()
        assert draft.recorded_at is not None and draft.recorded_at >= before

    @pytest.mark.parametrize("make", [make_initiative, make_ministry, make_official, make_event])
    def test_no_form_there_asks_when_we_knew(self, make: Callable[..., Any], admin_client: Client) -> None:
        draft = make(recorded_at=None)
        form = admin_client.get(admin_url(draft, "change", draft.pk)).context["adminform"].form

        admin_client.post(
            admin_url(draft, "change", draft.pk), {k: v for k, v in form.initial.items() if v is not None} | FORGED
        )

        draft.refresh_from_db()
        assert "recorded_at" not in form.fields
        assert draft.recorded_at is None


class TestApi:
    """Programs: what they send in is of now, and what they ask of the past is what we knew."""

    @pytest.mark.parametrize("clock", ["recorded_at", "imported_at", "taken_at", "known_at"])
    def test_a_row_sent_in_dates_itself_by_no_clock_of_ours(self, clock: str) -> None:
        article = taken_in(**{clock: "2001-01-01T00:00:00Z", "id": 7, "is_published": True})

        assert article.imported_at >= NOW and article.current_snapshot.taken_at >= NOW
        assert article.recorded_at is None or article.recorded_at >= NOW

    def test_a_twin_of_an_earlier_moment_keeps_its_answer(self, client: Client) -> None:
        commitment = make_commitment(slug="yearly")
        make_assessment(commitment=commitment, recorded_at=MARCH)
        asked = "/commitments/yearly/?format=json&known_at=2023-04-01"
        before = client.get(asked).json()

        make_assessment(commitment=commitment, status="fulfilled", recorded_at=MAY)
        correct_field(target=commitment, field="statement", value="Else.", note="Slip.", by=make_user(), at=JULY)

        assert client.get(asked).json() == before
        assert client.get("/commitments/yearly/?format=json").json()["status"] == "fulfilled" != before["status"]

    def test_no_address_takes_a_clock(self, admin_client: Client) -> None:
        make_commitment(slug="yearly")
        api_writes_nothing(
            admin_client,
            "/api/v1/commitments/",
            "/commitments/?format=json&known_at=2023-04-01",
            "/commitments/yearly/?format=json&as_of=2023-04-01",
            **FORGED,
        )


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_a_later_verdict_is_not_recorded_before_an_earlier_one(self) -> None:
        first = make_assessment(recorded_at=MAY)

        with refused_by("record_is_written_forward"):
            make_assessment(commitment=first.commitment, evidence=[first.evidence.get()], recorded_at=MARCH)
        make_assessment(commitment=first.commitment, evidence=[first.evidence.get()], recorded_at=MAY)

    def test_another_commitment_has_a_clock_of_its_own(self) -> None:
        make_assessment(recorded_at=MAY)

        make_assessment(recorded_at=MARCH)

    def test_a_ruling_comes_after_what_it_rules_on_and_after_the_last_ruling(self) -> None:
        assessment = make_assessment(recorded_at=MARCH)
        rule_on(assessment, JULY)

        for at in (datetime(2023, 2, 1, tzinfo=UTC), MAY):
            with refused_by("record_is_written_forward"):
                rule_on(assessment, at, "withdrawn")

    def test_a_draft_is_not_ruled_on(self) -> None:
        with refused_by("ruling_is_on_a_published_assessment"):
            rule_on(make_assessment(published=False), MAY)

    @pytest.mark.parametrize(("model", "fields"), CHANGES)
    def test_a_change_is_not_slipped_under_a_verdict_nor_a_verdict_under_a_change(
        self, model: Any, fields: Any
    ) -> None:
        assessment = make_assessment(recorded_at=MARCH)
        commitment = assessment.commitment

        with refused_by("record_is_written_forward"):
            change(model, commitment, datetime(2023, 2, 20, tzinfo=UTC), **fields)
        change(model, commitment, JULY, **fields)
        with refused_by("record_is_written_forward"):
            make_assessment(commitment=commitment, evidence=[assessment.evidence.get()], recorded_at=MAY)

    @pytest.mark.parametrize("make", [make_evidence, make_statement])
    def test_what_was_said_is_not_slipped_under_a_verdict(self, make: Any) -> None:
        assessment = make_assessment(recorded_at=MAY)

        with refused_by("record_is_written_forward"):
            make(commitment=assessment.commitment, recorded_at=MARCH)

    def test_a_correction_is_not_slipped_under_another(self) -> None:
        commitment = make_assessment(recorded_at=MARCH).commitment

        def correct(at: datetime) -> None:
            correct_field(target=commitment, field="note", value=f"{at}", note="Slip.", by=make_user(), at=at)

        with refused_by("record_is_written_forward"):
            correct(datetime(2023, 2, 1, tzinfo=UTC))
        correct(JULY)
        with refused_by("record_is_written_forward"):
            correct(MAY)

    @pytest.mark.parametrize(("model", "fields"), CHANGES)
    def test_what_has_not_happened_is_not_recorded(self, model: Any, fields: Any) -> None:
        with refused_by("change_is_not_from_the_future"):
            change(model, make_commitment(), MARCH, happened_on=date(2023, 3, 4), **fields)

    def test_happening_is_dated_in_the_governments_zone(self) -> None:
        commitment = make_commitment(government=make_government(time_zone="Asia/Seoul"))
        at = datetime(2023, 3, 1, 15, 1, tzinfo=UTC)

        change(Discontinuation, commitment, at, happened_on=date(2023, 3, 2))


class TestSql:
    """Somebody at the server's own prompt."""

    @pytest.mark.parametrize(
        "slipped",
        [
            "INSERT INTO tracking_ruling (assessment_id, kind, reason, made_by_id, recorded_at) "
            "SELECT id, 'withdrawn', '-', author_id, %s FROM tracking_assessment",
            "INSERT INTO tracking_conditionchange (commitment_id, state, happened_on, reason, source_url, recorded_at) "
            "SELECT commitment_id, 'lapsed', '2023-02-01', '-', '', %s FROM tracking_assessment",
            "INSERT INTO tracking_supersession (old_id, happened_on, reason, source_url, recorded_at) "
            "SELECT commitment_id, '2023-02-01', '-', '', %s FROM tracking_assessment",
            "INSERT INTO tracking_discontinuation (commitment_id, happened_on, reason, source_url, recorded_at) "
            "SELECT commitment_id, '2023-02-01', '-', '', %s FROM tracking_assessment",
        ],
    )
    def test_nothing_is_slipped_under_what_was_concluded(self, slipped: str) -> None:
        make_assessment(recorded_at=MAY)

        with refused_by("record_is_written_forward"):
            run_sql(slipped, [MARCH])
        run_sql(slipped, [JULY])

    def test_a_waiting_draft_is_published_under_nothing(self) -> None:
        first = make_assessment(recorded_at=MAY)
        draft = make_assessment(commitment=first.commitment, evidence=[first.evidence.get()], published=False)

        with refused_by("record_is_written_forward"):
            run_sql(
                "UPDATE tracking_assessment SET stage = 'published', recorded_at = %s, reviewer_id = %s WHERE id = %s",
                [MARCH, make_user().pk, draft.pk],
            )

    @pytest.mark.parametrize("make", [make_evidence, make_statement])
    def test_what_was_said_moves_to_no_other_moment(self, make: Callable[[], Any]) -> None:
        said = make()

        for moment in (None, EARLY, NOW):
            with pytest.raises(IntegrityError), transaction.atomic():
                run_sql(f"UPDATE {said._meta.db_table} SET recorded_at = %s WHERE id = %s", [moment, said.pk])

    @pytest.mark.parametrize("make", [make_commitment, make_initiative, make_ministry, make_official, make_membership])
    def test_what_is_public_was_not_public_earlier(self, make: Callable[[], Any]) -> None:
        row = make()

        with refused_by("published_field_changes_with_a_correction"):
            run_sql(f"UPDATE {row._meta.db_table} SET recorded_at = '2001-01-01T00:00:00Z' WHERE id = %s", [row.pk])
            settle()
