"""Text out of fragments of HTML. Pure."""

import re
from html import unescape

_TAG = re.compile(r"<[a-zA-Z/][^>]{0,2000}>")


def without_tags(html: str) -> str:
    """Return the text of a fragment, a line a block; for bodies kept as HTML inside JSON."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", html)
    text = re.sub(
        r"(?i)<br\s*/?>|</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|tr|figure)\b[^>]*>", "\n", text
    )
    text = unescape(_TAG.sub("", text))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)
