"""We know that terms of office are kept at the desk, and that a change of government opens its closing round."""

from datetime import date

import pytest

from policytracker.government.models import Government
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import ClosingRound
from tests.desk.test_subject_correct import correct, settle
from tests.factories import make_commitment, make_government

pytestmark = pytest.mark.django_db
NEW = "/desk/reference/governments/new/"
NEXT = "/desk/governments/yoon/succeed/"
LEAST = {"name": "Yoon government", "country": "KR", "time_zone": "Asia/Seoul", "started_on": "2022-05-10"}
CHANGE = {"ended_on": "2025-04-04", "started_on": "2025-06-04", "source_urls": "https://news.example.org/next"}


@pytest.fixture
def yoon():
    return make_government(slug="yoon")


def test_a_government_is_drafted_and_published(analyst, reviewer):
    saved = analyst.post(NEW, LEAST | {"name_ko": "윤석열 정부"})

    government = Government.objects.get()
    assert saved["Location"] == f"/desk/reference/governments/{government.slug}/"
    assert (government.name_ko, government.started_on, government.recorded_at) == (
        "윤석열 정부",
        date(2022, 5, 10),
        None,
    )
    reviewer.post(f"/desk/governments/{government.slug}/publish/")
    government.refresh_from_db()
    assert government.is_published
    assert "Its closing round" in reviewer.get(saved["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"time_zone": "Asia/Pyeongchang"}, "is no time zone"),
        ({"time_zone": "../etc/passwd"}, "is no time zone"),
        ({"started_on": "May 2022"}, "Enter a valid date"),
        ({"ended_on": "2020-01-01"}, "ends after it began"),
        ({"ended_on": "2999-01-01"}, "not in the future"),
        ({"country": "KOR"}, "at most 2"),
        ({"predecessor": "99999999999999999999999"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_and_the_words_stay(analyst, typed, sentence):
    refused = analyst.post(NEW, LEAST | {"name": "Typed with care"} | typed)

    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert "Typed with care" in refused.content.decode()
    assert not Government.objects.exists()


def test_one_that_took_office_on_the_same_day_is_warned_of(analyst, yoon):
    warned = analyst.post(NEW, LEAST)

    assert warned.status_code == 422
    assert 'href="/desk/reference/governments/yoon/"' in warned.content.decode()


def test_another_government_takes_over_and_the_round_of_the_first_opens(editor, yoon):
    make_commitment(government=yoon)
    assert f'href="{NEXT}"' in editor.get("/desk/closing/yoon/").content.decode()

    page = editor.post(NEXT, CHANGE | {"name": "Lee government", "name_ko": "이재명 정부"}, follow=True)

    settle()
    yoon.refresh_from_db()
    following = Government.objects.get(predecessor=yoon)
    assert yoon.ended_on == date(2025, 4, 4)
    assert (following.name_ko, following.started_on) == ("이재명 정부", date(2025, 6, 4))
    assert (following.country, following.time_zone, following.is_published) == ("KR", "Asia/Seoul", True)
    assert ClosingRound.objects.get().government == yoon
    assert "1 open commitment has no closing assessment yet" in page.content.decode()
    assert f'href="{NEXT}"' not in page.content.decode()
    assert ledger_faults() == []


@pytest.mark.parametrize("recorded", [{}, {"recorded_at": None}])
def test_the_next_one_may_be_on_record_already(editor, yoon, recorded):
    lee = make_government(slug="lee", name="Lee government", started_on=date(2025, 6, 4), **recorded)

    editor.post(NEXT, CHANGE | {"successor": lee.pk})

    settle()
    lee.refresh_from_db()
    assert (lee.predecessor, lee.is_published) == (yoon, True)
    assert lee.source_urls == ["https://news.example.org/next"]
    assert ledger_faults() == []


def test_the_next_one_took_office_on_its_own_day(editor, yoon):
    lee = make_government(slug="lee", name="Lee government", started_on=date(2025, 6, 3))

    refused = editor.post(NEXT, CHANGE | {"successor": lee.pk})

    assert "took office on 2025-06-03" in refused.content.decode()
    yoon.refresh_from_db()
    assert yoon.ended_on is None and not ClosingRound.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Say what it is called."),
        ({"ended_on": "2021-01-01"}, "ends after it began"),
        ({"started_on": "2025-04-01"}, "begins when this one has ended"),
        ({"started_on": "2999-04-01"}, "not in the future"),
        ({"source_urls": ""}, "required"),
        ({"source_urls": "nonsense at all"}, "Enter a valid URL"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(editor, yoon, typed, sentence):
    refused = editor.post(NEXT, CHANGE | {"name": "Lee government"} | typed)

    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    assert (CHANGE | typed)["started_on"] in refused.content.decode()
    yoon.refresh_from_db()
    assert yoon.ended_on is None and not ClosingRound.objects.exists()


def test_a_second_next_one_is_refused(editor, yoon):
    editor.post(NEXT, CHANGE | {"name": "Lee government"})

    again = editor.post(NEXT, CHANGE | {"name": "Lee government"})

    assert "Another government followed this one already." in again.content.decode()
    assert Government.objects.count() == 2


def test_an_end_is_no_correction_but_a_wrong_one_is_corrected(editor, yoon):
    url = "/desk/governments/yoon/correct/"
    assert "ended_on" not in editor.get(url).context["form"].fields
    editor.post(NEXT, CHANGE | {"name": "Lee government"})

    correct(editor, url, ended_on="2025-04-03", note="The ruling came a day earlier.")

    settle()
    yoon.refresh_from_db()
    assert yoon.ended_on == date(2025, 4, 3)
    assert ledger_faults() == []


def test_only_editors_change_governments(reviewer, yoon):
    assert reviewer.get(NEXT).status_code == 403
    assert NEXT not in reviewer.get("/desk/closing/yoon/").content.decode()
