"""We know who held which post and what becomes of ministries, and that a government's commitments do not close silently (rule 6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from policytracker.government.models import Commitment, Government, Ministry, MinistryName, Post
from policytracker.tracking.models import ClosingRound, Supersession
from tests.desk.conftest import client_of
from tests.factories import (
    EARLY,
    NOW,
    make_assessment,
    make_commitment,
    make_government,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_user,
)
from tests.refusals import refused_by, run_sql
from tests.threads import overlapping
from tests.tracking.rules.attacks import (
    ENDLESS,
    FORGED,
    admin_adds_none,
    admin_refuses,
    admin_url,
    api_writes_nothing,
    correct,
    correction_of,
    is_told_why,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def government() -> Government:
    return make_government()


@pytest.fixture
def closing(government: Government) -> ClosingRound:
    return ClosingRound.objects.create(government=government, opened_at=EARLY, opened_by=make_user())


def close(closing: ClosingRound) -> None:
    run_sql("UPDATE tracking_closinground SET closed_at = %s WHERE id = %s", [NOW, closing.pk])


def pledge(government: Government, **fields: object) -> Commitment:
    """A commitment of that government."""
    return make_commitment(government=government, **fields)


def gone() -> Post:
    """A post of a body that was dissolved in May 2024."""
    return make_post(ministry=make_ministry(dissolved_on=date(2024, 5, 1), dissolved_precision="month"))


def borne() -> MinistryName:
    """A name that a body bears, on record since early on."""
    return MinistryName.objects.create(
        ministry=make_ministry(), name="Ministry of Unification", valid_from=date(2023, 1, 1), recorded_at=EARLY
    )


class TestPage:
    """The desk's forms."""

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

    def test_a_round_with_something_left_is_not_closed(self, government: Government, closing: ClosingRound) -> None:
        pledge(government)

        answer = client_of("editor").post(f"/desk/closing/{government.slug}/close/", FORGED, follow=True)

        closing.refresh_from_db()
        assert closing.closed_at is None
        assert "has no closing assessment" in answer.content.decode()

    def test_a_body_that_passes_on_while_somebody_holds_a_post_of_it_gets_a_sentence(self) -> None:
        held, successor = make_membership(), make_ministry()
        body = held.post.ministry
        form = {"what": "merged", "happened_on": "2024-05", "successor": f"[{successor.slug}]", "note": "-"}
        editor = client_of("editor")
        before = told()

        answer = editor.post(f"/desk/ministries/{body.slug}/succeed/", form)

        assert answer.status_code == 422
        assert f"after its last day: {held.official} ({held.post})" in answer.content.decode()
        assert told() == before

    def test_nobody_is_published_into_a_body_that_is_no_more(self) -> None:
        draft = make_membership(post=gone(), recorded_at=None)

        answer = client_of("reviewer").post(f"/desk/memberships/{draft.pk}/publish/", follow=True)

        draft.refresh_from_db()
        assert draft.recorded_at is None
        assert "Record first that they left" in answer.content.decode()


class TestAdmin:
    """Somebody with all rights in the admin."""

    @pytest.mark.parametrize("make", [make_ministry, make_official, make_post, make_membership])
    def test_the_admin_forges_and_deletes_nothing_published(
        self, make: Callable[[], Any], admin_client: Client
    ) -> None:
        admin_refuses(admin_client, make())

    def test_the_admin_gives_a_post_to_no_second_holder(self, admin_client: Client) -> None:
        held = make_membership()
        form = {
            "official": make_official().pk,
            "post": held.post.pk,
            "started_on": "2023-01-01",
            "started_precision": "day",
        }
        form |= {"attested_on": "", "source_urls": "[]", "note": "", "ended_on": ""}
        before = told()

        answer = admin_client.post(reverse("admin:government_membership_add"), form)

        assert "Somebody else holds this post" in str(answer.context["errors"])
        assert told() == before

    def test_the_admin_publishes_nobody_into_a_body_that_is_no_more(self, admin_client: Client) -> None:
        draft = make_membership(post=gone(), recorded_at=None)
        chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}

        answer = admin_client.post(admin_url(draft, "changelist"), chosen, follow=True)

        draft.refresh_from_db()
        assert draft.recorded_at is None
        assert "Record first that they left" in answer.content.decode()

    def test_the_admin_closes_no_round(
        self, government: Government, closing: ClosingRound, admin_client: Client
    ) -> None:
        admin_refuses(admin_client, closing)
        admin_adds_none(admin_client, ClosingRound, government=government.pk, closed_at="2025-01-01")


