"""One address for one article: many links lead to it, one is kept. Pure.

`canonicalise` gives an address that still works; `identity_of` a key that is the same for the http,
https, www, mobile and AMP form of it, which is what must be unique.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from articles.importing.addresses import parse_address
from articles.importing.refusals import FetchRefused, ImportRefused, Reason

# Parameters that say where a reader came from and never which article it is.
_TRACKING = re.compile(
    r"""\A(?:
      utm_\w+ | at_(?:medium|campaign|custom\d|link_\w+|format|ptr_name|bbc_team) | ga_\w+ | _ga | _gl | mc_(?:cid|eid) | mtm_\w+ | pk_\w+
    | piwik_\w+ | matomo_\w+ | hsa_\w+ | _hs(?:enc|mi|fp) | oly_(?:anon|enc)_id | vero_(?:conv|id) | sc_(?:src|lid|llid|uid|eh|cmp|channel)
    | fb(?:clid|_\w+) | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid | igshid | igsh | li_fat_id | rdt_cid
    | s_cid | s_kwcid | icid | ncid | ns_\w+ | cmpid | cmp | camp | campaign(?:_?id)? | wt\.\w+ | wt_\w+ | trk\w* | tracking(?:_?id)? | ito | smid
    | smtyp | mkt_tok | mbid | spm | scm | partner | ref | ref_?src | ref_?url | referer | referrer | rss | from_?rss | feed(?:name|type)
    | src(?:rss)? | share(?:d|_?id|_?from)? | sharetype | socialflow | taboola\w* | outbrain\w* | cvid | ocid | guccounter | guce_\w+
    | __twitter_impression | amp | amp_js_v | usqp | outputtype | output_?type | sfns\w* | wkey | nclick | input_?from | sns | kakao\w* | site_?preference
    | print | printview | pw | __cf_chl_\w+ | cf_chl_\w+ | jsessionid | phpsessid | sid | session_?id | token | emc | partner_?id | gaa_\w+
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
# Some mark nothing on one site and everything on another: these values are an article's number.
_NUMBER = re.compile(r"\A[0-9]{4,}\Z")

# Sites whose address holds an article's number beside parameters of navigation.
_ESSENTIAL = {"world.kbs.co.kr": ("lang", "Seq_Code")}

_AMP_PATH = re.compile(r"/amp/?\Z|\.amp(?=\.html?\Z)|\.amp\Z", re.IGNORECASE)
_AMP_START = re.compile(r"\A/amp(?=/.)", re.IGNORECASE)
_VARIANTS = re.compile(r"\A(?:www[0-9]?|m|mobile|amp|touch|mnews)\.(?=[^.]+\.[^.]+)")
_SECOND_LEVEL = frozenset(re.split(" ", "co or go re ac ne pe com net org gov edu mil"))


@lru_cache(1024)
def canonicalise(url: str) -> str:
    """Return the address without tracking, in one spelling; raise ImportRefused if it is none."""
    try:
        address = parse_address(url)
    except FetchRefused as refusal:
        raise ImportRefused(Reason.URL_UNREADABLE, value=url[:200], detail=_detail(refusal)) from None
    parts = urlsplit(str(address))
    path = re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.IGNORECASE)
    query = _essential_query(address.host, parts.query)
    return canonicalize_url(urlunsplit((parts.scheme, parts.netloc, path, query, "")), keep_blank_values=True)


def canonical_of(url: str, *, declared: str = "") -> str:
    """Return the canonical address of a page found at `url` that declares `declared`; "" for none.

    A declaration is followed only within the site, and not when it would make one article of many:
    some sites declare their home page, or the bare path of all articles.
    """
    own = _quietly(url)
    try:
        stated = _quietly(urljoin(url, declared.strip())) if declared.strip() else ""
    except ValueError:
        stated = ""
    if not own or not stated:
        return own or stated
    return stated if _is_trustworthy(own, stated) else own


@lru_cache(1024)
def identity_of(url: str) -> str:
    """Return the key two addresses share when they are forms of one: no scheme, www, mobile, AMP or final slash."""
    parts = urlsplit(canonicalise(url))
    host = _VARIANTS.sub("", parts.hostname or "")
    path = _AMP_START.sub("", _AMP_PATH.sub("", parts.path)).rstrip("/")
    path = re.sub(r"/index\.(?:html?|php|jsp)\Z", "", path)
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def same_site(one: str, other: str) -> bool:
    """Do two addresses belong to one registered name?"""
    return site_of(urlsplit(one).hostname or "") == site_of(urlsplit(other).hostname or "")


def site_of(host: str) -> str:
    """Return the registered name of a host: "kbs.co.kr" of "world.kbs.co.kr"."""
    labels = host.lower().rstrip(".").split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-count:])


def _essential_query(host: str, query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    wanted = _ESSENTIAL.get(host)
    if wanted and any(name == wanted[-1] for name, _value in pairs):
        kept = [(name, value) for name, value in pairs if name in wanted]
    else:
        kept = [(name, value) for name, value in pairs if not _is_tracking(name, value)]
    return urlencode(kept)


def _is_tracking(name: str, value: str) -> bool:
    # "?sid=123456" or "?src=20230127" may be the article itself; a mere word never is.
    ambiguous = name.lower() in ("sid", "src", "ref", "print", "token", "rss", "cmp", "partner", "pw")
    return bool(_TRACKING.match(name)) and not (ambiguous and _NUMBER.match(value))


def _is_trustworthy(own: str, stated: str) -> bool:
    if not same_site(own, stated):
        return False
    mine, theirs = urlsplit(own), urlsplit(stated)
    if theirs.path in ("", "/") and not theirs.query and (mine.path not in ("", "/") or mine.query):
        return False
    missing = set(parse_qsl(mine.query)) - set(parse_qsl(theirs.query))
    return not (missing and mine.path == theirs.path)


def _quietly(url: str) -> str:
    if not url:
        return ""
    try:
        return canonicalise(url)
    except ImportRefused:
        return ""


def _detail(refusal: FetchRefused) -> str:
    """Return in few words why an address is none, for a sentence about a row."""
    if refusal.reason is Reason.ADDRESS_INVALID:
        return str(refusal.details.get("detail", ""))
    words = {
        Reason.SCHEME_REFUSED: "only http and https",
        Reason.PORT_REFUSED: "only ports 80 and 443",
        Reason.ADDRESS_NOT_ALLOWED: "a private or reserved address",
    }
    return words.get(refusal.reason, refusal.code)
