"""Bytes to text, once, by one rule.

Byte-order mark, then strict UTF-8, then the declared charset, then the likeliest of the legacy
ones. Declarations lie more often than bytes do: a text that is valid UTF-8 is UTF-8. The label
`euc-kr` means its superset cp949, as in browsers.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

from articles.importing.refusals import DocumentRefused, Reason

# Labels as the web uses them, and the superset that is meant. Charsets in which ASCII bytes stand
# for something else (UTF-7, EBCDIC) are not in the list and so never used.
_LABELS = {
    "utf8": "utf-8", "unicode11utf8": "utf-8", "utf16": "utf-16-le", "utf16le": "utf-16-le",
    "utf16be": "utf-16-be", "ucs2": "utf-16-le", "unicode": "utf-16-le",
    "euckr": "cp949", "ksc5601": "cp949", "ksc56011987": "cp949", "ksx1001": "cp949", "korean": "cp949",
    "cseuckr": "cp949", "cp949": "cp949", "ms949": "cp949", "uhc": "cp949", "windows949": "cp949",
    "johab": "johab", "iso2022kr": "iso2022_kr", "csiso2022kr": "iso2022_kr",
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932", "windows31j": "cp932",
    "cp932": "cp932", "eucjp": "euc_jp", "xeucjp": "euc_jp", "iso2022jp": "iso2022_jp",
    "gb2312": "gb18030", "gbk": "gb18030", "xgbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "xxbig5": "big5hkscs",
    "iso88591": "cp1252", "latin1": "cp1252", "l1": "cp1252", "ascii": "cp1252", "usascii": "cp1252",
    "windows1252": "cp1252", "cp1252": "cp1252", "xcp1252": "cp1252",
    "iso88592": "iso8859_2", "latin2": "iso8859_2", "windows1250": "cp1250", "cp1250": "cp1250",
    "windows1251": "cp1251", "cp1251": "cp1251", "koi8r": "koi8_r", "koi8u": "koi8_u",
    "iso88595": "iso8859_5", "windows1253": "cp1253", "iso88597": "iso8859_7", "iso88599": "cp1254",
    "windows1254": "cp1254", "windows1255": "cp1255", "iso88598": "iso8859_8", "windows1256": "cp1256",
    "iso88596": "iso8859_6", "windows1257": "cp1257", "windows1258": "cp1258", "iso885915": "iso8859_15",
    "macintosh": "mac_roman", "macroman": "mac_roman", "windows874": "cp874", "tis620": "cp874",
}  # fmt: skip

# What the detector calls them, and the superset we read them as.
_WIDER = {
    "euc_kr": "cp949", "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp", "shift_jis": "cp932", "shift_jis_2004": "cp932",
    "shift_jisx0213": "cp932", "big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "latin_1": "cp1252",
    "iso8859_1": "cp1252", "iso8859_9": "cp1254",
}  # fmt: skip

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_SINGLE_BYTE = {name for name in _LABELS.values() if name.startswith(("cp12", "iso8859", "mac", "koi8", "cp874"))}
_META = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml\b[^>]*?encoding\s*=\s*["']([A-Za-z0-9_:.+-]+)""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]+)""", re.IGNORECASE)
_ESCAPES = {b"\x1b$)C": "iso2022_kr", b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp"}

_WESTERN = set("àâäáãåçéèêëíîïìñóôöòõøúûùüßæœÀÂÄÁÅÇÉÈÊËÍÎÑÓÔÖØÚÛÜ“”‘’„–—…•·«»€£§°©®™´¡¿\xa0")

# A page with a torn byte here and there is still a page; this many of a thousand is mojibake.
_TORN_PER_THOUSAND = 2
_TORN_AT_MOST = 50
# Of fewer letters nobody can tell the charset: it would be a guess, and the admin would not learn of it.
_FEWEST_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC, the charset it was in, and how many bytes had to be replaced."""

    text: str
    charset: str
    replaced: int = 0


def decode(body: bytes, *, content_type: str = "", strict: bool = False) -> Decoded:
    """Return the text of `body`; raise DocumentRefused when no likely charset fits.

    Unless `strict`, a text torn in a few places is taken with U+FFFD there, counted in `replaced`.
    """
    found = _by_mark(body) or _by_escape(body) or _by_nul_pattern(body)
    if not found:
        try:
            found = Decoded(body.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            found = _legacy(body, content_type, error, strict=strict)
    return Decoded(to_nfc(found.text), found.charset, found.replaced)


def to_nfc(text: str) -> str:
    """Return the text in Unicode normal form C; the same object when it is so already."""
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def declared_charsets(body: bytes, content_type: str = "") -> list[str]:
    """Return the codecs a document declares, the header's first, unknown labels left out."""
    labels = [m[1] for m in [_HEADER.search(content_type)] if m]
    labels += [m[1].decode("ascii") for m in [_XML.match(body[:200])] if m]
    labels += [m[1].decode("ascii") for m in _META.finditer(body[:8192])]
    known = [_LABELS.get(re.sub(r"[^a-z0-9]", "", label.lower())) for label in labels]
    return list(dict.fromkeys(name for name in known if name))


def _by_mark(body: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            text = rest.decode(name, "replace")
            return Decoded(text, name, text.count("\ufffd"))
    return None


def _by_escape(body: bytes) -> Decoded | None:
    """Recognise the seven-bit charsets, which are valid ASCII and so would pass for UTF-8."""
    if b"\x1b$" not in body[:4096]:
        return None
    for escape, name in _ESCAPES.items():
        if escape in body[:4096]:
            try:
                return Decoded(body.decode(name), name)
            except UnicodeDecodeError:
                return None
    return None


def _by_nul_pattern(body: bytes) -> Decoded | None:
    """Recognise UTF-16 without a mark: in Western markup every second byte is NUL."""
    head = body[:512]
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return None
    name = "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        return Decoded(body.decode(name), name)
    except UnicodeDecodeError:
        return None


def _legacy(body: bytes, content_type: str, fault: UnicodeDecodeError, *, strict: bool) -> Decoded:
    declared = declared_charsets(body, content_type)
    korean = _korean(body)
    for name in declared:
        # Nearly any bytes are "valid" in a single-byte charset, so such a label is believed only
        # when the bytes do not read as Korean.
        if korean and name in _SINGLE_BYTE and _hangul_count(korean.text) >= (4 if name == "cp1252" else 20):
            continue
        text = _strictly(body, name)
        if text is not None:
            return Decoded(text, name)
    if korean:
        return korean
    if not strict:
        torn = _torn(body, [name for name in [*declared, "utf-8", "cp949"] if name not in _SINGLE_BYTE])
        if torn:
            return torn
    guessed = _western(body) or _guess(body)
    if guessed:
        return guessed
    raise DocumentRefused(Reason.WRONG_CHARSET, byte=fault.start)


def _strictly(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    # C1 controls are what a wrong single-byte label leaves behind.
    return None if name in _SINGLE_BYTE and re.search(r"[\x80-\x9f]", text) else text


def _korean(body: bytes) -> Decoded | None:
    """Read as cp949, if that is valid and what is not ASCII is mostly Hangul."""
    text = _strictly(body, "cp949")
    return Decoded(text, "cp949") if text is not None and _reads_korean(text) else None


def _reads_korean(text: str) -> bool:
    foreign = re.sub(r"[\x00-\x7f]+", "", text)
    hangul = _hangul_count(foreign)
    # Rare syllables outside the 2,350 of KS X 1001 are what Latin-1 text turns into.
    common = sum(1 for char in re.findall(r"[가-힣]", foreign) if _in_ksx1001(char))
    # Chinese bytes read as Korean are half Hangul, half Chinese characters; no Korean text of today is.
    chinese = len(re.findall(r"[\u4e00-\u9fff\uf900-\ufaff]", foreign))
    return hangul * 2 >= len(foreign) and common * 10 >= hangul * 9 and chinese * 3 <= hangul


def _hangul_count(text: str) -> int:
    return len(re.findall(r"[가-힣]", text))


def _in_ksx1001(char: str) -> bool:
    try:
        char.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def _torn(body: bytes, names: list[str]) -> Decoded | None:
    """Take the charset that leaves the fewest torn places, if they are few enough."""
    best: Decoded | None = None
    for name in dict.fromkeys(names):
        text = body.decode(name, "replace")
        if name == "cp949" and not _reads_korean(text):
            continue
        torn = text.count("\ufffd")
        if best is None or torn < best.replaced:
            best = Decoded(text, name, torn)
    if best is None:
        return None
    foreign = len(re.sub(r"[\x00-\x7f]+", "", best.text))
    allowed = min(_TORN_AT_MOST, max(1, foreign * _TORN_PER_THOUSAND // 1000))
    return best if best.replaced <= allowed and 20 * best.replaced <= foreign else None


def _western(body: bytes) -> Decoded | None:
    """Read as the web's default, if what is not ASCII is rare and of the usual Western signs."""
    text = _strictly(body, "cp1252")
    foreign = re.sub(r"[\x00-\x7f]+", "", text or "")
    if not text or len(foreign) * 5 > len(text):
        return None
    usual = sum(char in _WESTERN for char in foreign)
    return Decoded(text, "cp1252") if usual * 10 >= len(foreign) * 9 else None


def _guess(body: bytes) -> Decoded | None:
    """Ask the detector, on the part of the document that is not plain ASCII; believe only what reads like words."""
    sample = b"\n".join(line for line in body.splitlines() if not line.isascii())[:65_536]
    match = from_bytes(sample, cp_exclusion=["utf_7", "utf_16", "utf_32", "cp037", "cp500", "cp1140"]).best()
    name = _WIDER.get(match.encoding, match.encoding) if match else ""
    text = _strictly(body, name) if name in set(_LABELS.values()) else None
    return Decoded(text, name) if text is not None and _reads_like_words(text) else None


def _reads_like_words(text: str) -> bool:
    """Could a person have written this? Three stray bytes make a word of two alphabets in one charset or another."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    odd = sum(_is_odd(word) for word in words)
    return sum(not char.isascii() for word in words for char in word) >= _FEWEST_LETTERS and odd * 10 <= len(words)


def _is_odd(word: str) -> bool:
    """Does it mix alphabets, or change from small to capital letters?"""
    alphabets = {_alphabet(char) for char in word} - {""}
    return len(alphabets) > 1 or re.search(r"[a-zà-öø-ÿа-яёα-ω][A-ZÀ-ÖØ-ÞА-ЯЀ-ЏΑ-Ω]", word) is not None


def _alphabet(char: str) -> str:
    """Return the alphabet of a letter; "" for the East Asian scripts, which stand beside any other."""
    if unicodedata.category(char) in ("Lo", "Lm") and unicodedata.east_asian_width(char) in "WFH":
        return ""
    return unicodedata.name(char, "UNNAMED").split(" ", 1)[0]