class TestApi:
    """Programs."""

    def test_no_address_changes_who_holds_what(self, admin_client: Client) -> None:
        held = make_membership(post=make_post(ministry=make_ministry(slug="mou")))
        api_writes_nothing(
            admin_client,
            "/api/v1/memberships/",
            f"/api/v1/memberships/{held.pk}/",
            "/api/v1/ministries/mou/",
            "/ministries/mou/?format=json",
            f"/officials/{held.official.slug}/?format=json",
            ended_on="2023-01-01",
            dissolved_on="2023-01-01",
        )

    def test_a_membership_nobody_published_is_in_no_twin(self, client: Client) -> None:
        post = make_post(ministry=make_ministry(slug="mou"), label="Minister", is_head=True)
        make_membership(
            post=post, official=make_official(slug="kwon"), started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1)
        )
        make_membership(post=post, official=make_official(), note="SECRET", recorded_at=None)

        for path in ("/ministries/mou/", "/officials/", "/officials/kwon/", "/timeline/"):
            for form in ("json", "csv"):
                assert "SECRET" not in client.get(f"{path}?format={form}").content.decode(), path


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_an_open_commitment_keeps_the_round_open(self, government: Government, closing: ClosingRound) -> None:
        commitment = pledge(government)
        make_assessment(commitment=commitment, status="in_progress")

        with refused_by("nothing_closes_silently"):
            close(closing)

        make_assessment(commitment=commitment, status="stalled", effective_from=date(2025, 6, 4), closing_round=closing)
        close(closing)

    def test_what_is_concluded_superseded_or_a_draft_needs_no_closing(
        self, government: Government, closing: ClosingRound
    ) -> None:
        make_assessment(commitment=pledge(government), status="fulfilled")
        Supersession.objects.create(old=pledge(government), happened_on=date(2024, 1, 1), recorded_at=NOW)
        pledge(government, recorded_at=None)
        pledge(make_government())

        close(closing)

    def test_a_closing_assessment_is_of_the_same_government(self, closing: ClosingRound) -> None:
        with refused_by("closing_round_is_of_the_government"):
            make_assessment(commitment=pledge(make_government()), closing_round=closing)

    @pytest.mark.parametrize(
        "days",
        [
            {"started_on": date(2022, 6, 1)},
            {"started_on": date(2021, 1, 1)},
            {"started_on": date(2021, 1, 1), "ended_on": date(2023, 1, 1)},
            {"started_on": date(2023, 1, 1), "recorded_at": None},
        ],
    )
    def test_a_post_of_one_holder_is_not_held_by_two(self, days: dict[str, Any]) -> None:
        held = make_membership()

        with refused_by("post_has_one_holder_at_a_time"):
            make_membership(post=held.post, **days)
        make_membership(post=held.post, is_acting=True, **days)

    @pytest.mark.parametrize(
        "days",
        [
            {},
            {"ended_on": date(2024, 6, 1)},
            {"ended_on": date(2024, 6, 30), "ended_precision": "month"},
            {"started_on": None, "attested_on": [date(2022, 1, 1), date(2024, 7, 1)]},
        ],
    )
    def test_nobody_holds_a_post_of_a_body_after_its_last_day(self, days: dict[str, Any]) -> None:
        held = make_membership(**days)
        body = held.post.ministry
        last = {"dissolved_on": date(2024, 5, 1), "dissolved_precision": "month"}

        with refused_by("dissolved_body_has_no_holders"):
            Ministry.objects.filter(pk=body.pk).update(**last)
        with refused_by("dissolved_body_has_no_holders"):
            make_membership(post=gone(), **days)

    @pytest.mark.parametrize(
        "days",
        [
            {"ended_on": date(2024, 5, 31)},
            {"ended_on": date(2024, 5, 31), "ended_precision": "month"},
            {"ended_on": date(2024, 6, 30), "ended_precision": "quarter"},
            {"ended_on": date(2024, 6, 30), "ended_precision": "half"},
            {"ended_on": date(2024, 12, 31), "ended_precision": "year"},
            {"started_on": None, "attested_on": [date(2024, 5, 31)]},
            {"recorded_at": None},
        ],
    )
    def test_who_left_by_then_or_may_have_held_it(self, days: dict[str, Any]) -> None:
        held = make_membership(**days)

        Ministry.objects.filter(pk=held.post.ministry.pk).update(
            dissolved_on=date(2024, 5, 1), dissolved_precision="month"
        )
        make_membership(post=gone(), **days)

    def test_a_post_that_is_held_moves_to_no_body_that_is_no_more(self) -> None:
        held, other = make_membership(), gone()

        with refused_by("dissolved_body_has_no_holders"):
            type(other).objects.filter(pk=held.post.pk).update(ministry=other.ministry)

    def test_a_draft_of_a_body_says_nothing_yet(self) -> None:
        post = make_post(
            ministry=make_ministry(recorded_at=None, dissolved_on=date(2024, 5, 1), dissolved_precision="day")
        )
        make_membership(post=post)

        with refused_by("dissolved_body_has_no_holders"):
            Ministry.objects.filter(pk=post.ministry.pk).update(recorded_at=NOW)

    @pytest.mark.parametrize("field", ["name", "valid_from", "recorded_at", "language"])
    def test_a_name_that_was_borne_is_not_rewritten(self, field: str) -> None:
        name = borne()
        value = {"name": "Forged", "valid_from": date(2020, 1, 1), "recorded_at": NOW, "language": "ko"}[field]

        with refused_by("append_only"):
            MinistryName.objects.filter(pk=name.pk).update(**{field: value})

    def test_the_end_of_a_name_is_recorded_once_with_its_moment(self) -> None:
        name = borne()
        rows = MinistryName.objects.filter(pk=name.pk)

        with refused_by("append_only"):
            rows.update(valid_until=date(2025, 1, 1))
        rows.update(valid_until=date(2025, 1, 1), end_recorded_at=NOW)
        with refused_by("append_only"):
            rows.update(valid_until=date(2025, 2, 1))


