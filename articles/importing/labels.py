"""The words beside a date or a credit that say what it is: "Written:", 입력, "Photo :". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum

from articles.importing.documents import UNDATED, Dated
from articles.importing.moments import find_moments


class DateLabel(Enum):
    """What a labelled date dates."""

    PUBLISHED = "published"
    UPDATED = "updated"


_PUBLISHED = (
    r"(?:first\s+|originally\s+)?(?:published|posted|written|released|issued|created|uploaded|registered)(?:\s+(?:on|at|date))?"
    r"|(?:date|time)\s+(?:of\s+)?(?:published|posted|release|publication|issue)|publi(?:cation|sh|shed)\s+(?:date|time)"
    r"|veröffentlicht(?:\s+am)?|erstellt(?:\s+am)?|publié(?:e)?(?:\s+le)?|mis\s+en\s+ligne(?:\s+le)?|publicado(?:\s+(?:el|em))?|pubblicato(?:\s+il)?"
    r"|gepubliceerd(?:\s+op)?|datum|fecha|发布时间|发表于|公開日|投稿日"
    r"|release\s+date|date(?:line)?|pub(?:lished)?\s?date|news\s+date"
    r"|(?:기사\s?)?(?:최초\s?)?(?:입력|승인|등록|작성|게시|게재|발행|송고|보도|공개|배포)\s?(?:일시|일자|시간|시각|날짜|일)?"
    r"|날짜|일시|일자|최초\s?(?:입력|등록|작성)"
)
_UPDATED = (
    r"(?:last\s+)?(?:updated|modified|edited|revised|changed)(?:\s+(?:on|at|date))?|update(?:\s+(?:date|time))?"
    r"|(?:zuletzt\s+)?aktualisiert(?:\s+am)?|stand|mis(?:e)?\s+à\s+jour(?:\s+le)?|actualizado(?:\s+el)?|atualizado(?:\s+em)?|aggiornato(?:\s+il)?|更新日|更新时间"
    r"|last\s+(?:update|modification|change)(?:\s+on)?"
    r"|(?:기사\s?)?(?:최종\s?)?(?:수정|업데이트|갱신|변경|편집)\s?(?:일시|일자|시간|시각|날짜|일)?"
)
_LABEL = re.compile(
    rf"(?:(?<![^\W\d_])(?P<updated>{_UPDATED})|(?<![^\W\d_])(?P<published>{_PUBLISHED}))"
    r"\s{0,3}[:：|)\]>=.·-]{0,2}\s{0,3}(?:on\s+)?\Z",
    re.IGNORECASE,
)
# A stamp may run into the next label: "16:14:18Updated:".
_RUN_ON = re.compile(r"(?<=[0-9])(?=(?:Updated|Last|Modified|수정|최종|업데이트|입력|승인|등록)\b)", re.IGNORECASE)

_CREDIT = re.compile(
    r"""\A[\[(<【▲△▶■]?\s?
    (?:photo(?:graph)?s?|images?|pictures?|illustration|graphic|사진|이미지|그래픽|영상)
    (?:\s?(?:by|credit|courtesy(?:\ of)?|source|provided\ by|copyright|제공|출처|자료|캡처))?
    \s?(?::|=|／|/|\||ⓒ|©|\bby\b)\s?(?P<who>[^\]\)>】]{2,80})[\]\)>】]?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_END = re.compile(
    r"[\[(<](?:photo|image|사진)(?:\s?(?:by|제공|출처|credit))?\s?[:=/ⓒ©]?\s?(?P<who>[^\]\)>:=]{2,60})[\])>]\s*\Z",
    re.IGNORECASE,
)
_CREDIT_AFTER = re.compile(
    r"""(?:[.!?…]["'”’)]?|\s[|/–—-])\s+(?:photo(?:graph)?s?|images?|pictures?|credit|사진|이미지)
    (?:\s(?:by|credit|courtesy(?:\ of)?|source|제공|출처))?\s?(?::|=|\bby\b)\s?(?P<who>[^.:=]{2,60})\.?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_CREDIT = re.compile(r"\A(?:©|ⓒ)\s?(?P<who>[^0-9]{2,40})\Z")


@dataclass(frozen=True, slots=True)
class LabelledDate:
    """A date with the word before it that says what it dates."""

    label: DateLabel
    dated: Dated
    start: int


def labelled_dates(text: str, *, zone: tzinfo | None = None) -> Iterator[LabelledDate]:
    """Yield the dates of a text that have a label directly before them."""
    text = _RUN_ON.sub(" ", text)
    for found in find_moments(text, zone=zone):
        before = text[max(0, found.start - 40) : found.start]
        match = _LABEL.search(before)
        if match:
            label = DateLabel.UPDATED if match["updated"] else DateLabel.PUBLISHED
            yield LabelledDate(label, found.dated, max(0, found.start - 40) + match.start())


def stamps(text: str, *, zone: tzinfo | None = None) -> tuple[Dated, Dated]:
    """Return the first labelled publication and update of a text."""
    published = updated = UNDATED
    for found in labelled_dates(text, zone=zone):
        if found.label is DateLabel.PUBLISHED and not published:
            published = found.dated
        elif found.label is DateLabel.UPDATED and not updated:
            updated = found.dated
    return published, updated


def image_credit(line: str) -> str:
    """Return who is credited if the line is an image credit: "Photo : YONHAP News"."""
    match = _CREDIT.match(line.strip()) or _SHORT_CREDIT.match(line.strip())
    return match["who"].strip(" .,:=") if match else ""


def caption_credit(caption: str) -> str:
    """Return who is credited in or at the end of an image caption."""
    match = _CREDIT_END.search(caption.strip()) or _CREDIT_AFTER.search(caption.strip())
    return match["who"].strip(" .,:=") if match else image_credit(caption)
