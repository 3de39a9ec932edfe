"""We know that a published field changes by an editor, with a reason, after it was shown, and that the ledger tells it (rule 8)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from policytracker.tracking.actions.corrections import StillADraft, correct_field
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Correction
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    make_article,
    make_commitment,
    make_event,
    make_initiative,
    make_ministry,
    make_official,
    make_post,
    make_user,
)
from tests.refusals import refused_by, run_sql
from tests.tracking.rules.attacks import (
    ENDLESS,
    FORGED,
    admin_adds_none,
    admin_refuses,
    api_writes_nothing,
    correct,
    correction_of,
    filled,
    is_told_why,
    settle,
    told,
)

pytestmark = pytest.mark.django_db


class TestPage:
    """The desk's forms."""

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


class TestAdmin:
    """Somebody with all rights in the admin."""

    @pytest.mark.parametrize("make", [make_commitment, make_initiative, make_event])
    def test_the_admin_forges_and_deletes_nothing_published(
        self, make: Callable[[], Any], admin_client: Client
    ) -> None:
        admin_refuses(admin_client, make())

    def test_the_admin_writes_no_line_of_the_ledger(self, admin_client: Client) -> None:
        line = correct_field(target=make_commitment(), field="note", value="b", note="Slip.", by=make_user(), at=NOW)

        admin_refuses(admin_client, line)
        admin_adds_none(admin_client, Correction, target_kind="commitment", target_id=1, field="note", note="Forged.")


class TestApi:
    """Programs."""

    def test_no_address_corrects(self, admin_client: Client) -> None:
        make_commitment(slug="yearly")
        api_writes_nothing(
            admin_client,
            "/api/v1/corrections/",
            "/api/v1/commitments/yearly/",
            "/corrections/?format=json",
            "/commitments/yearly/?format=json",
            statement="Else.",
            note="Forged.",
        )

    def test_a_correction_of_a_draft_is_in_no_twin_or_feed(self, client: Client) -> None:
        draft = make_commitment(recorded_at=None)

        with pytest.raises(StillADraft):
            correct_field(target=draft, field="statement", value="SECRET", note="SECRET", by=make_user(), at=NOW)

        for path in ("/corrections/?format=json", "/corrections/?format=csv", "/corrections/feed.atom"):
            assert "SECRET" not in client.get(path).content.decode(), path


class TestOrm:
    """A programmer at the shell, past every action."""

    @pytest.mark.parametrize(
        ("make", "field"),
        [
            (make_commitment, "statement"),
            (make_initiative, "name"),
            (make_ministry, "name"),
            (make_official, "name"),
            (make_post, "label"),
            (make_event, "text"),
            (make_article, "headline"),
        ],
    )
    def test_no_public_field_changes_unsaid(self, make: Callable[[], Any], field: str) -> None:
        row = make()
        setattr(row, field, "forged")

        with refused_by("published_field_changes_with_a_correction"):
            row.save()
            settle()

    @pytest.mark.parametrize(
        "lie",
        [
            {"before": "never so", "after": "forged"},
            {"before": "", "after": "forged, and not done"},
            {"before": "", "after": ""},
            {"target_id": 0},
            {"target_kind": "secret"},
        ],
    )
    def test_a_line_that_does_not_fit_the_record_is_none(self, lie: dict[str, Any]) -> None:
        line = {"target_kind": "commitment", "target_id": make_commitment().pk, "field": "note", "note": "Trust me."}
        values = {"before": "", "after": "b", "kind": "fact", "made_by": make_user(), "recorded_at": NOW}

        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(**line | values | lie)
            settle()
        assert ledger_faults() == []


class TestSql:
    """Somebody at the server's own prompt."""

    def test_a_told_change_needs_the_change_and_a_change_its_line(self) -> None:
        commitment = make_commitment()
        line = (
            "INSERT INTO tracking_correction "
            "(target_kind, target_id, field, before, after, kind, note, made_by_id, recorded_at) "
            "VALUES ('commitment', %s, 'note', '\"\"', '\"b\"', 'fact', 'Slip.', %s, now())"
        )
        changed = "UPDATE government_commitment SET note = 'b' WHERE id = %s"

        told_by = [commitment.pk, make_user().pk]

        with refused_by("correction_fits_the_record"):
            run_sql(line, told_by)
            settle()
        with refused_by("published_field_changes_with_a_correction"):
            run_sql(changed, [commitment.pk])
            settle()
        run_sql(changed, [commitment.pk])
        run_sql(line, told_by)
        settle()
        assert ledger_faults() == []

    @pytest.mark.parametrize("make", [make_commitment, make_initiative, make_event, make_article])
    def test_what_was_public_is_not_deleted(self, make: Callable[[], Any]) -> None:
        row = make()

        with refused_by("published_row_stays"):
            run_sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
