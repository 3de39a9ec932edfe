"""We know that each object of JSON is an article, an address or a refusal that names its line."""

import io
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Document
from articles.importing.json_rows import read_json, read_json_lines
from articles.importing.refusals import DocumentRefused, Reason

KST = timezone(timedelta(hours=9))


def json_rows(*lines, **options):
    return list(
        read_json_lines(
            io.BytesIO(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)), **options
        )
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": NaN}', Reason.JSON_NUMBER), ('{"title": "x", "n": Infinity}', Reason.JSON_NUMBER), ('{"a": 1e400}', Reason.JSON_NUMBER),
        ('{"a": -1e999}', Reason.JSON_NUMBER), ('{"a": ' + "9" * 5000 + "}", Reason.JSON_NUMBER), ('{"title": "a", "title": "b"}', Reason.JSON_KEY_DOUBLED),
        ("[" * 100_000, Reason.JSON_TOO_DEEP), ('{"a":' * 100_000, Reason.JSON_TOO_DEEP), ("[1, 2]", Reason.JSON_NOT_OBJECT), ('"text"', Reason.JSON_NOT_OBJECT),
        ("null", Reason.JSON_NOT_OBJECT), ("{", Reason.JSON_BROKEN), ("{'a': 1}", Reason.JSON_BROKEN), ('{"a": 1},', Reason.JSON_BROKEN), ("nonsense", Reason.JSON_BROKEN),
        ('{"title": "\\u0000", "body": "x"}', Reason.CELL_CONTROL), ('{"title": "\\ud800", "body": "x"}', Reason.CELL_CONTROL), ('{"title": 5, "body": "x"}', Reason.VALUE_NOT_TEXT),
        ('{"title": {"a": 1}, "body": "x"}', Reason.VALUE_NOT_TEXT), ('{"title": ["a"], "body": "x"}', Reason.VALUE_NOT_TEXT), ('{"title": "x"}', Reason.CELL_EMPTY),
        ('{"body": "x"}', Reason.CELL_EMPTY), ("{}", Reason.ROW_WITHOUT_CONTENT), ('{"title": "x", "body": "y", "date": "2024-02-30"}', Reason.DATE_IMPOSSIBLE),
        ('{"title": "x", "body": "y", "date": 45000}', Reason.VALUE_NOT_TEXT), ('{"url": "ftp://x/"}', Reason.URL_UNREADABLE), (b'{"title": "\xff"}', Reason.WRONG_CHARSET),
    ],
)  # fmt: skip
def test_rows_5_to_7_what_json_cannot_keep_names_the_line(line, reason):
    good = '{"title": "Fees", "body": "The fees are frozen."}'

    first, bad, last = json_rows(good, line, good)

    assert bad.refusal.reason is reason
    assert bad.refusal.details["line"] == 2
    assert str(bad.refusal).startswith("Line 2")
    assert first.draft and last.draft


def test_row_8_blank_lines_crlf_a_mark_and_a_missing_last_newline_are_fine():
    good = b'{"headline": "Fees", "text": ["One.", "Two."], "authors": ["Jane Doe", "John Roe"], "published": "2023-01-27T16:14:18+09:00"}'
    body = b"\xef\xbb\xbf" + good + b"\r\n\r\n   \n" + good

    found = list(read_json_lines(io.BytesIO(body)))

    assert [item.position for item in found] == ["line 1", "line 4"]
    assert found[0].draft.paragraphs == ("One.", "Two.")
    assert found[0].draft.authors == ("Jane Doe", "John Roe")
    assert found[1].draft.published_at == datetime(2023, 1, 27, 16, 14, 18, tzinfo=KST)


def test_row_8_one_bad_line_in_many_is_one_refusal():
    lines = [b'{"title": "Fees", "body": "Frozen."}\n'] * 5000
    lines[3210] = b'{"title": "Fees", "body": \n'

    found = list(read_json_lines(lines))

    assert [item.position for item in found if item.refusal] == ["line 3211"]
    assert len(found) == 5000


def test_row_1_json_lines_without_a_line_say_so():
    with pytest.raises(DocumentRefused) as refused:
        json_rows("", "  ")

    assert refused.value.reason is Reason.NO_ROWS


