"""We know that forms with forged or nonsensical values get round no rule, that nothing is written and nothing breaks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.models import Article
from policytracker.government.models import (
    Commitment,
    Criterion,
    Initiative,
    Membership,
    Ministry,
    MinistryName,
    Occurrence,
    Official,
    Post,
    Succession,
)
from policytracker.tracking.actions.ratings import invite_rater
from policytracker.tracking.models import (
    Assessment,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Evidence,
    Statement,
    Supersession,
)
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_membership,
    make_ministry,
    make_occurrence,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

TERMS: tuple[type[Model], ...] = (DeadlineChange, ConditionChange, Discontinuation, Supersession)
RECORD: tuple[type[Model], ...] = (
    *TERMS,
    Article,
    Assessment,
    Commitment,
    Correction,
    Criterion,
    Evidence,
    Initiative,
    Membership,
    Ministry,
    MinistryName,
    Occurrence,
    Official,
    Post,
    Statement,
    Succession,
)
# What no form asks for: the clocks, who did it, what state it is in.
FORGED = {
    "recorded_at": "2001-01-01T00:00:00Z",
    "recorded_at_0": "2001-01-01",
    "recorded_at_1": "00:00:00",
    "known_at": "2001-01-01",
    "as_of": "2001-01-01",
    "created_at": "2001-01-01",
    "submitted_at": "2001-01-01",
    "added_at": "2001-01-01",
    "stage": "published",
    "is_single_handed": "on",
    "author": "1",
    "reviewer": "1",
    "created_by": "1",
    "added_by": "1",
    "by": "1",
    "at": "2001-01-01",
    "slug": "forged",
}
ENDLESS = "1" * 5_000  # more digits than Python reads as a number


def told() -> dict[str, list[dict[str, Any]]]:
    """Everything the record holds."""
    return {kind.__name__: list(kind._base_manager.order_by("pk").values()) for kind in RECORD}


def filled(client: Client, url: str) -> dict[str, Any]:
    """What a correction form says when it is opened, as a browser would send it."""
    context = client.get(url).context
    values = {}
    for form in (context["form"], context["reason"]):
        for bound in form:
            value = bound.value()
            if bound.widget_type == "checkbox":
                values |= {bound.html_name: "on"} if value else {}
            else:
                shown = bound.field.prepare_value(value)
                values[bound.html_name] = getattr(shown, "pk", shown) if shown is not None else ""
    return values


def correct(client: Client, url: str, changes: dict[str, Any]) -> Any:
    """Sends the correction form twice, as one does after its preview; the second answer."""
    data = filled(client, url) | {"why-note": "We misread it."} | changes
    shown = client.post(url, data)
    seen = shown.context["reason"]["seen"].value() if shown.context else ""
    return client.post(url, data | {"why-seen": seen})


def is_told_why(answer: Any) -> bool:
    """Whether the form came back with a sentence."""
    html = answer.content.decode()
    return 'class="error"' in html or 'role="alert"' in html


def correction_of(row: Any) -> str:
    kind = {"commitment": "commitments", "membership": "memberships", "ministry": "ministries"}[row._meta.model_name]
    return reverse("desk:subject_correct", args=[kind, getattr(row, "slug", None) or row.pk])


def promise(**changes: Any) -> dict[str, Any]:
    """The form of a new commitment, filled in."""
    least = {
        "statement": "Publish the report every year.",
        "lead_ministry": f"[{make_ministry().slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
    }
    return least | changes


def verdict(**changes: Any) -> dict[str, Any]:
    """The form of an assessment, filled in."""
    least = {"status": "in_progress", "effective_from": "2023-02-01", "rationale": "Work has begun.", "do": "submit"}
    return least | changes


class TestTwoClocks:
    """Rule 3: when something entered the record, and by whom, is never what a form says."""

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


class TestDeadlines:
    """Rule 4: deadlines move by an announcement with its source, or by a reading with its reason; no form moves them."""

    def test_a_period_there_is_none_of(self) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        url = correction_of(commitment)
        form = filled(editor, url) | {"why-note": "We misread it."}
        before = told()

        for due in ("2023-13", "2023-Q5", "2023-H3", "2023-02-30", "0000", "9999-99-99", "²⁰²³", "-1"):
            answer = editor.post(url, form | {"due": due})
            assert answer.status_code == 422 and is_told_why(answer), due
        assert told() == before

    @pytest.mark.parametrize("wrong", [{"due": "2022"}, {"due": "2023-04", "due_sureness": "fortnight"}])
    def test_a_public_deadline_before_the_promise_or_of_an_unknown_precision(self, wrong: dict[str, str]) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        before = told()

        assert correct(editor, correction_of(commitment), wrong).status_code == 422
        assert told() == before

    def test_an_unknown_precision_of_a_draft(self) -> None:
        draft, analyst = make_commitment(recorded_at=None), client_of("analyst")
        form = promise(due="2023-04", due_sureness="fortnight")
        before = told()

        assert analyst.post(f"/desk/commitments/{draft.slug}/edit/", form).status_code == 422
        assert told() == before

    def test_an_extension_rides_along_with_no_form(self) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        rider = {"kind": "action", "extended_to": "2030-01-01", "due_on": "2030-01-01", "due_precision": "year"}
        before = told()

        answer = correct(editor, correction_of(commitment), rider)

        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
        assert told() == before


class TestTerms:
    """Rules 4 and 5: what changed about a commitment enters by no page of the admin either."""

    @pytest.mark.parametrize("kind", TERMS)
    def test_the_admin_adds_none(self, kind: type[Model], admin_client: Client) -> None:
        commitment = make_commitment(is_conditional=True, condition="If it passes.", recurrence="yearly")
        forged = {"commitment": commitment.pk, "old": commitment.pk, "new": commitment.pk, "state": "triggered"}
        forged |= {"kind": "extended", "due_on": "2030-01-01", "happened_on": "2023-05-01", "reason": "-"}
        before = told()

        answer = admin_client.post(reverse(f"admin:tracking_{kind._meta.model_name}_add"), FORGED | forged)

        assert answer.status_code == 403
        assert told() == before


class TestConditions:
    """Rule 5: conditions, periods and successions are no fields of a form."""

    @pytest.mark.parametrize(
        "wrong", [{"is_conditional": "on", "condition": ""}, {"recurrence": "hourly"}, {"verifiability": "perhaps"}]
    )
    def test_a_condition_without_words_and_terms_there_are_none_of(self, wrong: dict[str, str]) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        before = told()

        assert correct(editor, correction_of(commitment), wrong).status_code == 422
        assert told() == before

    def test_a_condition_is_not_met_nor_a_series_ended_nor_a_promise_superseded_by_a_rider(self) -> None:
        commitment = make_commitment(is_conditional=True, condition="If it passes.", recurrence="yearly")
        make_occurrence(commitment=commitment)
        editor = client_of("editor")
        rider = {"state": "triggered", "triggered_on": "2023-05-01", "evidence": "1", "discontinued": "on"}
        rider |= {"superseded_by": commitment.slug, "successor": f"[{commitment.slug}]", "occurrences": ""}
        before = told()

        answer = correct(editor, correction_of(commitment), rider)

        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
        assert told() == before

    @pytest.mark.parametrize("which", ["another's", "0", "-1", "nonsense", "²", ENDLESS, "9" * 30])
    def test_a_period_of_another_series_is_not_assessed(self, which: str) -> None:
        commitment, other = make_commitment(recurrence="yearly"), make_occurrence()
        evidence, analyst = make_evidence(commitment=commitment), client_of("analyst")
        number = str(other.pk) if which == "another's" else which
        before = told()

        answer = analyst.post(
            f"/desk/commitments/{commitment.slug}/assess/?occurrence={number}", verdict(evidence=[evidence.pk])
        )

        assert answer.status_code == 404
        assert told() == before

    @pytest.mark.parametrize("which", ["another's", "0", "nonsense", ENDLESS])
    def test_an_assessment_replaces_none_of_another_commitment(self, which: str) -> None:
        commitment, other = make_commitment(), make_assessment()
        evidence, analyst = make_evidence(commitment=commitment), client_of("analyst")
        number = str(other.pk) if which == "another's" else which
        before = told()

        answer = analyst.post(
            f"/desk/commitments/{commitment.slug}/assess/", verdict(evidence=[evidence.pk], supersedes=number)
        )

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before


class TestReshuffles:
    """Rule 6: who holds which post, and what becomes of ministries."""

    @pytest.mark.parametrize("day", ["2021-01-01", "", "someday", "2023-02-30", "\x00", "9" * 400])
    def test_a_membership_ends_on_no_day_before_it_began(self, day: str) -> None:
        held, reviewer = make_membership(), client_of("reviewer")
        before = told()

        answer = reviewer.post(f"/desk/memberships/{held.pk}/end/", FORGED | {"ended_on": day})

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before

    def test_a_public_membership_is_neither_edited_nor_moved_to_a_post_that_is_held(self) -> None:
        held, other = make_membership(), make_membership()
        form = {"official": f"[{other.official.slug}]", "post": f"[{held.post.slug}]", "started_on": "2022-05-13"}
        before = told()

        edited = client_of("analyst").post(f"/desk/memberships/{other.pk}/edit/", form)
        corrected = correct(client_of("editor"), correction_of(other), {"post": f"[{held.post.slug}]"})

        assert (edited.status_code, corrected.status_code) == (422, 422)
        assert "Somebody else holds this post" in corrected.content.decode()
        assert told() == before

    def test_nobody_holds_a_post_backwards_by_correction(self) -> None:
        held, editor = make_membership(ended_on=date(2023, 7, 28)), client_of("editor")
        before = told()

        assert correct(editor, correction_of(held), {"ended_on": "2021"}).status_code == 422
        assert told() == before

    @pytest.mark.parametrize("role", ["viewer", "analyst", "reviewer"])
    def test_a_ministry_passes_into_another_by_an_editor_only(self, role: str) -> None:
        old, new = make_ministry(), make_ministry()
        form = {"what": "merged", "happened_on": "2024-05", "successor": f"[{new.slug}]"}
        before = told()

        assert client_of(role).post(f"/desk/ministries/{old.slug}/succeed/", form).status_code == 403
        assert told() == before

    @pytest.mark.parametrize(
        "wrong",
        [
            {"what": "abolished"},
            {"what": "same", "name": "x" * 201},
            {"what": "same", "name": "a\x00b"},
            {"what": "same", "name": "Play", "happened_on": "2020-01-01"},
            {"source_urls": "javascript:alert(1)"},
            {"successor": "[" + ENDLESS + "]"},
        ],
    )
    def test_nonsense_about_a_ministry_changes_none(self, wrong: dict[str, str]) -> None:
        ministry, other, editor = make_ministry(), make_ministry(), client_of("editor")
        MinistryName.objects.create(ministry=ministry, language="en", name=ministry.name, valid_from=date(2023, 1, 1))
        form = {"what": "merged", "happened_on": "2024-05", "successor": f"[{other.slug}]", "note": "-"} | wrong
        before = told()

        answer = editor.post(f"/desk/ministries/{ministry.slug}/succeed/", FORGED | form)

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before


class TestDrift:
    """Rule 7: how a promise was reworded is said by who may say it, and a slip of ours is none."""

    @pytest.fixture
    def restated(self) -> Statement:
        commitment = make_commitment(slug="reports")
        make_statement(commitment=commitment)
        return make_statement(commitment=commitment, said_on=date(2023, 6, 1), drift="number_lowered")

    @pytest.mark.parametrize("role", ["viewer", "analyst", "reviewer"])
    @pytest.mark.parametrize("drift", ["reworded", "", "nicer"])
    def test_what_was_said_is_said_anew_by_an_editor_only(self, restated: Statement, role: str, drift: str) -> None:
        before = told()

        answer = client_of(role).post(
            f"/desk/commitments/reports/drift/{restated.pk}/", FORGED | {"drift": drift, "note": "Forged."}
        )

        assert answer.status_code == 403
        assert told() == before

    @pytest.mark.parametrize("note", ["", "  ", "\x00", "\n"])
    def test_an_editor_needs_a_reason_that_can_be_read(self, restated: Statement, note: str) -> None:
        before = told()

        answer = client_of("editor").post(
            f"/desk/commitments/reports/drift/{restated.pk}/", {"drift": "reworded", "note": note}, follow=True
        )

        assert "Say why" in answer.content.decode()
        assert told() == before

    def test_a_statement_is_not_reached_through_another_commitment(self, restated: Statement) -> None:
        editor, other = client_of("editor"), make_commitment()
        before = told()

        for path in (f"{other.slug}/drift/{restated.pk}", "reports/drift/0", "reports/drift/" + "9" * 30):
            assert editor.post(f"/desk/commitments/{path}/", {"drift": "dropped", "note": "-"}).status_code == 404
        assert told() == before

    def test_correcting_a_slip_of_ours_is_no_drift_and_touches_no_assessment(self) -> None:
        statement = make_statement(commitment=make_commitment(statement="Publish tree reports."))
        make_assessment(commitment=statement.commitment)
        before = told()

        correct(
            client_of("editor"),
            correction_of(statement.commitment),
            {"statement": "Publish three reports.", "why-kind": "typo"},
        )

        after = told()
        (line,) = Correction.objects.all()
        assert (line.kind, line.affected_assessments.count()) == ("typo", 0)
        assert (after["Statement"], after["Assessment"]) == (before["Statement"], before["Assessment"])


class TestCorrections:
    """Rule 8: a published field changes by an editor, with a reason, after it was shown."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"why-note": ""},
            {"why-note": "\x00"},
            {"why-note": "x" * 1_001},
            {"why-kind": "news"},
            {"why-kind": "merger"},
            {"why-kind": ""},
        ],
    )
    def test_without_a_reason_that_can_be_read_nothing_changes(self, wrong: dict[str, str]) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        before = told()

        answer = correct(editor, correction_of(commitment), {"statement": "Else."} | wrong)

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before

    def test_what_no_correction_is_about_rides_along_with_none(self) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        rider = {"criteria": "Forged.", "aliases": "Forged", "tags": "forged", "id": "1", "i18n": "{}"}
        rider |= {"government": "1", "merged_into": "1"}
        before = told()

        answer = correct(editor, correction_of(commitment), FORGED | rider)

        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
        assert told() == before

    @pytest.mark.parametrize("seen", ["", "0" * 64, "forged", "é"])
    def test_what_was_not_shown_is_not_written(self, seen: str) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        url = correction_of(commitment)
        form = filled(editor, url) | {"statement": "Else.", "why-note": "Why.", "why-seen": seen}
        before = told()

        assert editor.post(url, form).status_code == 200
        assert told() == before

    @pytest.mark.parametrize("role", ["analyst", "reviewer"])
    def test_what_an_editor_was_shown_is_not_sent_by_another(self, role: str) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        url = correction_of(commitment)
        form = filled(editor, url) | {"statement": "Else.", "why-note": "Why."}
        seen = editor.post(url, form).context["reason"]["seen"].value()
        before = told()

        assert client_of(role).post(url, form | {"why-seen": seen}).status_code == 403
        assert told() == before

    @pytest.mark.parametrize("key", [ENDLESS, "9" * 30, "0", "no-such"])
    def test_a_row_there_is_none_of(self, key: str) -> None:
        editor = client_of("editor")

        for kind in ("memberships", "officials", "commitments"):
            assert editor.post(f"/desk/{kind}/{key}/correct/", {"why-note": "-"}).status_code == 404


