"""Publishers we know: how they are called, where they live, what time it is there. Pure.

Only for what a page does not say itself; a page that names its publisher or zone is believed.
"""

import re
from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import urlsplit

from articles.importing.moments import SEOUL


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its name, its hosts (and all below them), words of its pages' furniture."""

    name: str
    hosts: tuple[str, ...]
    zone: tzinfo | None = SEOUL
    signs: re.Pattern[str] | None = None
    name_ko: str = ""


OUTLETS = [
    Outlet("KBS World", ("world.kbs.co.kr",), signs=re.compile(r"\bthe policy of KBS\b"), name_ko="KBS 월드"),
    Outlet("KBS", ("news.kbs.co.kr", "kbs.co.kr"), name_ko="KBS"),
    Outlet("Yonhap News Agency", ("en.yna.co.kr", "english.yonhapnews.co.kr")),
    Outlet("연합뉴스", ("yna.co.kr", "yonhapnews.co.kr"), name_ko="연합뉴스"),
    Outlet("The Korea Herald", ("koreaherald.com",)),
    Outlet("The Korea Times", ("koreatimes.co.kr",)),
    Outlet("Korea JoongAng Daily", ("koreajoongangdaily.joins.com",)),
    Outlet("중앙일보", ("joongang.co.kr", "joins.com")),
    Outlet("조선일보", ("chosun.com",)),
    Outlet("동아일보", ("donga.com",)),
    Outlet("한겨레", ("hani.co.kr",)),
    Outlet("Hankyoreh", ("english.hani.co.kr",)),
    Outlet("경향신문", ("khan.co.kr",)),
    Outlet("한국일보", ("hankookilbo.com",)),
    Outlet("SBS", ("news.sbs.co.kr",)),
    Outlet("MBC", ("imnews.imbc.com",)),
    Outlet("YTN", ("ytn.co.kr",)),
    Outlet("뉴시스", ("newsis.com",)),
    Outlet("뉴스1", ("news1.kr",)),
    Outlet("통일뉴스", ("tongilnews.com",)),
    Outlet("NK News", ("nknews.org",)),
    Outlet("NK Pro", ("nkpro.com",)),
    Outlet("Daily NK", ("dailynk.com",)),
    Outlet("통일부", ("unikorea.go.kr",)),
    Outlet("외교부", ("mofa.go.kr",)),
    Outlet("대한민국 정책브리핑", ("korea.kr",)),
    Outlet("Korea.net", ("korea.net",)),
]


def outlet_of_host(url: str) -> Outlet | None:
    """Return the outlet an address belongs to, the most specific first."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    matches = [
        (len(known), outlet)
        for outlet in OUTLETS
        for known in outlet.hosts
        if host == known or host.endswith(f".{known}")
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def outlet_of_text(text: str) -> Outlet | None:
    """Return the outlet whose furniture stands in a copied text."""
    return next((outlet for outlet in OUTLETS if outlet.signs and outlet.signs.search(text)), None)


def zone_of(url: str, language: str = "") -> tzinfo | None:
    """Return the zone a site's unmarked times are in, where its address or language tells."""
    outlet = outlet_of_host(url)
    if outlet:
        return outlet.zone
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        host = ""
    return SEOUL if host.endswith((".kr", ".한국", ".xn--3e0b707e")) or language == "ko" else None
