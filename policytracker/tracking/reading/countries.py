"""Countries by the words a text uses for them: name, people, capital, seat of government."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

WORDS = """
US: United States|U.S.|US|USA|America|American|Washington|White House|Pentagon|Capitol Hill|미국|미|백악관|워싱턴|미 국무부|미 정부
GB: United Kingdom|U.K.|UK|Britain|British|England|Whitehall|Downing Street|영국
KR: South Korea|South Korean|Republic of Korea|ROK|Seoul|Cheong Wa Dae|Cheongwadae|Blue House|한국|대한민국|우리 정부|우리나라|서울
KP: North Korea|North Korean|N. Korea|N.K.|the North|DPRK|Pyongyang|북한|북측|북|조선중앙통신|평양|김정은|김여정|노동당
JP: Japan|Japanese|Tokyo|일본|도쿄
CN: China|Chinese|Beijing|중국|베이징
RU: Russia|Russian|Moscow|Kremlin|러시아|크렘린|모스크바
UA: Ukraine|Ukrainian|Kyiv|우크라이나
IN: India|Indian|New Delhi|Lok Sabha|인도
PK: Pakistan|Pakistani|Islamabad|파키스탄
BD: Bangladesh|Bangladeshi|Dhaka|방글라데시
LK: Sri Lanka|Sri Lankan|Colombo
NP: Nepal|Nepali|Nepalese|Kathmandu
KE: Kenya|Kenyan|Nairobi|케냐
UG: Uganda|Ugandan|Kampala
TZ: Tanzania|Tanzanian|Dodoma
ET: Ethiopia|Ethiopian|Addis Ababa
NG: Nigeria|Nigerian|Abuja|나이지리아
GH: Ghana|Ghanaian|Accra
RW: Rwanda|Rwandan|Kigali
ZA: South Africa|South African|Pretoria|남아공
EG: Egypt|Egyptian|Cairo|이집트
AU: Australia|Australian|Canberra|호주
NZ: New Zealand|New Zealander|Wellington|뉴질랜드
CA: Canada|Canadian|Ottawa|캐나다
MX: Mexico|Mexican|멕시코
BR: Brazil|Brazilian|Brasília|Brasilia|브라질
AR: Argentina|Argentine|Buenos Aires
FR: France|French|Paris|Élysée|프랑스
DE: Germany|German|Berlin|독일
IT: Italy|Italian|Rome|이탈리아
ES: Spain|Spanish|Madrid|스페인
NL: Netherlands|Dutch|The Hague|네덜란드
BE: Belgium|Belgian
SE: Sweden|Swedish|Stockholm|스웨덴
NO: Norway|Norwegian|Oslo|노르웨이
FI: Finland|Finnish|Helsinki|핀란드
DK: Denmark|Danish|Copenhagen|덴마크
PL: Poland|Polish|Warsaw|폴란드
IE: Ireland|Irish|Dublin|아일랜드
CH: Switzerland|Swiss|Bern|스위스
AT: Austria|Austrian|Vienna
GR: Greece|Greek|Athens
TR: Turkey|Türkiye|Turkish|Ankara|튀르키예|터키
IL: Israel|Israeli|Jerusalem|Tel Aviv|이스라엘
IR: Iran|Iranian|Tehran|이란
SA: Saudi Arabia|Saudi|Riyadh|사우디
AE: United Arab Emirates|UAE|Emirati|Abu Dhabi
ID: Indonesia|Indonesian|Jakarta|인도네시아
MY: Malaysia|Malaysian|Kuala Lumpur|Putrajaya|말레이시아
SG: Singapore|Singaporean|싱가포르
PH: Philippines|Philippine|Filipino|Manila|필리핀
TH: Thailand|Thai|Bangkok|태국
VN: Vietnam|Vietnamese|Hanoi|베트남
TW: Taiwan|Taiwanese|Taipei|대만
EU: European Union|EU|European Commission|Brussels|유럽연합|EU 집행위
"""
COUNTRIES = {
    line.split(":", 1)[0]: tuple(word.strip() for word in line.split(":", 1)[1].split("|"))
    for line in WORDS.strip().splitlines()
}
OWNER = {word: code for code, words in COUNTRIES.items() for word in words}
ONE_SYLLABLE = {"미": "US", "북": "KP"}


@cache
def _latin_words() -> re.Pattern[str]:
    words = sorted((w for w in OWNER if not re.search("[가-힣]", w)), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w])")


@cache
def _hangul_words() -> re.Pattern[str]:
    words = sorted((w for w in OWNER if re.search("[가-힣]", w) and w not in ONE_SYLLABLE), key=len, reverse=True)
    return re.compile(r"(?<![가-힣])(?:" + "|".join(map(re.escape, words)) + ")")


def countries_named(text: str) -> tuple[str, ...]:
    """The codes of the countries this text names, in order, repeated as often as named."""
    found: Iterable[re.Match[str]] = [*_latin_words().finditer(text), *_hangul_words().finditer(text)]
    return tuple(OWNER[match.group()] for match in sorted(found, key=lambda m: m.start()))


CUES = {
    "GB": re.compile(
        r"£|\b(?:Whitehall|Downing Street|NHS|Home Secretary|Foreign Secretary|MPs|Commons|Holyrood|HMRC|Royal Assent)\b"
    ),
    "US": re.compile(
        r"\b(?:Congress|White House|federal agenc(?:y|ies)|Senate|Capitol|EPA|FDA|Medicare|Medicaid|Federal Register)\b"
    ),
    "IN": re.compile(r"₹|\b(?:Rs\.?|crore|lakh|Union (?:Minister|Cabinet|Budget)|Lok Sabha|Rajya Sabha|Yojana|PIB)\b"),
    "KE": re.compile(r"\b(?:KSh|Ksh|Sh\d|Cabinet Secretary|CS|Harambee House|county governments?)\b"),
    "AU": re.compile(r"\b(?:A\$|superannuation|Australian Government|the Commonwealth|Centrelink)"),
    "CA": re.compile(r"\b(?:Parliament Hill|Health Canada|Transport Canada|First Nations|provinces and territories)\b"),
    "EU": re.compile(r"\b(?:Member States|the Commission|Commissioner|MEPs|the Union)\b"),
    "KR": re.compile(r"\b(?:South Korea|Seoul|Cheong Wa Dae|inter-Korean|National Assembly|won)\b"),
    "JP": re.compile(r"¥|\b(?:yen|Diet|Nagatacho)\b"),
    "ZA": re.compile(r"\b(?:SONA|Eskom|South African)\b"),
    "NG": re.compile(r"₦|\b(?:Federal Government|FG|Nigerians|FCT)\b"),
    "NZ": re.compile(r"\b(?:NZ\$|Beehive|iwi|New Zealanders)"),
    "SG": re.compile(r"S\$|\b(?:Singaporeans|HDB|CPF)\b"),
    "IE": re.compile(r"\b(?:Taoiseach|Tánaiste|Dáil|TDs)\b"),
}


def home_of(text: str, language: str) -> frozenset[str]:
    """The country whose government a text is about, where its own words show it clearly; else none."""
    sample = text[:20_000]
    if language == "ko":
        return frozenset({"KR"})
    counts = {code: len(cue.findall(sample)) for code, cue in CUES.items()}
    best = max(counts, key=lambda code: counts[code])
    others = sorted(counts.values())[-2]
    return frozenset({best}) if counts[best] >= 2 and counts[best] >= 2 * others else frozenset()