class TestBlindRating:
    """Rule 9: the first rating is in nothing a second rater can read before having answered."""

    def test_it_is_in_no_reading_door(self, admin_client: Client, admin_user: Any) -> None:
        article = make_article()
        commitment = make_commitment()
        evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot)
        draft = make_assessment(
            commitment=commitment,
            evidence=[evidence],
            published=False,
            stage="submitted",
            submitted_at=NOW,
            status="stalled",
            rationale="The first rationale.",
        )
        invite_rater(assessment=draft, rater=admin_user, by=make_user(), at=NOW)
        readable = [
            f"/articles/{article.pk}/",
            f"/articles/{article.pk}/annotations.jsonld",
            f"/articles/{article.pk}/?format=json",
            f"/desk/articles/{article.pk}/",
            f"/desk/articles/{article.pk}/annotations.jsonld",
            f"/desk/commitments/{commitment.slug}/assess/",
            "/desk/",
            "/desk/reviews/",
            "/desk/commitments/",
            "/timeline/?format=json",
            "/corrections/?format=json",
            "/commitments/?format=csv",
            f"/ministries/{commitment.lead_ministry.slug}/?format=json",
            "/api/v1/docs/",
            "/api/v1/schema/",
        ]

        for path in readable:
            answer = admin_client.get(path)
            assert answer.status_code == 200, path
            assert "The first rationale." not in answer.content.decode(), path
        for path in (f"/api/v1/assessments/{draft.pk}/", f"/api/v1/commitments/{commitment.slug}/", "/api/v1/reviews/"):
            assert admin_client.get(path).status_code == 404, path
        for verb in ("remark", "publish", "return", "withdraw", "adjudicate", "uninvite"):
            assert admin_client.post(f"/desk/reviews/{draft.pk}/", {"do": verb, "body": "-"}).status_code == 404, verb


