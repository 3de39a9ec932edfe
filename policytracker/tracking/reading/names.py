"""Other ways in which a name is written: turned round, abbreviated, in the other English, by the family name alone."""

from __future__ import annotations

import re

from policytracker.tracking.reading.words import words

SPELLINGS = (
    ("defence", "defense"),
    ("labour", "labor"),
    ("centre", "center"),
    ("programme", "program"),
    ("organisation", "organization"),
    ("modernisation", "modernization"),
    ("digitalisation", "digitalization"),
    ("decarbonisation", "decarbonization"),
    ("harbour", "harbor"),
    ("neighbourhood", "neighborhood"),
)
BODY = re.compile(
    r"^(?:The\s+)?(Ministry|Department|Office|Bureau|Agency|Commission)\s+(?:of|for)\s+(?:the\s+)?(.+)$", re.I
)
BODY_LAST = re.compile(r"^(?:The\s+)?(.+)\s+(Ministry|Department)$", re.I)
HOLDER = re.compile(
    r"^((?:Deputy |Vice |Vice-|Assistant |Junior )?(?:Minister|Secretary of State|Minister of State|Secretary))\s+(?:of|for)\s+(?:the\s+)?(.+)$",
    re.I,
)
HOLDER_LAST = re.compile(r"^(?!Prime\b|Chief\b|First\b)(.+)\s+(Minister)$", re.I)
KOREAN_MINISTER = re.compile(r"^(\S+부)\s*(장관|차관)$")
PARENTHESIS = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*")
FAMILY_FIRST = words(
    "kim lee park choi choe jung jeong chung jong kang cho jo yoon yun jang lim im han shin seo suh kwon hwang ahn an"
    " song ryu yoo yu hong moon mun yang bae baek paik ha koo gu ko goh ro roh noh na nam sim shim ju joo chun cheon min"
    " oh bang pyo eom um won woo heo hur huh kwak do ma cha chae chu ri pak xi li wang zhang liu chen zhao wu hu wen"
    " nguyen pham tran le vo bui mao deng jiang tsai lai"
)
TWO_SYLLABLE_FAMILIES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "mp", "kc", "qc", "obe", "cbe"})
HONORIFICS = re.compile(
    r"^(?:(?:rt\.?|hon\.?|the|right|honourable|honorable|dr\.?|prof\.?|professor|sir|dame|lord|lady|baroness|baron"
    r"|mr\.?|mrs\.?|ms\.?|shri|smt\.?|sri|cs|ps|president|minister|senator)\s+)+",
    re.I,
)


def variants(name: str, kind: str) -> tuple[str, ...]:
    """The name and the other ways to write it that need no knowledge of the world; no doubles, the name first."""
    plain = PARENTHESIS.sub(" ", name).strip()
    written = [plain, *PARENTHESIS.findall(name)] if PARENTHESIS.search(name) else [name]
    if kind == "ministry":
        written += [turned for each in written for turned in _turned_body(each)]
    if kind == "post":
        written += [turned for each in written for turned in _turned_holder(each)]
    if kind == "official":
        written += [_without_honorifics(each) for each in written]
    written += [each.replace(" & ", " and ") for each in written if " & " in each]
    written += [each.replace(" and ", " & ") for each in written if " and " in each and kind == "ministry"]
    written += [_other_spelling(each) for each in list(written)]
    return tuple(dict.fromkeys(each.strip() for each in written if len(each.strip()) > 1))


def _turned_body(name: str) -> list[str]:
    turned = []
    if match := BODY.match(name):
        body, field = match.groups()
        if body.lower() in {"ministry", "department"}:
            turned += [f"{field} {body}", f"{body} of {field}", f"{body} for {field}"]
            turned += [f"{field.removesuffix(' Affairs')} {body}"]
        if "," in field or " and " in field:
            turned.append(f"{re.split(r',| and ', field)[0].strip()} {body}")
    elif match := BODY_LAST.match(name):
        field, body = match.groups()
        turned += [f"{body} of {field}", f"{body} for {field}"]
    return turned


def _turned_holder(name: str) -> list[str]:
    turned = []
    if match := HOLDER.match(name):
        title, field = match.groups()
        short = title.replace("Secretary of State", "Secretary").replace("Minister of State", "Minister")
        deputy, _, bare = short.rpartition(" ")
        joined = f"{deputy} {field} {bare}".strip()
        turned += [joined, joined.replace(" Affairs", ""), f"{title} of {field}", f"{title} for {field}"]
        if " and " in field or "," in field:
            turned.append(f"{deputy} {re.split(r',| and ', field)[0].strip()} {bare}".strip())
    elif match := HOLDER_LAST.match(name):
        field, title = match.groups()
        turned += [f"{title} of {field}", f"{title} for {field}"]
    elif match := KOREAN_MINISTER.match(name):
        turned.append(f"{match.group(1)} {match.group(2)}")
    return turned


def _without_honorifics(name: str) -> str:
    return HONORIFICS.sub("", name)


def _other_spelling(name: str) -> str:
    lowered = name.lower()
    for british, american in SPELLINGS:
        for one, other in ((british, american), (american, british)):
            found = re.search(rf"\b{one}\b", lowered)
            if found:
                word = other.capitalize() if name[found.start()].isupper() else other
                return name[: found.start()] + word + name[found.end() :]
    return name


def family_name(name: str) -> str:
    """The family name of a person, or "" where the name has only one part."""
    if re.fullmatch(r"[가-힣]{2,5}", name):
        return next((each for each in TWO_SYLLABLE_FAMILIES if name.startswith(each)), name[0])
    parts = [part for part in _without_honorifics(name).replace(",", "").split() if part.lower() not in SUFFIXES]
    if len(parts) < 2:
        return ""
    if parts[0].lower() in FAMILY_FIRST and (len(parts) == 3 or "-" in parts[1]):
        return parts[0]
    return parts[-1]
