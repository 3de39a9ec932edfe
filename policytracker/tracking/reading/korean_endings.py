"""The endings by which a Korean sentence promises, each with its weight: …할 계획이다, …기로 했다, …겠다고 밝혔다."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policytracker.tracking.reading.korean_words import DEEDS

TELLS = r"(?:밝혔|말했|강조했|약속했|전했|설명했|덧붙였|했|발표했|다짐했|언급했|선언했|공언했|확인했|제시했|밝힌|전한|알렸|재확인했|피력했|보고했|소개했|예고했|답했|적었|썼|강조하|밝히|말하|설명하|전하)"
ON_A_DAY = (
    r"(?:(?:(?:지난\s?|이달\s?|\d{1,2}월\s?)?\d{1,2}일|이날|오늘|어제|전날|최근|같은\s?날)\s?(?:오전\s?|오후\s?)?)?"
)
"""What news puts between the promise and the telling: …한다고 18일 밝혔다."""
WITH_FINAL_L = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 == 8)
WITH_FINAL_N = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if (code - 0xAC00) % 28 == 4)
NOT_A_DEED = (
    "말|주장|강조|지적|생각|설명|의미|해당|차지|전망|예상|기대|우려|비판|평가|분석|촉구|요구|당부|호소|필요로|가능|불과|위치|존재|속|달|포함|기록|증가|감소|하락|상승"
    "|열|보인|나타낸|밝힌|전한|본|있는|없는|않는|된다고|알린|꼽힌|알려진|나온|이른|따른|맞는|걸린|뜻|풀이|관측|지낸|남는|드러난|모인|생긴|오른|떨어진|늘어난|줄어든|달한"
)
PLAIN_PRESENT = rf"(?<![가-힣])(?!(?:{NOT_A_DEED}))[가-힣]{{0,8}}(?:[{WITH_FINAL_N}]|는)다(?=[.”\"’'\s]|$)"
TO_COME = rf"[가-힣]*[{WITH_FINAL_L}]"


@dataclass(frozen=True, slots=True)
class Ending:
    """A way in which a Korean sentence promises."""

    code: str
    pattern: re.Pattern[str]
    weight: float
    wants_actor: bool = False


def _ending(code: str, weight: float, pattern: str, *, wants_actor: bool = False) -> Ending:
    return Ending(code, re.compile(pattern), weight, wants_actor)


ENDINGS = (
    _ending(
        "promise_words",
        2.3,
        r"(?:계획|방침|예정|구상|복안|생각|포부|의지|각오|입장)[”\"’']?(?:이다|입니다|인데|이라고|이라며|이라면서|이며|이고|임|이라는|다\b|인\s?것으로|돼\s?있|되어\s?있|$)",
    ),
    _ending(
        "promise_words",
        2.3,
        rf"(?:{TO_COME}|는)\s?(?:계획|방침|구상|복안|생각|포부|의지|각오|입장|뜻)(?:을\s?(?:밝혔|세웠|내놨|내놓았|발표|공개|재확인|전했|피력|보였)|도\s?(?:밝혔|내놨|공개)|이\s?담겼|을\s?담)",
    ),
    _ending(
        "promise_words", 2.2, r"[기키]로\s?(?:했|하고|한|결정|합의|확정|의결|뜻을|의견을|하였|함|의기투합|약속|하면|$)"
    ),
    _ending("promise_words", 2.3, r"겠(?:다고|다며|다면서|다는|습니다|다[.”\"’'\s]|다$|다라고|음|노라)"),
    _ending("promise_words", 2.0, r"(?:[을를]|할\s?것을|하기로)\s?(?:약속|다짐|공약)(?:했|한다|합니다|하고|드립|하며)"),
    _ending(
        "promise_words",
        1.6,
        rf"{TO_COME}\s?것[”\"’']?(?:이라고|이라며|이라면서|입니다|이다|임|이라는|을\s?약속|$)(?!\s?(?:전망|예상|관측|분석|우려|내다|예측))",
    ),
    _ending(
        "promise_words",
        1.6,
        rf"(?:한|된|[가-힣]ㄴ|인|는|린|킨|운|친|선|연|간|온|센|춘|꾼|긴|진|난|인|둔|준|쓴|푼|짓는|돕는|놓는|낸)다(?:고|며|는)\s?(?:{ON_A_DAY}{TELLS}|계획|방침|목표|구상|입장)",
    ),
    _ending("promise_words", 1.5, rf"(?:{DEEDS})(?:한다|된다|합니다|됩니다)(?=[.”\"’'\s]|$)", wants_actor=True),
    _ending(
        "promise_words",
        1.5,
        r"(?:늘린|줄인|연|짓는|만든|나선|펼친|높인|낮춘|들어간|내놓는|세운|바꾼|고친|없앤|보낸|갖춘|키운|돕는|나온|시작한|내린|올린|맡긴|넓힌|채운|뽑는|푼|묶는|막는|살린|거둔|꾸린|띄운|앞당긴|손본|다듬는|쏟는|심는|깐)다(?=[.”\"’'\s]|$)",
        wants_actor=True,
    ),
    _ending("promise_words", 1.1, PLAIN_PRESENT, wants_actor=True),
    _ending(
        "promise_words",
        1.6,
        r"(?:목표다|목표로\s?(?:한다|하고|삼|추진|짓|건|조성)|목표를\s?(?:세|제시|재확인|설정|내|잡|밝)|것이\s?목표|목표이다|목표입니다)",
    ),
    _ending(
        "actor_receiver",
        1.7,
        r"수\s?있(?:게\s?된다|게\s?됩니다|게\s?할|도록\s?(?:한다|할|하겠|했)|게\s?될)",
        wants_actor=True,
    ),
    _ending("promise_words", 1.3, r"(?:도록|토록)\s?(?:할\s?(?:계획|방침|예정)|한다|하겠|할\s?것|함)"),
    _ending(
        "promise_words", 1.0, r"(?:계획|예정|방침|생각|뜻|의향|의사)(?:이|은|도)?\s?(?:전혀\s?)?없(?:다|음|습니다|으며)"
    ),
    _ending(
        "promise_words",
        1.3,
        rf"{TO_COME}\s?것으로\s?(?:알려졌|전해졌|파악됐|확인됐)",
        wants_actor=True,
    ),
    _ending(
        "in_progress",
        0.4,
        r"(?:추진|준비|마련|모색|구상|계획)(?:\s?중(?:이다|인|이라고|입니다)|하고\s?있(?:다|습니다|다고))",
    ),
)
