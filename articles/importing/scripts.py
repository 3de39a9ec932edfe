"""Article bodies that a page leaves as data in its scripts. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from articles.importing.fragments import without_tags
from articles.importing.loose_json import LARGEST_SCRIPT, parse_loosely

_BODY_KEYS = frozenset(
    re.split(
        r"\s+",
        """articlebody body bodytext bodyhtml body_html content contenthtml content_html contents text html fulltext
    storybody story_body articlecontent article_content articletext maincontent newscontent news_content cntn
    bodycontent article_body rendered richtext markdown""",
    )
)
_ASSIGNED = re.compile(r"(?:=|\()\s*(?=[\[{])")


def script_bodies(tree: HtmlElement) -> Iterator[str]:
    """Yield article bodies left as data in scripts, HTML or text, the likeliest of each script."""
    for script in tree.iterfind(".//script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if not 300 < len(text) < LARGEST_SCRIPT or kind == "application/ld+json" or not _could_hold_body(text):
            continue
        for data in _data_in(text, is_json="json" in kind):
            body = _likeliest_body(data)
            if body:
                yield body


def _could_hold_body(text: str) -> bool:
    lowered = text[:LARGEST_SCRIPT].lower()
    return any(f'"{key}"' in lowered for key in _BODY_KEYS) or "json.parse(" in lowered


def _data_in(text: str, *, is_json: bool) -> Iterator[Any]:
    """Yield the JSON values of a script: all of it, or what is assigned to variables."""
    if is_json:
        data = parse_loosely(text)
        if data is not None:
            yield data
        return
    decoder = json.JSONDecoder(strict=False)
    position, found = 0, 0
    while found < 10 and (match := _ASSIGNED.search(text, position)):
        try:
            data, position = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            position = match.end()
            found += 1
            continue
        found += 1
        if isinstance(data, dict | list) and len(str(data)[:400]) > 300:
            yield data
    for match in list(re.finditer(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.){300,}\")", text))[:3]:
        try:
            yield json.loads(json.loads(match[1], strict=False), strict=False)
        except (ValueError, TypeError, RecursionError):
            continue


def _likeliest_body(data: Any) -> str:
    """Return the longest prose under a key that names a body, "" when there is none."""
    best = ""
    stack: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while stack and seen < 50_000:
        node, depth = stack.pop()
        seen += 1
        if depth > 40:
            continue
        if isinstance(node, dict):
            for key, value in node.items():
                candidate = _as_body(key, value)
                if len(candidate) > len(best):
                    best = candidate
                if isinstance(value, dict | list):
                    stack.append((value, depth + 1))
        elif isinstance(node, list):
            stack.extend((item, depth + 1) for item in node if isinstance(item, dict | list))
    return best


def _as_body(key: str, value: Any) -> str:
    """Return a value as body text, if its key names a body or it is a list of paragraphs."""
    if isinstance(value, str):
        return _prose(value) if key.lower() in _BODY_KEYS else ""
    if isinstance(value, list) and len(value) > 1:
        return _prose("\n".join(_block(item) for item in value))
    return ""


def _block(item: Any) -> str:
    """Return one paragraph of a list of content elements."""
    if isinstance(item, str):
        return f"<p>{item}</p>" if len(item) > 40 else ""
    if not isinstance(item, dict):
        return ""
    kind = str(item.get("type") or item.get("_type") or item.get("__typename") or item.get("kind") or "").lower()
    if kind and not re.search(r"text|paragraph|\bp\b|header|heading|list|block|quote|html|raw", kind):
        return ""
    for key in ("content", "text", "html", "value", "children"):
        value = item.get(key)
        if isinstance(value, str):
            return f"<p>{value}</p>"
        if isinstance(value, list):
            return "<p>" + "".join(_inline(part) for part in value) + "</p>"
    return ""


def _inline(part: Any) -> str:
    if isinstance(part, dict):
        return next((part[key] for key in ("text", "value", "content") if isinstance(part.get(key), str)), "")
    return part if isinstance(part, str) else ""


def _prose(value: str) -> str:
    """Return the text if it reads like prose: long, with sentences."""
    text = without_tags(value) if "<" in value or "&" in value else value.strip()
    ends = len(re.findall(r"[.!?。다][\"'”’)]?(?:\s|\Z)", text))
    return text if len(text) >= 200 and ends * 400 >= len(text) and "{" not in text[:20] else ""