def test_row_20_lines_are_read_one_at_a_time():
    read = 0

    def lines():
        nonlocal read
        for _ in range(1_000_000):
            read += 1
            yield b'{"title": "Fees", "body": "Frozen."}\n'

    rows = read_json_lines(lines())
    next(rows)

    assert read == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["title", "body", "url", "date", "x"]), inner, max_size=4)
        ),
    )
)
def test_any_json_ends_in_a_row_or_a_reason(value):
    for item in json_rows(json.dumps(value)):
        assert item.draft or item.entry or str(item.refusal).startswith("Line 1")


def json_list(text):
    return list(read_json(Document(body=text.encode())))


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_read_object_by_object(indent):
    rows = [
        {"title": "Fees", "body": "The fees are frozen."},
        {"title": "Boats", "body": 5},
        {"url": "https://a.example.org/1"},
    ]

    first, bad, last = json_list(json.dumps(rows, indent=indent))

    assert [each.position for each in (first, bad, last)] == ["item 1", "item 2", "item 3"]
    assert first.draft.headline == "Fees"
    assert bad.refusal.details["line"] == (6 if indent else 1)
    assert last.entry.url == "https://a.example.org/1"


def test_one_object_over_several_lines_is_one_article():
    (found,) = json_list(json.dumps({"title": "Fees", "body": "The fees are frozen."}, indent=2))

    assert found.draft.text == "The fees are frozen."


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ('[{"title": "x"}\n{"title": "y"}]', Reason.JSON_BROKEN, 2), ('[\n{"title": "x"},\n', Reason.JSON_BROKEN, 3), ("[]", Reason.NO_ROWS, None),
        ('[{"title": "x"}]\n[]', Reason.JSON_BROKEN, 2), ("[" * 100_000, Reason.JSON_TOO_DEEP, None), ('[{"a": ' + "9" * 5000 + "}]", Reason.JSON_BROKEN, None),
        ("[{]", Reason.JSON_BROKEN, 1), ('[{"title": "x"},]', Reason.JSON_BROKEN, 1),
    ],
)  # fmt: skip
def test_a_broken_list_is_refused_as_a_whole_with_its_line(text, reason, line):
    with pytest.raises(DocumentRefused) as refused:
        json_list(text)

    assert (refused.value.reason, refused.value.details.get("line")) == (reason, line)


def test_what_json_cannot_keep_is_refused_alone_in_a_list_too():
    first, last = json_list('[{"title": NaN, "body": "x"},\n{"title": "Fees", "body": "The fees are frozen."}]')

    assert first.refusal.reason is Reason.JSON_NUMBER
    assert last.draft


def test_a_ready_made_body_of_html_becomes_paragraphs_and_plain_text_is_preferred():
    html = "<h1>Fees</h1><p>The fees are frozen.</p><p>They stay so.</p>"

    marked, plain = json_rows(
        json.dumps({"title": "Fees", "html": html}), json.dumps({"title": "Fees", "html": html, "text": "Plain words."})
    )

    assert marked.draft.paragraphs == ("The fees are frozen.", "They stay so.")
    assert plain.draft.text == "Plain words."


def test_a_mapping_for_a_table_beside_it_leaves_other_keys_alone():
    (found,) = json_rows(
        '{"title": "Fees", "body": "The fees are frozen."}', mapping={"headline": "What", "text": "Told"}
    )

    assert (found.draft.headline, found.draft.text) == ("Fees", "The fees are frozen.")


def test_what_our_own_command_prints_can_be_imported_again():
    record = {
        "source": "a.zip, fees.html", "outcome": "created", "reason": "", "article": 12, "url": "https://a.example.org/1", "headline": "Fees",
        "byline": "Jane Doe, John Roe", "publisher": "Coast Courier", "section": "Politics", "language": "en",
        "published_at": "2023-01-27T16:14:18+09:00", "updated_at": None, "text": "The fees are frozen.",
    }  # fmt: skip

    (found,) = json_rows(json.dumps(record))

    draft = found.draft
    assert (draft.text, draft.publisher, draft.authors) == (
        "The fees are frozen.",
        "Coast Courier",
        ("Jane Doe", "John Roe"),
    )
    assert draft.published_at == datetime(2023, 1, 27, 16, 14, 18, tzinfo=KST)
