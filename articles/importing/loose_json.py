"""JSON as sites write it into their pages. Pure."""

import json
import re
from typing import Any

LARGEST_SCRIPT = 3_000_000  # characters


def parse_loosely(text: str) -> Any:
    """Return the value of a JSON text with comments around it, raw newlines, a comma too many; None for no JSON."""
    text = re.sub(
        r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z",
        "",
        text,
    )
    text = text.strip().rstrip(";")
    if not text or len(text) > LARGEST_SCRIPT:
        return None
    for attempt in (text, re.sub(r",(\s*[\]}])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
