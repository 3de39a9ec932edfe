"""Names of authors out of what sites put in their place. Pure."""

import re
from collections.abc import Iterable
from html import unescape

MOST = 10
LONGEST = 60

_KOREAN_ROLE = (
    r"(?:(?:선임|수석|전문|인턴|객원|시민|영상|사진|촬영|정치부|사회부|경제부|국제부|통일부|외교|안보|북한)\s?)*"
    r"(?:기자|특파원|논설위원|편집위원|편집장|칼럼니스트|앵커|리포터|통신원|평론가|연구위원|에디터|PD|큐레이터)"
)
_KOREAN_NAME = r"[가-힣]{2,4}"
_KOREAN_LINE = re.compile(
    rf"\A[\[(<【]?(?:기자명?\s?:?\s?)?(?:[가-힣A-Za-z·()]{{0,20}}\s?=\s?)?(?P<names>{_KOREAN_NAME}(?:\s?[,·ㆍ/]\s?{_KOREAN_NAME})*)\s?{_KOREAN_ROLE}"
    r"(?:\s?[(<\[]?\s?[\w.+-]+@[\w.-]+\s?[)>\]]?|\s?(?:구독|입력|팔로우).{0,40})?\s?=?\s?[\])>】]?\Z"
)
_KOREAN_DATELINE = re.compile(
    rf"\A\s?[\[(【<〈]\s?(?:[^\])】>〉]{{0,24}}?[=\s/·|])?\s?(?P<names>{_KOREAN_NAME}(?:\s?[,·ㆍ]\s?{_KOREAN_NAME})*)\s?"
    rf"{_KOREAN_ROLE}\s?[\])】>〉]"
)
_KOREAN_DATELINE_AFTER = re.compile(
    rf"\A\s?[(\[][가-힣]{{2,8}}(?:\s?[=/]\s?[가-힣A-Za-z0-9]{{2,8}})?[)\]]\s?(?P<names>{_KOREAN_NAME}(?:\s?[,·ㆍ]\s?{_KOREAN_NAME})*)\s?{_KOREAN_ROLE}\s?="
)
_ENGLISH_LINE = re.compile(
    r"\A\(?(?:(?:(?:this\ is\ )?a\s+guest\s+post|(?:ein\s+)?gastbeitrag|written|reported|reporting|words|story|article|text|posted|published|submitted|authored|contributed)\s+)?"
    r"(?:(?:by|von|par|por|di|door|av|af)[:\s]|(?:authors?|written\s+by|autor(?:in|en|es)?|auteure?|autore|auteurs|autrice|text|texte|texto|testo|redactor|автор|작성자|글쓴이|作者|记者|記者|文|글)\s?[:：|])"
    r"\s*(?P<names>[^\W\d_][^:;!?]{1,90}?)[.)]?\Z",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\s[|•·ㅣ/–—-]\s|;\s(?=(?:additional|editing|edited|writing|reporting)\b)|,?\s(?=(?:publié|veröffentlicht|publicado|pubblicato|aktualisiert|stand)\b)|\s?[|ㅣ]\s?|,?\s(?=(?:published|posted|updated|last updated|(?:기사)?(?:입력|등록|승인|수정))\b\s?:?)|\s(?=\d{4}\s?[-./年])|\s(?:at|on|op|am|le|el|il|em)\s(?=\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\A(?:(?:(?:view\s+|see\s+)?(?:all|more)\s+(?:posts|articles|stories)|written|reported|words|story|posted|published|authored|contributed|reviewed|edited)\s+)?"
    r"(?:by|von|por|par|di|from|author|authors|writer|reporter|reporting by|글쓴이|작성자|글|기자)\b\s*[:：]?\s*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"""\s*(?:
      \((?:[^()]*)\) | <[^<>]*> | \[[^\]]*\] | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | @\w+ | https?://\S+
    | (?i:(?:,\s?|\s)(?:(?:staff|senior|chief|contributing|special|political|politics|foreign|north\ korea|business|education|health
      |science|technology|tech|sports?|environment|energy|home\ affairs|social\ affairs|economics?|world|national|crime|legal|arts|culture
      |diplomatic|defen[cs]e|security|deputy|associate|executive|managing|assistant|digital|features|city|media|news|data|investigations?
      |asia|europe|middle\ east|africa|us|uk|washington|chief\ political)\s?){0,3}(?:reporters?|(?:staff\ )?writers?|(?:news\ )?editors?|correspondents?|columnists?|contributors?|producers?|bureau\ chief|analysts?)\b.*)
    | \s(?i:in|for|at|of|on|via)\s[A-Z].* | \s?/\s?.* | \s[|•·–—-]\s.*
    | (?:,|\sand)?\s(?:CNN|BBC|AP|AFP|Reuters|NPR|CNBC|Associated\ Press|Fox\ News|The\ [A-Z]\w+(?:\ [A-Z]\w+)*)\Z
    )""",
    re.VERBOSE,
)
_ROLE_KO = re.compile(
    rf"(?:\s[가-힣]{{2,5}}(?=\s?특파원))?\s*(?:{_KOREAN_ROLE}|님|씨)(?:\s?(?:구독|팔로우|입력|기사\s?더\s?보기).{{0,20}})?\Z"
)
_SPLIT = re.compile(
    r"\s*(?:;|\||&|·|ㆍ|\n|\b(?:with|avec|mit)\b|,?\s+\band\b\s+|,?\s+\bund\b\s+|,?\s+\by\b\s+|,)\s*", re.IGNORECASE
)
_NOT_A_PERSON = re.compile(
    r"""\b(?:staff|admin(?:istrator)?|editor(?:s|ial)?(?:\ (?:board|team|staff))?|newsroom|news\ ?desk|desk|web\ ?desk|agenc(?:y|ies)|
    associated\ press|reuters|afp|yonhap|xinhua|kyodo|bloomberg|press\ association|wire|wires|team|guest|contributor|contributors|
    correspondent|reporter|reporters|redaktion|redacci[oó]n|redazione|online|news|newspaper|media|magazine|press|times|post|herald|
    observer|gazette|courier|chronicle|ledger|telegraph|examiner|inquirer|sentinel|bulletin|dispatch|register|globe|mail|express|
    broadcasting|television|communications|
    guardian|journal|today|daily|weekly|tribune|network|radio|tv|ministry|department|office|institute|foundation|university|
    government|council|committee|association|company|inc|ltd|llc|gmbh|corp|group|blog|website|wordpress|super\ user|
    unknown|anonymous|none|null|undefined|n/a|root|user|test|posted|published|updated|share|follow|view|all\ posts|read|more|
    click|comment|comments|facebook|twitter|instagram|linkedin|www|http|https|com|photo|image|video|getty)\b
    |뉴스팀|편집국|편집부|온라인|디지털|콘텐츠|홍보|담당관|대변인실|통일부|외교부|국방부|관리자|운영자|연합뉴스|뉴시스|뉴스1|취재팀|부\Z|과\Z|실\Z|국\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = re.compile(r"(?:\s\S+){5}[.!?…。][\"'”’]?\Z")
_NOT_A_BEGINNING = re.compile(
    r"(?i:the|this|that|these|those|our|its|their|his|her|all|both|some|any)\s|[Aa]\s(?=[a-z])"
)
_MONTH_OR_DIGIT = re.compile(r"\d|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?\s?\d", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:['’.\-][^\W\d_]*)*\.?")
_SINGLE = re.compile(r"[^\W\d_][\w.'’-]{2,24}")
_NO_NAMES = frozenset(
    re.split(
        r"\s+",
        """about author authors autor autorin auteur autore writer written profile profil website webmaster moderator owner
    support marketing info service contact kontakt home team date tags categories category section topic topics
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today yesterday updated original source print email e-mail follow subscribe login""",
    )
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u3040-\u30ff\u4e00-\u9fff]{3,6}")
_PARTICLES = frozenset([
    "de", "da", "do", "dos", "das", "del", "della", "di", "van", "von", "der", "den", "ter", "ten", "la", "le",
    "el", "al", "bin", "binti", "ibn", "af", "av", "y", "e", "of", "mac", "mc", "st",
])  # fmt: skip


def clean_authors(values: Iterable[str], *, are_persons: bool = False) -> tuple[str, ...]:
    """Return the names of people in these values, each once, in order; none when there are none.

    Of values that are said to be persons a single name will do: many a blogger signs with one.
    """
    names: list[str] = []
    for value in values:
        for piece in _pieces(value):
            name = _name(piece) or (_single_name(piece) if are_persons else "")
            if name and name.casefold() not in {known.casefold() for known in names}:
                names.append(name)
    whole = [name for name in names if not any(name != other and name in other for other in names)]
    return tuple(whole[:MOST])


def line_authors(line: str) -> tuple[str, ...]:
    """Return the authors if the line is a byline: "By Jane Doe", "By Jane Doe | Posted 3 May", "홍길동 기자"."""
    line = line.strip()
    if len(line) > 160:
        return ()
    parts = _parts(line)
    # "The report will be published by the end of March." speaks of no author, and "Por otro lado, …." begins a sentence.
    is_sentence = _SENTENCE.search(line) is not None
    for part in parts[:1] if is_sentence else parts:
        match = _KOREAN_LINE.match(part)
        if match:
            return clean_authors([match["names"]])
        match = _ENGLISH_LINE.match(part)
        if match and _looks_like_names(match["names"], is_sentence=is_sentence):
            return clean_authors([match["names"]])
    return ()


def _parts(line: str) -> list[str]:
    """Return a line cut where sites set byline, date and place apart."""
    parts = (part.strip() for part in _APART.split(line))
    return [part for part in parts if part][:4]


def dateline_authors(paragraph: str) -> tuple[str, ...]:
    """Return the reporters that Korean papers name before the first sentence: "[서울=홍길동 기자]"."""
    match = _KOREAN_DATELINE.match(paragraph) or _KOREAN_DATELINE_AFTER.match(paragraph)
    return clean_authors([match["names"]]) if match else ()


def _pieces(value: str) -> list[str]:
    value = re.sub(r"<[^>]{1,200}>", " ", unescape(unescape(value)))
    value = _PREFIX.sub("", " ".join(value.split()))
    if len(value) > 400:
        return []
    # "Doe, Jane" is one person, "Jane Doe, John Roe" are two.
    return [_PREFIX.sub("", piece) for piece in _SPLIT.split(value) if piece]


def _name(piece: str) -> str:
    """Return a piece as a person's name, or "" if it is none."""
    piece = piece.strip(" .,:;-–—|·*")
    for _round in range(3):
        piece = _SUFFIX.sub("", f" {piece}").strip(" .,:;-–—|·*")
    piece = _ROLE_KO.sub("", piece).strip()
    if not piece or len(piece) > LONGEST or _MONTH_OR_DIGIT.search(piece) or _NOT_A_PERSON.search(piece):
        return ""
    if _NOT_A_BEGINNING.match(piece):
        return ""
    if re.fullmatch(r"[가-힣]{2,4}|[가-힣]\s[가-힣]{2,3}|(?:남궁|황보|선우|제갈|독고|사공)\s[가-힣]{1,2}", piece):
        return piece
    if _HAN_NAME.fullmatch(piece):
        return piece
    words = piece.split()
    if not 2 <= len(words) <= 6 or not all(_WORD.fullmatch(word) for word in words):
        return ""
    if piece.isupper() or piece.islower():
        piece = _titled(words)
    capital = [word for word in piece.split() if word[0].isupper() or not word[0].isascii()]
    particles = [word for word in piece.split() if word.casefold().strip(".") in _PARTICLES]
    return piece if len(capital) + len(particles) == len(piece.split()) and len(capital) >= 2 else ""


def _single_name(piece: str) -> str:
    """Return a piece if it may be what one person is called, "" if it is a role or part of the page."""
    piece = piece.strip(" .,:;-–—|·*")
    is_word = piece.casefold() in _NO_NAMES or _NOT_A_PERSON.search(piece) is not None
    return piece if _SINGLE.fullmatch(piece) and not is_word else ""


def _titled(words: list[str]) -> str:
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _looks_like_names(text: str, *, is_sentence: bool) -> bool:
    pieces = [piece for piece in _pieces(text) if piece]
    if not pieces or not _name(pieces[0]):
        return False
    # Who writes one name in small letters writes all so; words in small letters beside a name are no names.
    return not (is_sentence and pieces[0].islower()) and not any(
        piece.islower() and not pieces[0].islower() and _name(piece) for piece in pieces[1:]
    )
