from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Document
from articles.importing.moments import SEOUL
from articles.importing.plaintext import read_copied, read_text
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "kbs-world-2023-01-27.txt"
KST = timezone(timedelta(hours=9))
SENTENCE = (
    "The harbour ministry said on Tuesday that mooring fees for small boats will not rise before the end of next year."
)


@pytest.fixture
def seed():
    """Return the draft of the seed text, which lies beside the project and not in it."""
    if not SEED.exists():
        pytest.skip(f"the seed text is not there: {SEED.name} in ../shared/seed")
    return read_text(Document(body=SEED.read_bytes()))


def test_the_seed_gives_its_head(seed):
    assert seed.headline == "Unification Ministry to Seek Contact with N. Korea, Focus on Human Rights This Year"
    assert seed.section == "Politics"
    assert seed.published_at == datetime(2023, 1, 27, 16, 14, 18, tzinfo=KST)
    assert seed.updated_at == datetime(2023, 1, 27, 19, 30, 21, tzinfo=KST)
    assert seed.image_credit == "YONHAP News"
    assert seed.publisher == "KBS World"
    assert seed.language == "en"
    assert seed.byline == ""


def test_the_seed_gives_its_body_and_nothing_of_the_page(seed):
    assert len(seed.paragraphs) == 9
    assert seed.paragraphs[0].startswith("South Korea plans to seek")
    assert seed.paragraphs[-1].endswith("including in English.")
    assert seed.headline not in seed.text
    for word in ("Menu Content", "Go Top", "Editor's Pick", "cookies", "Close", "YONHAP", "Written:"):
        assert word not in seed.text


def test_a_text_with_a_head_of_fields_is_read_by_them():
    text = f"Title: Fees frozen\nBy: Marta Ellwood\nDate: 2023-01-27 16:14 KST\nSource: Coast Courier\nURL: https://coast.example/a\n\n{SENTENCE}\n\n{SENTENCE} Again."

    draft = read_copied(text)

    assert (draft.headline, draft.authors, draft.publisher) == ("Fees frozen", ("Marta Ellwood",), "Coast Courier")
    assert draft.published_at == datetime(2023, 1, 27, 16, 14, tzinfo=KST)
    assert draft.url == "https://coast.example/a"
    assert len(draft.paragraphs) == 2


def test_a_korean_text_is_read():
    text = "정치\n\n해양개척부, 소형 어선 사용료 동결\n\n입력 2023.01.27 오후 4:14\n수정 2023.01.27 19:30\n\n공유하기\n페이스북\n\n도하람 기자\n\n해양개척부가 소형 어선의 사용료를 올리지 않기로 했다. 겨우내 인상 방침을 고수하던 태도를 바꾼 것이다.\n\n부처는 6주 안에 고시안을 내겠다고 밝혔다.\n\n저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지\n\n많이 본 뉴스\n옛 파출소에 빵집"

    draft = read_copied(text)

    assert draft.headline == "해양개척부, 소형 어선 사용료 동결"
    assert draft.section == "정치"
    assert draft.authors == ("도하람",)
    assert draft.published_at == datetime(2023, 1, 27, 16, 14, tzinfo=KST)
    assert draft.updated_at == datetime(2023, 1, 27, 19, 30, tzinfo=KST)
    assert draft.language == "ko"
    assert len(draft.paragraphs) == 2


def test_lines_broken_by_a_mail_are_joined():
    wrapped = "Fees for small boats are frozen\n\nThe harbour ministry said on Tuesday that mooring fees for small\nboats will not rise before the end of next year, whatever was said\nduring the winter.\n\nA second paragraph follows here."

    draft = read_copied(wrapped)

    assert len(draft.paragraphs) == 2
    assert draft.paragraphs[0].endswith("during the winter.")


def test_a_zone_is_assumed_only_when_given():
    text = f"A headline of some length\n2023-01-27 16:14\n\n{SENTENCE}"

    assert read_copied(text).published_at is None
    assert read_copied(text, zone=SEOUL).published_at == datetime(2023, 1, 27, 16, 14, tzinfo=KST)


def test_a_publisher_is_not_invented():
    assert read_copied(f"A headline of some length\n\n{SENTENCE}").publisher == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", Reason.EMPTY), (b"  \n\t\n", Reason.EMPTY), (b"Menu\nShare\nClose", Reason.NO_TEXT), (b"Only a headline", Reason.NO_TEXT),
     (b"A head\x00line\n\ntext", Reason.NUL_BYTES), (("x" * 400).encode(), Reason.NO_HEADLINE)],
)  # fmt: skip
def test_a_text_without_an_article_is_refused(body, reason):
    with pytest.raises(DocumentRefused) as refused:
        read_text(Document(body=body))

    assert refused.value.reason is reason


@given(st.text(max_size=400))
def test_any_text_ends_as_an_article_or_a_reason(text):
    try:
        draft = read_copied(text)
    except ImportRefused:
        return
    assert draft.headline.strip()
    assert draft.text.strip()
    assert all(draft.paragraphs)


def test_a_byline_and_the_outlet_between_headline_and_date_are_no_headline():
    text = f"Mooring fees stay frozen next year\nCoast Courier\nBy Jane Doe\nPosted on January 27, 2023\n\n{SENTENCE}\n\n{SENTENCE[:60]}."

    draft = read_copied(text)

    assert (draft.headline, draft.authors) == ("Mooring fees stay frozen next year", ("Jane Doe",))
    assert draft.published_on.isoformat() == "2023-01-27"


def test_a_date_below_the_text_does_not_make_headlines_of_the_text():
    draft = read_copied(f"Mooring fees stay frozen\n\n{SENTENCE}\n\n{SENTENCE}\n\nJanuary 27, 2023")

    assert (draft.headline, len(draft.paragraphs)) == ("Mooring fees stay frozen", 2)
    assert draft.published_on.isoformat() == "2023-01-27"


def test_a_press_release_is_dated_by_its_dateline():
    text = (
        f"PRESS RELEASE\nFor immediate release\n\nMooring fees stay frozen\n\nPort Calder, 27 January 2023 – {SENTENCE}"
    )

    draft = read_copied(text)

    assert draft.headline == "Mooring fees stay frozen"
    assert draft.published_on.isoformat() == "2023-01-27"


def test_an_agencys_text_names_its_reporter_at_the_head_and_its_moment_at_the_end():
    sentence = "해양개척부는 27일 소형 어선의 항만 사용료를 2026년 말까지 동결하겠다고 밝혔다. 사용료 동결은 9년 만에 처음이다."
    text = f"항만 사용료 2026년까지 동결\n\n(서울=마루통신) 홍길동 기자 = {sentence}\n\nhong@example.org\n(끝)\n2023/01/27 16:14 송고"

    draft = read_copied(text)

    assert (draft.headline, draft.authors) == ("항만 사용료 2026년까지 동결", ("홍길동",))
    assert draft.published_at == datetime(2023, 1, 27, 16, 14, tzinfo=KST)
