"""The picture that other sites show beside a link: title and standing, drawn without a browser."""

import io
from collections.abc import Mapping
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from policytracker.pages.statuses import STATUSES

SIZE = (1200, 630)
MARGIN = 80
INK, MUTED, PAPER, ACCENT = "#15202b", "#4c5a66", "#ffffff", "#0b4f7d"
FILLS = {
    "fulfilled": "#1c8256",
    "partly_fulfilled": "#75911a",
    "in_progress": "#2f79c4",
    "not_started": "#e8edf0",
    "stalled": "#c96f0c",
    "not_fulfilled": "#9f1c30",
    "not_rated": "#ffffff",
}
PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-"}
LINE = 34  # letters that fit a line of the title


def picture_of(title: str, site: str, note: str, counts: Mapping[str, int]) -> bytes:
    """A PNG of 1200 by 630 pixels. The built-in font holds Latin letters; others are left out of the drawing."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    draw.text((MARGIN, 60), site, font=ImageFont.load_default(34), fill=ACCENT)
    lines = wrap(_latin(title), LINE)[:5]
    for number, line in enumerate(lines):
        draw.text((MARGIN, 140 + number * 68), line, font=ImageFont.load_default(56), fill=INK)
    draw.text((MARGIN, 500), _latin(note), font=ImageFont.load_default(34), fill=MUTED)
    _draw_bar(draw, counts)
    stored = io.BytesIO()
    image.save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _draw_bar(draw: ImageDraw.ImageDraw, counts: Mapping[str, int]) -> None:
    total = sum(counts.values())
    x, room = float(MARGIN), SIZE[0] - 2 * MARGIN
    for status in STATUSES:
        width = room * counts.get(status.key, 0) / total if total else 0
        if width:
            draw.rectangle((x, 560, x + width - 4, 600), fill=FILLS[status.key], outline="#7f8b96")
            x += width


def _latin(words: str) -> str:
    """Letters the font has; typographic signs in their plain form."""
    for sign, instead in PLAIN.items():
        words = words.replace(sign, instead)
    return words.encode("latin-1", "ignore").decode("latin-1").strip()