class TestSql:
    """Somebody at the server's own prompt."""

    def test_a_closed_round_stays_closed(self, closing: ClosingRound) -> None:
        close(closing)

        with refused_by("append_only"):
            run_sql("UPDATE tracking_closinground SET closed_at = NULL")

    def test_the_days_nobody_else_may_hold_are_not_for_the_writer_to_say(self) -> None:
        held, other = make_membership(), make_official()

        with refused_by("post_has_one_holder_at_a_time"):
            run_sql(
                "INSERT INTO government_membership (official_id, post_id, started_on, started_precision, ended_precision, "
                "is_acting, attested_on, note, source_urls, exclusive_tenure, recorded_at, i18n) "
                "VALUES (%s, %s, '2023-01-01', 'day', '', false, '{}', '', '[]', 'empty', %s, '{}')",
                [other.pk, held.post.pk, NOW],
            )
        with refused_by("post_has_one_holder_at_a_time"):
            run_sql(
                "INSERT INTO government_membership (official_id, post_id, started_on, started_precision, ended_precision, "
                "is_acting, attested_on, note, source_urls, exclusive_tenure, i18n) "
                "VALUES (%s, %s, '2023-01-01', 'day', '', false, '{}', '', '[]', NULL, '{}')",
                [other.pk, held.post.pk],
            )

    def test_a_body_is_not_dissolved_under_its_holders_nor_a_holder_put_into_it(self) -> None:
        held, post = make_membership(), gone()

        with refused_by("dissolved_body_has_no_holders"):
            run_sql(
                "UPDATE government_ministry SET dissolved_on = '2024-05-01', dissolved_precision = 'day' WHERE id = %s",
                [held.post.ministry.pk],
            )
        with refused_by("dissolved_body_has_no_holders"):
            run_sql("UPDATE government_membership SET post_id = %s WHERE id = %s", [post.pk, held.pk])

    def test_a_name_that_was_borne_is_not_struck(self) -> None:
        with refused_by("append_only"):
            run_sql("DELETE FROM government_ministryname WHERE id = %s", [borne().pk])

    @pytest.mark.parametrize("make", [make_ministry, make_official, make_post, make_membership])
    def test_what_was_public_is_not_deleted(self, make: Callable[[], Any]) -> None:
        row = make()

        with refused_by("published_row_stays"):
            run_sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who_comes_first", ["the end", "the appointment"])
def test_nobody_is_appointed_while_the_body_is_dissolved(who_comes_first: str) -> None:
    post, official = make_post(), make_official()

    def dissolve() -> None:
        Ministry.objects.filter(pk=post.ministry.pk).update(dissolved_on=date(2024, 5, 1), dissolved_precision="day")

    def appoint() -> None:
        make_membership(post=post, official=official)

    with pytest.raises(IntegrityError) as refusal:
        overlapping(*((dissolve, appoint) if who_comes_first == "the end" else (appoint, dissolve)))

    assert refusal.value.__cause__.diag.constraint_name == "dissolved_body_has_no_holders"
