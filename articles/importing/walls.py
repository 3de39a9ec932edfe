"""Pages that stand before an article instead of being one: scripts, sign-in, payment, errors. Pure."""

import re

from articles.importing.headlines import says_error
from articles.importing.outline import Outline
from articles.importing.refusals import DocumentRefused, Reason
from articles.importing.structured import Claims

# An article shorter than this, in characters, is looked at with suspicion.
STUB = 1200
PAYWALL_STUB = 800
ENOUGH = 60

_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|activate)\s+java\s?script|java\s?script\s+(?:is\s+)?(?:disabled|required|must be enabled)"
    r"|자바\s?스크립트를?\s?(?:사용|활성|허용|지원)|checking (?:your|if the site) (?:browser|connection)|verify(?:ing)? you are human",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:and our partners )?(?:use|value|care about) (?:cookies|your privacy)|consent to (?:the use of )?cookies"
    r"|manage (?:your )?(?:privacy|cookie) (?:settings|preferences)|your privacy choices|쿠키\s?(?:사용에|수집)\s?동의|개인정보\s?(?:수집|처리)\S*\s?동의",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"(?:sign|log)\s?in to (?:continue|read|view|access)|please (?:sign|log) ?in|로그인\s?(?:후|이\s?필요|하셔야|하시면)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read|unlock|get full)|(?:continue|keep) reading (?:with|by|for|this article)"
    r"|(?:this (?:article|story|content) is|available|exclusively|only) (?:only )?(?:for|to) (?:our )?(?:paid |premium )?(?:subscribers|members)"
    r"|(?:to read|for) (?:the (?:full|rest)|more)\b.{0,40}\bsubscri|unlock (?:this|the full) (?:article|story)"
    r"|you(?:'|’)ve (?:read|reached) (?:all )?your (?:\w+ )?(?:free )?(?:article|limit)|유료\s?(?:회원|구독|기사|독자|콘텐츠)|구독자\s?(?:전용|만)"
    r"|(?:전체|나머지)\s?(?:기사|내용|본문)\S*\s?(?:구독|결제|유료|회원)|구독\s?후\s?(?:이용|열람|볼\s?수)|프리미엄\s?(?:회원|기사|콘텐츠)",
    re.IGNORECASE,
)


def check_walls(body: list[str], *, headline: str, title: str, claims: Claims, outline: Outline) -> None:
    """Raise DocumentRefused if the page is a wall before the article; pass when it is the article.

    A long text is an article whatever else the page says: words like "subscribe" prove nothing.
    """
    length = sum(map(len, body))
    around = "\n".join(outline.lines)[:20_000]
    if length < STUB and (says_error(headline) or says_error(title)):
        raise DocumentRefused(Reason.ERROR_PAGE)
    if length < PAYWALL_STUB and _is_paywalled(body, headline, claims, outline):
        raise DocumentRefused(Reason.PAYWALL)
    # What stands in the text counts, not the banner above it, unless there is nothing but the banner.
    shown = "\n".join(body) if length >= ENOUGH else around
    if length < STUB // 2 and (_CONSENT.search(shown) or _SIGN_IN.search(shown)) and outline.length < 2 * STUB:
        raise DocumentRefused(Reason.CONSENT_WALL)
    if length < ENOUGH or (length < STUB // 4 and _SCRIPT.search("\n".join(body))):
        raise DocumentRefused(_why_empty(around, outline))


def _is_paywalled(body: list[str], headline: str, claims: Claims, outline: Outline) -> bool:
    """Does the page say it is not free, or does an offer to subscribe stand right below the text?"""
    if not claims.is_free:
        return True
    shown = outline.main
    top = next((index for index, line in enumerate(shown) if line == headline), 0)
    last = next((index for index in range(len(shown) - 1, top, -1) if body and shown[index] == body[-1]), top)
    return bool(_PAYWALL.search("\n".join(shown[top : last + 10])))


def _why_empty(around: str, outline: Outline) -> Reason:
    if (
        _SCRIPT.search(around)
        or (outline.scripts > 500 and outline.length < STUB // 3)
        or (outline.scripts and outline.length < ENOUGH)
    ):
        return Reason.SCRIPT_ONLY
    return Reason.NO_TEXT
