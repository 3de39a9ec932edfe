"""We know that a number no row can have is nobody's, wherever an address or a form of the desk takes one."""

import pytest

from policytracker.desk.numbers import LARGEST, number_in
from tests.factories import make_article, make_mention, make_ministry

pytestmark = pytest.mark.django_db
NOBODYS = ("1" * 5_000, "9" * 30, "-1", "²", "")


@pytest.mark.parametrize("words", [*NOBODYS, str(LARGEST + 1), "1.0", " 1", "\x00"])
def test_what_no_row_can_have_is_no_number(words):
    assert number_in(words) is None


@pytest.mark.parametrize("number", [0, 7, LARGEST])
def test_what_a_row_can_have_is_one(number):
    assert number_in(str(number)) == number


def test_addresses_with_such_numbers_are_answered(analyst):
    article = make_article().pk
    addresses = {
        "/desk/commitments/?before={}": 200,
        "/desk/reference/officials/new/?article={}": 200,
        f"/desk/articles/{article}/?s={{}}": 200,
        f"/desk/articles/{article}/?snapshot={{}}": 404,
        "/desk/commitments/new/?candidate={}": (200, 404),
        "/desk/reference/memberships/{}/": 404,
        "/desk/articles/{}/": 404,
    }

    for address, status in addresses.items():
        for words in NOBODYS[:4]:
            answer = analyst.get(address.format(words))
            assert answer.status_code in (status if isinstance(status, tuple) else (status,)), (address, words[:40])


def test_forms_with_such_numbers_decide_nothing(analyst):
    mention = make_mention(ministry=make_ministry())

    for words in NOBODYS:
        analyst.post(f"/desk/articles/{mention.article_id}/mentions/", {"decision": f"confirm:{words}"})
        analyst.post(f"/desk/articles/{mention.article_id}/mentions/", {"decision": "confirm", "mention": [words]})
        analyst.post("/desk/commitments/new/", {"made_by": f"[{words}]"})

    mention.refresh_from_db()
    assert mention.state == "proposed"
