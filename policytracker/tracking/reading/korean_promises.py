"""Is a Korean sentence a promise of the government? A Korean sentence says so at its end: …할 계획이다, …기로 했다."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policytracker.tracking.reading import korean_words as lexicon
from policytracker.tracking.reading.actors import NOBODY, Actor, Context, Known, Who, known_within
from policytracker.tracking.reading.countries import countries_named
from policytracker.tracking.reading.drafts import Apart, Draft, Part, Reason
from policytracker.tracking.reading.korean_endings import ENDINGS, Ending
from policytracker.tracking.reading.phrases import DuePhrase

BASE = Reason("weak_words", "", -1.5)
FORECAST = re.compile(
    r"것으로\s?(?:보인|보이|전망|예상|예측|관측|추산|추정|내다|기대|풀이|분석|예보|점쳐|점친|우려)|것이라(?:고|는|며)?\s?(?:전망|예상|관측|예측|우려|분석|내다|경고)|전망이다|전망된다|관측이|우려가|가능성|예상된다|예상했|전망했|내다봤|추산된다|것이라는\s?(?:관측|전망|예상|우려|분석|지적)|수\s?있다(?:는|고)?\s?(?:우려|지적|분석|관측)|수\s?있다[.]?$"
)
WEATHER = re.compile(
    r"(?<![가-힣])(?:비|눈|소나기|장맛비|[가-힣]*기온|바람|황사|안개|미세먼지|더위|추위|하늘|날씨|물결|폭염|한파)[가이은는도]\s.{0,30}"
    r"(?:내리|그치|불|오르|떨어지|끼|쌓이|이어지|나타나|맑|흐리|춥|덥|보이|찾아오)겠(?:습니다|다|고)"
)
NO_GOVERNMENT = re.compile(
    r"공시(?:했|한다)|등판|출전(?:할|한다)|맞붙|평가전|개막전|결승전|경기를\s?(?:치|펼|갖)|컴백|개봉(?:할|한다)|신곡|앨범|종영|첫\s?방송"
)
POLICE_WORK = re.compile(
    r"(?:경찰|해경|소방|국과수|수사팀)[가-힣\s]{0,8}[은는이가]\s.*(?:불러|소환|감식|부검|입건|송치|구속|영장|원인을?\s?(?:조사|수사)|경위를?\s?(?:조사|수사|파악))"
)
DEMAND = re.compile(
    r"(?:촉구|요구|호소|주장|비판|지적|반발|경고|위협|규탄|맞섰|당부|주문)(?:했|하며|하고|한다|했습니다|다)|해야\s?한다|돼야\s?한다|되어야\s?한다|아야\s?한다|어야\s?한다|서야\s?한다|야\s?할\s?것|달라고"
)
DENIED = re.compile(
    r"(?:계획|예정|방침|생각|뜻|의향|의사|바)(?:이|은|도|을|는)?\s?(?:전혀\s?)?(?:없|갖고\s?있지\s?않|아니)|부인했|말을\s?아꼈|거부했|선을\s?그었|일축했|[킬을를]지는|여부는|않고\s?있다|못했다|못하고|검토한\s?바\s?없|사실이\s?아니|미지수|불투명|두고\s?볼"
)
HISTORY = re.compile(
    r"(?:계획|예정|방침|목표|구상)(?:이었|였)|(?:겠다고|기로|약속|계획|예정)[가-힣\s]{0,12}(?:했지만|했으나|했었|이었으나|이었지만|였지만|했는데|해\s?왔|했던|이던)|지키지\s?못|무산|(?:당초|애초)[^.]{0,50}(?:미뤄|늦|연기|못|였|었)"
)
QUESTION = re.compile(r"[?？]\s*[\"”’']?$|(?:는가|을까|ㄹ까|인가)[?.]?$")
NOUN_END = re.compile(
    rf"(?:{lexicon.DEEDS}|예정|계획|방침|하기로|추진|목표|달성|창출|가속화|착수|완료|마무리|전개|병행|극대화|활성화|내실화|고도화|정례화|제도화|현실화|다변화|단축|연계|정착|확산|유치)(?:\s?(?:추진|실시|예정|계획|방침|확대|강화|마련|착수|검토))?\s*(?:\([^)]*\))?$"
)
NEGATIVE = re.compile(r"지\s?않(?:겠|기로|을|는다)")
TOPIC = re.compile(
    r"(?P<who>(?:[가-힣A-Za-z·’'()\d-]+\s){0,5}?[가-힣A-Za-z·’')\d-]+?)(?P<particle>께서는|에서는|은|는|이|가|도|측은)\s"
)
VERB_STEM = re.compile(r"(?:다|하|되|있|없|라|않|받|키|시키|지키|맞|살|나오|다루|높이|줄이|늘리|이어지|벌어지|떨어지)$")
ITINERARY = re.compile(
    r"(?:참석|방문|면담|회동|출국|귀국|접견|예방|연설|축사|주재|만날|만나|강연|순방|방한|방미)[가-힣\s]{0,6}(?:예정|계획|방침|것|기로)"
)
TIME_OR_PLACE = re.compile(r"(?:부터|까지|에서|에|중|때|경우|올해|내년|이날|앞으로|이를|위해|따라|이와|함께|통해)$")
CONDITION = re.compile(
    r"(?P<condition>[^,.“”\"]{2,70}?(?:(?:되|하|으|라|다|지|오|나|치|리|가|서|들|받으|이뤄지|열리|끝나|마치|풀리|내리|않으|있으|없으|맞으)면|(?:할|될|[가-힣]ㄹ|은|는|한|된)\s경우(?:에는|에|엔)?|(?:하|되|나|오|치|지)는\s?대로|(?:것을|을|를|다는)\s?(?:전제로|조건으로)|[가-힣]+\s시(?:에는|엔|에)))(?=[,\s])"
)
NOT_A_CONDITION = re.compile(r"(?:반|측|화|전|장|국|표|이|대|지|평|수|단|정|후|방|가|직)면$|하면서|으면서")
RECURRENCES = (
    ("half-yearly", re.compile(r"반기별|반기마다|연\s?2회|매\s?반기|한\s?해\s?두\s?차례|6개월마다")),
    ("quarterly", re.compile(r"분기별|분기마다|매\s?분기|연\s?4회|3개월마다")),
    ("monthly", re.compile(r"매월|매달|달마다|월례|월\s?1회|매\s?월")),
    ("yearly", re.compile(r"매년|해마다|연례|연\s?1회|매해|매\s?년|연차")),
    ("other", re.compile(r"매주|격년|격월|정기적|정례화|정례적|주기적|매일|\d년마다|수시로|주\s?1회")),
)
PAST_EVENT_AFTER = re.compile(
    r"^[\s,]*(?:[가-힣]{1,10}\s)?(?:열린|발표한(?!다)|발표된(?!다)|출범한|시행된(?!다)|마련된(?!다)|있었던|공개된(?!다)|공개한(?!다)|체결한(?!다)|체결된(?!다)|발간한(?!다)|밝힌|기준|현재|서울|오전|오후|국회에서|정부서울청사)"
)
SPEECH = re.compile(r"[“\"][^“”\"]*[”\"]")


def read_korean(sentence: str, known: Sequence[Known], context: Context, *, has_deadline: bool) -> Draft | None:
    """The sentence as a promise, or None. See `read_english`; what counts as apart is the same."""
    text = sentence.strip()
    if lexicon.FURNITURE.search(text) or QUESTION.search(text):
        return None
    ending = _ending_of(text)
    actor = _actor(text, known, context)
    _remember(actor, context)
    if ending is None:
        return None
    found, match = ending
    resolved = _resolved(actor, context)
    if found.wants_actor and not (has_deadline or resolved.who.may_promise or resolved.who is Who.INSTRUMENT):
        return None
    return Draft(
        trigger=Part(match.start(), match.end()),
        actor=resolved,
        reasons=tuple(
            reason for reason in _reasons(text, found, match, actor, resolved, has_deadline) if reason.weight
        ),
        kind="outcome" if lexicon.OUTCOME.search(text) else "action",
        specificity=_specificity(text, has_deadline),
        apart=_apart(text, match, resolved),
        condition=_condition(text),
        recurrence=_recurrence(text),
    )


def read_korean_item(item: str, context: Context, *, has_deadline: bool) -> Draft | None:
    """A point of a press release that ends in a noun of action: … 확대 추진."""
    match = NOUN_END.search(item.strip(" ."))
    if not match:
        return None
    figures = bool(lexicon.NUMBER.search(item))
    reasons = [Reason("item", match.group().strip(), 0.2), Reason("action", match.group().strip(), 0.3)]
    reasons += [Reason("deadline", "", 0.8)] if has_deadline else []
    reasons += (
        [Reason("promise_words", match.group(), 0.8)] if re.search("예정|계획|방침|하기로|추진", match.group()) else []
    )
    specific = "specific" if figures or has_deadline or not lexicon.VAGUE.search(item) else "vague"
    kind = "outcome" if lexicon.OUTCOME.search(item) else "action"
    return Draft(
        Part(match.start(), match.end()), context.last, tuple(reasons), kind, specific, recurrence=_recurrence(item)
    )


def _ending_of(text: str) -> tuple[Ending, re.Match[str]] | None:
    """The strongest promise near the end of the sentence, where Korean puts its verb."""
    best: tuple[Ending, re.Match[str]] | None = None
    floor = max(0, len(text) - 70)
    for ending in ENDINGS:
        for match in ending.pattern.finditer(text):
            near_end = match.end() >= floor or match.end() >= len(text) // 2
            if near_end and (best is None or ending.weight > best[0].weight):
                best = ending, match
    return best


# -- who ----------------------------------------------------------------------------------------------------------------


def _actor(text: str, known: Sequence[Known], context: Context) -> Actor:
    """The topic of the sentence outside its quotations; NOBODY where it is left out, as it often is."""
    bare = SPEECH.sub(lambda m: " " * len(m.group()), text)
    for match in TOPIC.finditer(bare):
        phrase = match["who"].strip()
        if TIME_OR_PLACE.search(phrase) or (match["particle"] == "는" and VERB_STEM.search(phrase)):
            continue
        who = _who(phrase, context)
        inside = known_within(known, match.start("who"), match.end("who"))
        if inside and who not in {Who.PARTY, Who.OTHER, Who.FOREIGN}:
            return Actor(phrase, inside.who, inside.key)
        if who is not Who.UNKNOWN:
            return Actor(phrase, who)
        if match["particle"] == "에서는":
            continue
        if match.start() > len(bare) * 0.6:
            break
    first = TOPIC.match(bare)
    if first and first["particle"] == "에서는":
        return NOBODY
    return Actor(first["who"].strip(), Who.UNKNOWN) if first and not TIME_OR_PLACE.search(first["who"]) else NOBODY


def _who(phrase: str, context: Context) -> Who:
    named = re.sub(r"(?<=[가-힣])\s측$", "", phrase)
    last = named.split()[-1]
    if lexicon.FORMER.search(phrase):
        return Who.FORMER
    if lexicon.FOREIGN_PEOPLE.search(" ".join(phrase.split()[-4:])):
        return Who.FOREIGN
    countries = set(countries_named(" ".join(phrase.split()[-3:])))
    if countries and not countries & (context.home or {"KR"}):
        return Who.FOREIGN
    if lexicon.PARTY.search(last):
        return Who.PARTY
    if lexicon.OTHER.search(last) or re.search(
        r"(?:^|\s)(?:배우|가수|감독|선수|작가|교수|회장|사장|대표이사)\s", phrase
    ):
        return Who.OTHER
    if re.search(r"(?:노조|협회|연합회|조합)\s?(?:위원)?장$", phrase):
        return Who.OTHER
    if lexicon.STATE.search(last) and not lexicon.NOT_A_MINISTRY.search(last):
        return Who.STATE
    if re.search(
        r"(?:요건|한도|대상|자격|절차|세율|공제|요율|단가|수수료|과태료|벌금|정원|연령|주기|유효기간|의무|제도|법|법안|개정안|사업|대책|정책|프로그램|서비스|조치|규정|시행령|계획|센터|시스템|예산|지원금|수당|급여|요금|노선|상품|대출|진료|검진|접종|심사|발급|신청|접수|모집|지원|보장|체계|의료|돌봄|혜택|제한|규제|기준|개선|완화|인상|확대|강화)$",
        last,
    ):
        return Who.INSTRUMENT
    return Who.UNKNOWN


def _resolved(actor: Actor, context: Context) -> Actor:
    if actor.who is Who.NOBODY and context.speaker.text:
        return context.speaker
    return actor


def _remember(actor: Actor, context: Context) -> None:
    if actor.who.may_promise or actor.who.speaks_for_itself:
        context.speaker = actor
    context.note(actor)


# -- why, how, when -----------------------------------------------------------------------------------------------------


def _reasons(
    text: str, ending: Ending, match: re.Match[str], actor: Actor, resolved: Actor, has_deadline: bool
) -> list[Reason]:
    reasons = [BASE, Reason(ending.code, match.group().strip(" .”\"'’"), ending.weight)]
    if resolved.who.may_promise:
        earlier = actor.who is Who.NOBODY
        code = "actor_earlier" if earlier else "actor_known" if resolved.known_as else "actor_state"
        reasons.append(Reason(code, resolved.text, 0.8 if earlier else 1.4))
    elif resolved.who.speaks_for_itself:
        reasons.append(Reason("actor_not_ours", resolved.text, -3.0))
    elif resolved.who is Who.INSTRUMENT:
        reasons.append(Reason("actor_instrument", resolved.text, 0.5))
    elif resolved.who is Who.UNKNOWN:
        reasons.append(Reason("actor_unclear", resolved.text, -0.5))
    if has_deadline:
        reasons.append(Reason("deadline", "", 0.6))
    if number := lexicon.NUMBER.search(text):
        reasons.append(Reason("number", number.group(), 0.2))
    if NEGATIVE.search(match.group()) or NEGATIVE.search(text, max(0, match.start() - 6)):
        reasons.append(Reason("negative", "", -0.2))
    if ITINERARY.search(text, max(0, len(text) - 40)):
        reasons.append(Reason("itinerary", "", -3.2))
    if FORECAST.search(text, max(0, len(text) - 40)):
        reasons.append(Reason("forecast", "", -3.0))
    if WEATHER.search(text) or NO_GOVERNMENT.search(text) or POLICE_WORK.search(text):
        reasons.append(Reason("actor_not_ours", "", -3.0))
    return reasons


def _apart(text: str, match: re.Match[str], actor: Actor) -> Apart | None:
    if actor.who is Who.FOREIGN or lexicon.OVERSEAS.search(text):
        return Apart.FOREIGN
    if actor.who is Who.PARTY:
        return Apart.PARTY
    if actor.who is Who.FORMER or HISTORY.search(text):
        return Apart.HISTORY
    if actor.who is Who.OTHER:
        return Apart.OTHERS
    if DENIED.search(text, max(0, match.start() - 12)):
        return Apart.DENIED
    if DEMAND.search(text, max(0, len(text) - 22)):
        return Apart.OTHERS
    return None


def _specificity(text: str, has_deadline: bool) -> str:
    if has_deadline or lexicon.NUMBER.search(text):
        return "specific"
    return "vague" if lexicon.VAGUE.search(text) else "specific"


def _condition(text: str) -> Part | None:
    bare = SPEECH.sub(lambda m: " " * len(m.group()), text)
    for match in CONDITION.finditer(bare):
        words = match["condition"]
        if NOT_A_CONDITION.search(words):
            continue
        topic = re.match(r"[^,]*?[가-힣](?:은|는)\s(?=.{4,})", words)
        start = match.start() + (topic.end() if topic else 0)
        start += len(bare[start : match.end()]) - len(bare[start : match.end()].lstrip())
        return Part(start, match.end("condition"))
    return None


def _recurrence(text: str) -> Part | None:
    for code, pattern in RECURRENCES:
        match = pattern.search(text)
        if match:
            return Part(match.start(), match.end(), code)
    return None


def may_be_deadline(sentence: str, phrase: DuePhrase, trigger: Part) -> bool:
    """Whether a phrase of time belongs to the promise and not to an event told beside it."""
    return not PAST_EVENT_AFTER.match(sentence[phrase.end : phrase.end + 24])
