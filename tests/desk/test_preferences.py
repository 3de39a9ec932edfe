"""We know that the desk and its mails keep to the language, the zone and the cadence that somebody chose."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from policytracker.tracking.models import Follow, Preference
from tests.factories import NOW, make_annotation, make_commitment, make_user

pytestmark = pytest.mark.django_db

HERE = reverse("desk:preferences")
CHOSEN = {"language": "ko", "time_zone": "America/New_York", "wants_mail": "on", "cadence": "weekly"}


def test_what_is_chosen_is_kept_and_shown_again(viewer: Client) -> None:
    answer = viewer.post(HERE, CHOSEN, follow=True)

    kept = Preference.objects.get(user=viewer.user)
    assert (kept.language, kept.time_zone, kept.wants_mail, kept.cadence) == ("ko", "America/New_York", True, "weekly")
    page = answer.content.decode()
    assert '<html lang="ko"' in page
    assert '<option value="America/New_York" selected>' in page
    assert answer.headers["Content-Language"] == "ko"


def test_the_desk_speaks_the_chosen_language_whatever_the_browser_asks(viewer: Client) -> None:
    Preference.objects.create(user=viewer.user, language="ko")

    page = viewer.get(reverse("desk:inbox"), headers={"accept-language": "en"})

    assert '<html lang="ko"' in page.content.decode()
    assert '<html lang="ko"' in viewer.get(reverse("mfa_index")).content.decode()


def test_nobody_elses_language_is_touched(viewer: Client, client: Client) -> None:
    Preference.objects.create(user=viewer.user, language="ko")
    viewer.get(HERE)

    assert '<html lang="en"' in client.get(reverse("account_login")).content.decode()


def test_times_are_shown_in_the_chosen_zone(viewer: Client) -> None:
    note = make_annotation(created_at=datetime(2026, 3, 1, 3, 30, tzinfo=UTC))
    address = reverse("desk:annotation_detail", args=[note.uuid])
    in_seoul = viewer.get(address).content.decode()
    Preference.objects.create(user=viewer.user, time_zone="America/New_York")

    in_new_york = viewer.get(address).content.decode()

    assert "1 March 2026, 12:30" in in_seoul
    assert "28 February 2026, 22:30" in in_new_york


def test_a_zone_that_is_gone_is_no_error(viewer: Client) -> None:
    Preference.objects.create(user=viewer.user, time_zone="Mars/Olympus")

    assert viewer.get(HERE).status_code == 200


def test_what_is_followed_begins_with_the_chosen_cadence(viewer: Client) -> None:
    Preference.objects.create(user=viewer.user, cadence="weekly")
    commitment = make_commitment()

    viewer.post(reverse("desk:follow_add"), {"kind": "commitment", "slug": commitment.slug})

    assert Follow.objects.get().cadence == "weekly"


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"cadence": "hourly"}])
def test_what_there_is_not_is_not_kept(viewer: Client, wrong: dict[str, str]) -> None:
    answer = viewer.post(HERE, CHOSEN | wrong)

    assert answer.status_code == 422
    assert not Preference.objects.filter(user=viewer.user).exists()


def test_switching_mails_on_again_forgets_that_one_came_back(viewer: Client) -> None:
    Preference.objects.create(user=viewer.user, wants_mail=False, mail_bounced_at=NOW)
    assert "came back" in viewer.get(HERE).content.decode()

    viewer.post(HERE, CHOSEN | {"language": "en"})

    assert "came back" not in viewer.get(HERE).content.decode()
    assert Preference.objects.get(user=viewer.user).wants_mail


def test_mails_about_the_account_are_in_its_owners_language(client: Client) -> None:
    user = make_user("reader")
    Preference.objects.create(user=user, language="ko")

    client.post(reverse("account_reset_password"), {"email": user.email})

    assert "비밀번호" in mail.outbox[0].subject


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(HERE).status_code == 302


def test_preferences_cost_no_query_of_their_own(viewer: Client, django_assert_num_queries: object) -> None:
    Preference.objects.create(user=viewer.user, language="ko", time_zone="UTC")

    with django_assert_num_queries(3):  # session, user with preferences, role
        viewer.get(HERE)
