"""What may stand right behind a Korean name: particles, the copula, a title."""

from __future__ import annotations

import re

TITLES = (
    "대통령|국무총리|부총리|총리|장관|차관보|차관|대변인|당국자|관계자|위원장|부위원장|위원회|청장|처장|차장|국장|과장|실장|본부장|의장"
    "|대표|의원|총장|소장|단장|원장|이사장|사무총장|특사|대사|수석|비서관|보좌관|씨|님|측|산하|청사|직원|소속|당국"
)
FIRST = (
    "께서|에게서|에서|에게|한테|으로서|으로써|로서|로써|으로부터|로부터|부터|까지|보다|처럼|마다|조차|밖에|대로|같이|마저|이라도|라도"
    "|이야말로|야말로|이든지|든지|이나마|나마|으로|에|께|로|의|와|과|도|만|은|는|이|가|을|를|나|이나|뿐|들|아|야|하고|이랑|랑"
)
SECOND = "에서|에게|부터|까지|으로|로|에|은|는|도|만|의|이|가|을|를|와|과|라도|조차"
COPULA = (
    "이다|다|입니다|이었다|였다|인|이던|이라고|라고|이라며|라며|이라는|라는|이라면서|라면서|이란|란|이라|라|이지만|지만|이며|며|이고|고"
    "|이자|자|이므로|이어서|여서|이었던|였던|이면서|면서|이라면|라면|이기|이거나|거나|인데|이죠|예요|이에요"
)
ATTACHED = re.compile(rf"(?:{TITLES})?(?:들)?(?:(?:{FIRST})(?:{SECOND})?|{COPULA})?$")
HANGUL_RUN = re.compile(r"[가-힣]*")
AFTER_CONSONANT = ("은", "이", "을", "과", "으로", "아")
AFTER_VOWEL = ("는", "가", "를", "와")


def is_hangul(character: str) -> bool:
    """Whether it is a composed syllable of Hangul."""
    return "가" <= character <= "힣"


def ends_a_name(name_end: str, following: str) -> bool:
    """Whether a name that ends with this character may be followed by this run of Hangul (perhaps empty)."""
    if not following:
        return True
    if not ATTACHED.fullmatch(following):
        return False
    if not is_hangul(name_end) or re.match(f"(?:{TITLES})", following):
        return True
    has_final_consonant = (ord(name_end) - 0xAC00) % 28 != 0
    wrong = AFTER_VOWEL if has_final_consonant else AFTER_CONSONANT
    return following not in wrong and not (has_final_consonant and following.startswith(("는", "를")))
