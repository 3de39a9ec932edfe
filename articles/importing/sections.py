"""The names that news sites give their sections. Pure."""

import re

_NAMES = frozenset(
    """
    politics|political|national|nation|domestic|world|international|foreign affairs|foreign|diplomacy|defense|defence
    economy|economics|business|finance|markets|money|industry|society|social affairs|social|culture|arts|entertainment
    lifestyle|life|travel|sports|sport|science|technology|tech|health|education|environment|climate|opinion|opinions
    editorial|editorials|column|columns|commentary|analysis|news|top stories|breaking news|north korea|n. korea|inter-korea
    inter-korean|inter-korean affairs|korea|asia|asia pacific|asia-pacific|americas|europe|middle east|africa|us|u.s.|uk
    security|law|legal affairs|crime|justice|human rights|press releases|press release|briefings|briefing|statements
    speeches|announcements|interview|interviews|features|feature|video|photo|photos|weather|people|policy|government
    정치|정치일반|청와대|대통령실|국회|국회/정당|외교|외교/안보|외교·안보|국방|국방/외교|북한|통일|통일·외교|남북|남북관계|한반도
    경제|경제일반|금융|증권|산업|부동산|사회|사회일반|사건사고|법원·검찰|교육|노동|환경|인권|복지|문화|생활|생활/문화|연예|스포츠
    국제|세계|국제일반|미국|중국|일본|과학|it|it/과학|기술|건강|의료|지역|전국|오피니언|사설|칼럼|논평|기획|인터뷰|속보|종합|뉴스
    보도자료|브리핑|공지사항|연설문|성명|정책|정책뉴스|정책브리핑|설명자료|보도설명|해명자료
    """.replace("\n", "|")
    .replace("  ", "")
    .split("|")
)


def is_section(line: str) -> bool:
    """Is the whole line the name of a section?"""
    return re.sub(r"\s+", " ", line).strip(" >·|/").casefold() in _NAMES and bool(line.strip())
