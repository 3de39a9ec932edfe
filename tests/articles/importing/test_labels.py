import pytest

from articles.importing.labels import DateLabel, caption_credit, image_credit, labelled_dates, stamps
from articles.importing.moments import SEOUL


@pytest.mark.parametrize(
    "text",
    ["Written: 2023-01-27 16:14:18", "Published 27 January 2023", "Posted on January 27, 2023", "First published: 27 Jan 2023", "Date: 2023-01-27",
     "입력 2023.01.27 16:14", "입력: 2023-01-27", "승인 2023.01.27 16:14", "등록일 2023-01-27", "기사입력 2023.01.27. 오후 4:14", "송고시간2023-01-27 16:14",
     "게시일 : 2023. 1. 27.", "작성일시 2023/01/27", "Release date - January 27, 2023"],
)  # fmt: skip
def test_the_word_before_a_date_says_it_was_published(text):
    (found,) = labelled_dates(text, zone=SEOUL)

    assert found.label is DateLabel.PUBLISHED
    assert found.dated.day.isoformat() == "2023-01-27"


@pytest.mark.parametrize(
    "text",
    [
        "Updated: 2023-01-27 19:30",
        "Last updated 27 January 2023",
        "수정 2023.01.27 19:30",
        "최종수정 2023-01-27",
        "업데이트 : 2023.01.27",
        "Last modified on 27 Jan 2023",
    ],
)
def test_the_word_before_a_date_says_it_was_updated(text):
    (found,) = labelled_dates(text, zone=SEOUL)

    assert found.label is DateLabel.UPDATED


def test_stamps_that_run_together_are_told_apart():
    published, updated = stamps("Written: 2023-01-27 16:14:18Updated: 2023-01-27 19:30:21", zone=SEOUL)

    assert (published.moment.hour, updated.moment.hour) == (16, 19)


def test_a_date_in_a_sentence_has_no_label():
    assert list(labelled_dates("The ministry met on 27 January 2023 to talk.")) == []


@pytest.mark.parametrize(
    ("line", "who"),
    [("Photo : YONHAP News", "YONHAP News"), ("[사진=연합뉴스]", "연합뉴스"), ("사진 제공: 통일부", "통일부"), ("Image: Jane Doe / Agency", "Jane Doe / Agency"),
     ("(Photo by Ned Farrow)", "Ned Farrow"), ("ⓒ 새벽일보", "새벽일보"), ("Photos of the year", ""), ("The photo: a history", "")],
)  # fmt: skip
def test_image_credits_are_recognised(line, who):
    assert image_credit(line) == who


def test_a_credit_at_the_end_of_a_caption_is_found():
    assert caption_credit("The mill pond on Friday. (Photo by Ned Farrow)") == "Ned Farrow"
    assert caption_credit("철마골 전경 [사진=마루뉴스]") == "마루뉴스"
