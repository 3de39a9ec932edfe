import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.decoding import declared_charsets, decode
from articles.importing.refusals import DocumentRefused, Reason

KOREAN = "통일부는 올해 북한과의 접촉을 확대하고 북한 인권 개선에 힘쓰겠다고 밝혔다. 똠방각하 펲시 믜"


def page(label: str = "", *, kind: str = "") -> str:
    declaration = {
        "meta": f'<meta charset="{label}">',
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={label}">',
    }.get(kind, "")
    prolog = f'<?xml version="1.0" encoding="{label}"?>' if kind == "xml" else ""
    return f"{prolog}<html><head>{declaration}<title>제목</title></head><body><p>{KOREAN}</p></body></html>"


@pytest.mark.parametrize(
    "label", ["euc-kr", "EUC_KR", "ks_c_5601-1987", "cp949", "windows-949", "x-windows-949", "utf-8", "iso-8859-1"]
)
@pytest.mark.parametrize("kind", ["header", "meta", "http-equiv", "xml", "none"])
def test_row_2_korean_is_read_without_a_lost_character_in_five_kinds_of_declaration(kind, label):
    text = page(label, kind=kind)
    header = f"text/html; charset={label}" if kind == "header" else ""

    decoded = decode(text.encode("cp949"), content_type=header)

    assert decoded.text == text
    assert decoded.charset == "cp949"


@pytest.mark.parametrize("label", ["euc-kr", "iso-8859-1", "utf-16", "nonsense", "utf-7"])
def test_row_2_utf_8_is_utf_8_whatever_it_calls_itself(label):
    text = page(label, kind="meta")

    assert decode(text.encode(), content_type=f"text/html; charset={label}").text == text


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "johab"])
def test_row_2_marks_and_wide_charsets_are_seen(charset):
    text = page("johab" if charset == "johab" else "", kind="meta" if charset == "johab" else "")

    assert decode(text.encode(charset)).text == text


def test_row_2_seven_bit_charsets_are_not_taken_for_ascii():
    text = "<p>통일부는 올해 계획을 밝혔다.</p>"

    assert decode(text.encode("iso2022_kr")).text == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Größe und Weiß, sagte er – „ja“ über alles hinweg", "cp1252"),
        ("L’été dernier, « le ministère » a décidé où aller", "cp1252"),
        ("Привет мир, как дела сегодня вечером в нашем городе", "cp1251"),
        ("日本語のニュースは今日も続いています。政府は新しい計画を発表した。", "euc_jp"),
    ],
)
def test_undeclared_legacy_charsets_are_recognised(text, charset):
    assert decode(text.encode(charset)).text == text


def test_a_declared_charset_is_followed_where_the_bytes_allow_it():
    assert decode("żółć".encode("iso8859_2"), content_type="text/plain; charset=iso-8859-2").text == "żółć"


def test_row_14_text_is_normalised_once():
    assert decode("한글".encode()).text == "한글"


def test_a_page_torn_in_one_place_is_still_a_page():
    decoded = decode((KOREAN * 30).encode() + b"\xff" + (KOREAN * 30).encode())

    assert decoded.replaced == 1
    assert decoded.text.count("\ufffd") == 1


def test_row_2_a_torn_table_is_refused_with_the_byte():
    with pytest.raises(DocumentRefused) as refused:
        decode(KOREAN.encode() + b"\xff" + KOREAN.encode(), strict=True)

    assert refused.value.reason is Reason.WRONG_CHARSET
    assert refused.value.details["byte"] == len(KOREAN.encode())


def test_bytes_of_no_charset_are_refused():
    with pytest.raises(DocumentRefused):
        decode(bytes(range(128, 256)) * 40 + KOREAN.encode() + KOREAN.encode("cp949"))


@pytest.mark.parametrize(
    "body", [b"caf\xff\xfe\x81", b"headline\ncaf\xff\xfe\x81 opens\n", b"x \x80\x81\x82\n", b"caf\xc3 ol\xe9\n"]
)
@pytest.mark.parametrize("strict", [True, False])
def test_row_2_stray_bytes_are_refused_rather_than_made_into_letters_of_some_alphabet(body, strict):
    with pytest.raises(DocumentRefused) as refused:
        decode(body, strict=strict)

    assert refused.value.details["byte"] == next(place for place, byte in enumerate(body) if byte > 127)


@pytest.mark.parametrize("charset", ["gb18030", "big5"])
def test_chinese_is_not_taken_for_korean(charset):
    text = "部長明天去上海"

    assert decode(text.encode(charset) * 3).text == text * 3


def test_declarations_are_read_in_order_of_trust():
    body = b'<?xml version="1.0" encoding="euc-kr"?><meta charset="shift_jis">'

    assert declared_charsets(body, "text/html; charset=latin1") == ["cp1252", "cp949", "cp932"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_always_comes_back(text):
    assert decode(text.encode()).text == unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


@given(st.lists(st.sampled_from("가나다라마바사아자차카타파하힣뷁똠펲 .,\n"), min_size=12, max_size=200).map("".join))
def test_every_korean_text_in_cp949_comes_back(text):
    try:
        decoded = decode(text.encode("cp949"), content_type="text/html; charset=euc-kr")
    except DocumentRefused:
        pytest.fail(f"refused {text!r}")

    assert decoded.text == text


@given(st.binary(max_size=300))
def test_any_bytes_end_as_text_or_as_a_reason(body):
    try:
        decoded = decode(body)
    except DocumentRefused as refused:
        assert refused.reason is Reason.WRONG_CHARSET
    else:
        assert isinstance(decoded.text, str)
