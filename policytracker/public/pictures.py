"""The picture that other sites show beside a link: title and standing, drawn without a browser."""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from policytracker.pages.statuses import STATUSES

from .fonts import drawable, font_of

SIZE = (1200, 630)
MARGIN = 80
ROOM = SIZE[0] - 2 * MARGIN
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
TITLE_SIZES = (64, 54, 46, 40)  # the largest in which the title fits its lines
TITLE_TOP, TITLE_BOTTOM = 132, 478
BAR = (556, 606)


def picture_of(title: str, site: str, note: str, counts: Mapping[str, int]) -> bytes:
    """A PNG of 1200 by 630 pixels. A title too long for the smallest letters ends in an ellipsis."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=ACCENT)
    draw.text((MARGIN, 56), drawable(site), font=font_of(32), fill=ACCENT)
    size, lines = fitted(draw, drawable(title))
    for number, line in enumerate(lines):
        draw.text((MARGIN, TITLE_TOP + number * line_height(size)), line, font=font_of(size), fill=INK)
    draw.text((MARGIN, 496), drawable(note), font=font_of(32), fill=MUTED)
    _draw_bar(draw, counts)
    stored = io.BytesIO()
    image.save(stored, "PNG", optimize=True)
    return stored.getvalue()


def fitted(draw: ImageDraw.ImageDraw, title: str) -> tuple[int, list[str]]:
    """The size of letters and the lines of a title."""
    for size in TITLE_SIZES:
        most = (TITLE_BOTTOM - TITLE_TOP) // line_height(size)
        lines = wrapped(draw, title, size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], ended(draw, lines[most - 1], size)]


def line_height(size: int) -> int:
    """From one line of letters of that size to the next."""
    return size * 5 // 4


def wrapped(draw: ImageDraw.ImageDraw, words: str, size: int) -> list[str]:
    """Words in lines that fit, broken between words; a word longer than a line is broken where the line ends."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if _fits(draw, longer, size):
            line = longer
            continue
        if line:
            lines.append(line)
        while not _fits(draw, word, size):
            cut = next(end for end in range(len(word) - 1, 0, -1) if _fits(draw, word[:end], size) or end == 1)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


def ended(draw: ImageDraw.ImageDraw, line: str, size: int) -> str:
    """The line with an ellipsis, shorter by the words it takes."""
    end = drawable("…")
    while line and not _fits(draw, line + end, size):
        line = line[:-1].rstrip()
    return line + end


def _fits(draw: ImageDraw.ImageDraw, words: str, size: int) -> bool:
    return draw.textlength(words, font=font_of(size)) <= ROOM


def _draw_bar(draw: ImageDraw.ImageDraw, counts: Mapping[str, int]) -> None:
    """The scoreboard; each part with its number where there is room, so that colour is not all it says."""
    total = sum(counts.values())
    x, (top, bottom) = float(MARGIN), BAR
    for status in STATUSES:
        count = counts.get(status.key, 0)
        width = ROOM * count / total if total else 0
        if not width:
            continue
        draw.rectangle((x, top, x + max(width - 4, 1), bottom), fill=FILLS[status.key], outline="#7f8b96")
        if total > 1 and width > 48:
            ink = INK if status.is_outline else PAPER
            draw.text((x + 12, (top + bottom) / 2), str(count), font=font_of(28), fill=ink, anchor="lm")
        x += width
