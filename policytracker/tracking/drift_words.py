"""The vocabulary of drift: words that weaken, narrow, widen or drop a promise, in both languages, and numbers."""

from __future__ import annotations

import re
from decimal import Decimal

HEDGES = {
    "en": (
        r"\bmay\b", r"\bmight\b", r"\bcould\b", r"\bconsider(?:s|ing|ed)?\b", r"\bexplor(?:e|es|ing)\b",
        r"\bstud(?:y|ies|ying) (?:ways|the possibility|whether)\b", r"\bseeks? to\b", r"\baims? to\b",
        r"\bhopes? to\b", r"\btr(?:y|ies) to\b", r"\bstrives?\b", r"\bif (?:possible|necessary|needed|conditions)\b",
        r"\bwhere (?:possible|appropriate)\b", r"\bin principle\b", r"\bas conditions allow\b", r"\breview whether\b",
        r"\bwork towards?\b", r"\bin due course\b", r"\bas soon as possible\b",
    ),
    "ko": (
        "검토", "고려", "모색", "노력", "가능하면", "가능한 한", "필요시", "필요하면", "여건", "추진할 예정", "방안을",
        "수도 있", "수 있", "지향", "단계적으로",
    ),
}  # fmt: skip
DROPPED = {
    "en": (
        r"\b(?:will|would|does|do|shall) not\b", r"\bwon't\b", r"\bno longer\b", r"\bscrap(?:s|ped)?\b",
        r"\bcancel(?:s|led|ed)?\b", r"\babandon(?:s|ed)?\b", r"\bwithdr(?:aw|ew|awn)\b", r"\bdrop(?:s|ped)? the\b",
        r"\bgive[sn]? up\b", r"\bgave up\b", r"\bshelv(?:e|es|ed)\b", r"\bdiscontinu(?:e|es|ed)\b",
    ),
    "ko": ("철회", "중단", "폐기", "백지화", "포기", "않기로", "않을 것", "않을 방침", "취소", "보류"),
}  # fmt: skip
WIDE = {
    "en": (
        r"\ball\b", r"\bevery\b", r"\beach\b", r"\bentire\b", r"\bwhole\b", r"\bnationwide\b", r"\bfull(?:y)?\b",
        r"\bany\b",
    ),
    "ko": ("모든", "전국", "전체", "전면", "전부", "누구나", "각 "),
}  # fmt: skip
NARROW = {
    "en": (
        r"\bonly\b", r"\bsome\b", r"\bpart(?:s)? of\b", r"\bpartial(?:ly)?\b", r"\blimited\b", r"\bpilot\b",
        r"\bselected\b", r"\bexcept\b", r"\bexcluding\b", r"\binternal(?:ly)?\b", r"\bsummary\b", r"\bup to\b",
    ),
    "ko": ("일부", "시범", "한해", "한정", "제한적", "제외", "부분적", "내부", "요약", "최대"),
}  # fmt: skip

_ENGLISH_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12,
}  # fmt: skip
NUMBER = re.compile(
    r"(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<scale>hundred|thousand|million|billion|trillion|천|만|억|조)?"
    rf"|\b(?P<word>{'|'.join(_ENGLISH_NUMBERS)})\b(?:\s+(?P<wordscale>hundred|thousand|million|billion|trillion))?",
    re.IGNORECASE,
)


def found(patterns: dict[str, tuple[str, ...]], text: str, language: str) -> set[str]:
    """The words of a list that the text says, as it says them."""
    return {
        match.group(0).casefold()
        for pattern in patterns.get(language, ())
        for match in re.finditer(pattern, text, re.IGNORECASE)
    }


def numbers_in(text: str) -> list[Decimal]:
    """The numbers of a text in order: figures and English words, with what multiplies them ("1만", "two million")."""
    numbers = []
    for match in NUMBER.finditer(text):
        figure = match["figure"]
        value = Decimal(figure.replace(",", "")) if figure else Decimal(_ENGLISH_NUMBERS[match["word"].casefold()])
        scale = match["scale"] or match["wordscale"]
        numbers.append(value * _SCALES[scale.casefold()] if scale else value)
    return numbers
