from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.columns import known_field
from articles.importing.documents import Document
from articles.importing.moments import SEOUL
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason, RowRefused
from articles.importing.tables import preview_csv, read_csv

KST = timezone(timedelta(hours=9))
ROW = "Fees frozen,The fees are frozen.,2023-01-27"


def csv_rows(text, **options):
    body = text.encode() if isinstance(text, str) else text
    return list(read_csv(Document(body=body), **options))


def file_refusal(text):
    with pytest.raises(DocumentRefused) as refused:
        csv_rows(text)
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_row_2_csv_is_read_in_the_usual_dialects(delimiter, newline, charset):
    header = delimiter.join(["제목", "본문", "날짜", "기자"])
    row = delimiter.join(
        ["어항 사용료 동결", '"사용료를 올리지 않기로 했다.\n두 번째 문단, 따옴표 ""안""."', "2023. 1. 27.", "도하람"]
    )

    (found,) = csv_rows(f"{header}{newline}{row}{newline}".encode(charset))

    assert found.draft.headline == "어항 사용료 동결"
    assert found.draft.paragraphs == ("사용료를 올리지 않기로 했다.", '두 번째 문단, 따옴표 "안".')
    assert found.draft.published_on.isoformat() == "2023-01-27"
    assert found.draft.authors == ("도하람",)


def test_a_spreadsheets_separator_line_is_followed():
    (found,) = csv_rows("sep=;\ntitle;body\nFees, frozen;The fees are frozen.\n")

    assert found.draft.headline == "Fees, frozen"


def test_a_row_with_only_an_address_is_to_be_fetched():
    (found,) = csv_rows("url,title,date\nhttps://example.com/a,Fees frozen,2023-01-27 16:14\n", zone=SEOUL)

    assert found.entry.url == "https://example.com/a"
    assert found.entry.published.moment == datetime(2023, 1, 27, 16, 14, tzinfo=KST)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "title,body", "title,body\n", "title,body\n\n \n", ",\n"])
def test_row_1_a_file_without_rows_says_so(text):
    assert file_refusal(text).reason is Reason.NO_ROWS


@pytest.mark.parametrize("rows", [3, 10_000])
def test_row_3_an_unclosed_quotation_mark_refuses_the_whole_file_and_names_the_line(rows):
    text = "title,body,date\n" + f"{ROW}\n" + '"Fees frozen,The fees are frozen.,2023-01-27\n' + f"{ROW}\n" * rows

    refusal = file_refusal(text)

    assert refusal.reason is Reason.TABLE_BROKEN
    assert refusal.details["line"] == 3
    assert "quotation mark" in str(refusal)


def test_row_3_no_row_is_given_before_the_file_is_known_to_be_sound():
    text = "title,body,date\n" + f"{ROW}\n" * 500 + '"x","y"z,w\n'

    with pytest.raises(DocumentRefused) as refused:
        read_csv(Document(body=text.encode()))

    assert refused.value.details["line"] == 502


def test_row_4_ragged_rows_are_refused_alone():
    found = csv_rows(f"title,body,date\n{ROW}\na,b\na,b,2023-01-27,d\n\n{ROW}\n")

    assert [bool(item.draft) for item in found] == [True, False, False, True]
    assert [item.refusal.reason for item in found if item.refusal] == [Reason.COLUMN_COUNT] * 2
    assert [item.refusal.details["line"] for item in found if item.refusal] == [3, 4]


def test_row_4_missing_doubled_reordered_and_unknown_columns():
    missing = file_refusal("heading,when\nx,2023-01-27\n") if known_field("when") else file_refusal("foo,bar\nx,y\n")
    doubled = file_refusal("title,body,Title\na,b,c\n")
    (reordered,) = csv_rows("date,unknown,body,title\n2023-01-27,?,The fees are frozen.,Fees frozen\n")

    assert missing.reason is Reason.COLUMN_MISSING
    assert missing.details["line"] == 1
    assert doubled.reason is Reason.COLUMN_DOUBLED
    assert reordered.draft.headline == "Fees frozen"


def test_a_mapping_names_the_columns_and_a_missing_one_is_named():
    text = "A,B,C\nFees frozen,The fees are frozen.,2023-01-27\n"

    (found,) = csv_rows(text, mapping={"headline": "A", "text": "B", "published": "C"})
    with pytest.raises(DocumentRefused, match="Line 1: the column for “D” is missing"):
        csv_rows(text, mapping={"headline": "A", "text": "D"})

    assert found.draft.published_on.isoformat() == "2023-01-27"