LISTS = ("/commitments/", "/initiatives/", "/officials/", "/articles/", "/corrections/")
MOMENTS = (
    "as_of=9999-01-01",
    "as_of=soon",
    "as_of=2023-02-30",
    "as_of=0001-01-01",
    "as_of=2023-01-01&as_of=2023-01-02",
    "as_of=" + ENDLESS,
    "as_of=%00",
    "known_at=9999-01-01",
    "known_at=2023-13-01",
    "known_at=2023-01-01T25:00",
    "known_at=2023-01-01T00:00%2B99:00",
)


def sentence_of(answer: Any) -> str:
    """What a refusal says: by itself to a program that reads JSON, on a page to everybody else."""
    if answer["Content-Type"] == "application/json":
        return str(answer.json()["detail"])
    told = answer.context["sentence"] if "sentence" in answer.context else answer.context["reason"]
    return str(told)


PLACES = ("nonsense", "~", "~-1", f"~{ENDLESS}", "2023-02-30~1", "%00~1", "9999-99-99T99~1", "²~²")


class TestRates:
    """Rule 10: figures are told of moments there are, in forms there are; anything else gets a sentence."""

    @pytest.mark.parametrize("form", ["json", "csv"])
    def test_a_twin_of_a_moment_there_is_none_of_says_so(self, client: Client, form: str) -> None:
        for path in ("/ministries/", "/commitments/"):
            for moment in MOMENTS:
                answer = client.get(f"{path}?format={form}&{moment}")

                assert answer.status_code == 400, (path, moment)
                assert f"“{moment.partition('=')[0]}”" in sentence_of(answer), (path, moment)

    def test_figures_come_in_no_other_form(self, client: Client) -> None:
        for form in ("xml", "JSON", "json%20", ENDLESS):
            answer = client.get(f"/ministries/?format={form}")

            assert answer.status_code == 400, form
            assert "“format” may be" in answer.content.decode(), form

    def test_a_place_there_is_none_of(self, client: Client) -> None:
        for path in LISTS:
            for place in PLACES:
                for side in ("after", "before"):
                    answer = client.get(f"{path}?format=json&{side}={place}")
                    assert answer.status_code in (400, 404), (path, place)
                    assert answer.json()["detail"], (path, place)


NO_TIMELINE = (
    "kind=gossip",
    "kind=status&kind=gossip",
    "kind=%00",
    "order=sideways",
    "page=nonsense",
    "page=2023-02-30",
    "page=" + ENDLESS,
    "page=~",
    "page=%00",
    "page=-1",
    "page=²",
    "page=20230101T000000.0-" + ENDLESS,
    "page=20230101T000000.0-" + "9" * 30,
    *MOMENTS,
)


class TestTimeline:
    """Rule 11: a timeline is asked for kinds and pages there are; anything else gets a sentence."""

    @pytest.mark.parametrize("form", ["html", "json", "csv"])
    def test_nonsense_gets_a_sentence(self, client: Client, form: str) -> None:
        for query in NO_TIMELINE:
            answer = client.get(f"/timeline/?{query}&format={form}")

            assert answer.status_code in (400, 404), query
            assert len(sentence_of(answer)) > len("Start again."), query

    def test_of_a_subject_too(self, client: Client) -> None:
        make_ministry(slug="mou")

        for query in NO_TIMELINE[:13]:
            assert client.get(f"/ministries/mou/?{query}").status_code in (400, 404), query
