"""Which column of a table is which field of an article: the names people give them. Pure."""

import re
from collections.abc import Iterable, Mapping

from articles.importing.refusals import DocumentRefused, Reason

_NAMES = {
    "url": "url|link|address|web address|source url|article url|permalink|uri|href|주소|링크|기사 주소|기사주소|원문 주소|원문링크",
    "headline": "headline|title|heading|subject|article title|제목|기사 제목|기사제목|헤드라인",
    "text": "text|body|content|article body|articlebody|full text|fulltext|story|본문|내용|기사 본문|기사본문|기사|article|"
    "html|body html|content html|article html|html body",
    "authors": "byline|author|authors|by|writer|reporter|creator|기자|작성자|글쓴이|저자",
    "publisher": "publisher|source|outlet|newspaper|site|media|press|publication|매체|언론사|출처|발행처|신문사",
    "section": "section|category|desk|분류|섹션|분야|카테고리",
    "language": "language|lang|언어",
    "published": "published|published at|published_at|published on|publication date|date published|datepublished|date|pubdate|"
    "pub date|publish date|created|날짜|일자|게재일|등록일|입력|작성일|발행일|게시일|보도일",
    "updated": "updated|updated at|updated_at|modified|date modified|datemodified|last updated|수정|수정일|최종수정",
    "image_credit": "image credit|image_credit|photo credit|photo|credit|사진|사진 출처",
}
FIELDS = tuple(_NAMES)
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_RANK = {name: rank for names in _NAMES.values() for rank, name in enumerate(names.split("|"))}
# Columns of our own reports: there, "article" is a number and "source" a place.
_REPORTED = {"outcome", "reason"}
_OURS = {"article", "source"}


def known_field(name: str) -> str | None:
    """Return the field a column name stands for, None if we know none."""
    return _BY_NAME.get(_alias(name))


def _alias(name: str) -> str:
    """Return a column name as our list spells it."""
    plain = re.sub(r"[\s_-]+", " ", name.strip().strip("'\"").casefold()).strip()
    return next((each for each in (plain, plain.replace(" ", "_"), plain.replace(" ", "")) if each in _BY_NAME), plain)


def propose_mapping(names: Iterable[str]) -> dict[str, str]:
    """Return field → column name for the columns whose names we know; of two, the more usual name wins."""
    columns = list(names)
    is_report = set(columns) >= _REPORTED
    ranked = sorted(columns, key=lambda name: _RANK.get(_alias(name), 0))  # those of one rank stay in order
    mapping: dict[str, str] = {}
    for name in ranked:
        field = known_field(name)
        if field and not (is_report and name in _OURS):
            mapping.setdefault(field, name)
    return mapping


def check_mapping(mapping: Mapping[str, str], names: list[str], *, line: int) -> None:
    """Raise DocumentRefused, naming the line and the column, unless rows can become articles with it."""
    shown = ", ".join(names)
    for field, name in mapping.items():
        if name not in names:
            raise DocumentRefused(Reason.COLUMN_MISSING, field=name or field, columns=shown, line=line)
    if "url" not in mapping and not {"headline", "text"} <= set(mapping):
        missing = "headline" if "text" in mapping else "text" if "headline" in mapping else "url"
        raise DocumentRefused(Reason.COLUMN_MISSING, field=missing, columns=shown, line=line)