def test_a_mapping_for_another_table_is_not_forced_on_this_one():
    (found,) = csv_rows(f"제목,본문,날짜\n{ROW}\n", mapping={"headline": "What", "text": "Told"})

    assert (found.draft.headline, found.draft.text) == ("Fees frozen", "The fees are frozen.")


def test_row_4_a_very_long_cell_is_refused_and_a_long_one_is_kept_whole():
    found = csv_rows(
        f"title,body\nFees,{'x ' * 200_000}\nFees,{'x' * 1_000_001}\n{'t' * 1001},text\n{'t' * 300},text\n"
    )

    assert len(found[0].draft.text) == 399_999
    assert found[1].refusal.reason is Reason.CELL_TOO_LONG
    assert found[2].refusal.details["column"] == "title"
    assert found[3].draft.headline == "t" * 300


@pytest.mark.parametrize(
    ("character", "shown"), [("\x00", "NUL"), ("\x07", "U+0007"), ("\x1b", "U+001B"), ("\uffff", "U+FFFF")]
)
def test_row_5_unprintable_characters_name_the_cell(character, shown):
    (found,) = csv_rows(f"title,body\nFees{character},The fees are frozen.\n")

    assert str(found.refusal) == f"Line 2, row 1, column “title”: an unprintable character ({shown}); remove it."


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-30",
        "0000-01-01",
        "10000-01-01",
        "45000",
        "yesterday",
        "03/04/2023",
        "2023-01-27T25:00",
        "2023-01-27 XYZ",
    ],
)
def test_row_13_a_bad_date_names_line_column_and_what_was_expected(value):
    (found,) = csv_rows(f"title,body,date\nFees,The fees are frozen.,{value}\n")

    assert found.refusal.details["line"] == 2
    assert found.refusal.details["column"] == "date"
    assert value.split("T")[-1] in str(found.refusal)


@pytest.mark.parametrize("value", ["2024.2.3.", "2024-02-03 10:00 KST", "2024-02-03T10:00:00Z", "3 February 2024"])
def test_row_13_other_spellings_are_kept_with_their_words(value):
    (found,) = csv_rows(f"title,body,date\nFees,The fees are frozen.,{value}\n")

    assert found.draft.published_on.isoformat() == "2024-02-03"
    assert found.draft.published.raw == value


def test_row_14_both_spellings_of_a_korean_title_are_one():
    import unicodedata

    title = "어항 사용료 동결"
    found = csv_rows(f"title,body\n{title},본문이다.\n{unicodedata.normalize('NFD', title)},본문이다.\n")

    assert found[0].draft.headline == found[1].draft.headline == title


def test_row_21_columns_of_our_own_database_are_ignored():
    text = "id,pk,is_published,created_by,status,title,body\n1,2,true,admin,published,Fees,The fees are frozen.\n"

    (found,) = csv_rows(text)
    preview = preview_csv(Document(body=text.encode()))

    assert found.draft.headline == "Fees"
    assert preview.ignored == ("id", "pk", "is_published", "created_by", "status")


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1", "-1", "@x", "＝1"])
def test_row_22_exactly_one_guarding_apostrophe_is_taken_off(formula):
    found = csv_rows(f"title,body\n'{formula},b\n''{formula},b\n'quoted,b\n{formula},b\n")

    assert [item.draft.headline for item in found] == [formula, f"''{formula}", "'quoted", formula]


def test_a_preview_shows_how_the_file_will_be_read():
    preview = preview_csv(Document(body="제목;내용;기타\nA;B;C\nD;E;F\n".encode("cp949")), rows=1)

    assert preview.mapping == {"headline": "제목", "text": "내용"}
    assert (preview.delimiter, preview.charset, preview.rows, preview.ignored) == (
        ";",
        "cp949",
        (("A", "B", "C"),),
        ("기타",),
    )


def test_row_2_mixed_bytes_name_line_and_byte():
    body = "title,body\n가나다,라\n".encode() + "마바사,아\n".encode("cp949")

    refusal = file_refusal(body)

    assert refusal.reason is Reason.WRONG_CHARSET
    assert refusal.details["line"] == 3


def test_a_body_with_markup_becomes_text():
    (found,) = csv_rows('title,body\nFees,"<p>One &amp; two.</p><p>Three<br>four.</p><script>x()</script>"\n')

    assert found.draft.paragraphs == ("One & two.", "Three", "four.")
    assert found.draft.notes == ("tags_removed",)


@given(st.binary(max_size=200))
def test_any_bytes_as_csv_end_in_rows_or_a_reason(body):
    try:
        for item in read_csv(Document(body=b"title,body,date\n" + body)):
            assert item.draft or item.entry or isinstance(item.refusal, RowRefused)
    except ImportRefused as refused:
        assert str(refused)
