"""What a note says, as HTML: paragraphs and links, everything else as typed. Pure."""

import re
from html import escape

from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
AFTER_A_LINK = ".,;:!?'”’»…"
BLANK_LINES = re.compile(r"\n{2,}")


def note_html(body: str) -> SafeString:
    """Paragraphs, line breaks and links of a note. Nothing that was typed is markup."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    words = _linked(lines) if "://" in lines or "www." in lines.lower() else escape(lines)
    paragraphs = (part.replace("\n", "<br>") for part in BLANK_LINES.split(words))
    return mark_safe("\n\n".join(f"<p>{part}</p>" for part in paragraphs))  # noqa: S308 - escaped above


def _linked(text: str) -> str:
    parts, last = [], 0
    for found in LINK.finditer(text):
        link = _without_what_follows(found.group())
        target = link if "://" in link else f"https://{link}"
        parts.append(escape(text[last : found.start()]))
        parts.append(f'<a href="{escape(target)}" rel="nofollow">{escape(link)}</a>')
        last = found.start() + len(link)
    return "".join(parts) + escape(text[last:])


def _without_what_follows(link: str) -> str:
    """The address alone: a full stop or a bracket after it belongs to the sentence around it."""
    while link[-1] in AFTER_A_LINK or (link[-1] == ")" and link.count(")") > link.count("(")):
        link = link[:-1]
    return link
