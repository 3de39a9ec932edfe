"""The font that pictures are drawn with: one of the system's that holds Hangul, else the built-in one for Latin letters.

No font travels with the project: those with all of Hangul are as large as everything else together. Debian has one in
`fonts-noto-cjk`; PICTURE_FONT names any other.
"""

from functools import lru_cache

from django.conf import settings
from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
# Pillow looks for these in the folders where systems keep fonts. With the place of the Korean forms in a collection.
KOREAN = (
    ("NotoSansCJK-Regular.ttc", 1),
    ("NotoSansKR-Regular.otf", 0),
    ("NotoSansKR-Regular.ttf", 0),
    ("NanumGothic.ttf", 0),
    ("AppleSDGothicNeo.ttc", 0),
    ("malgun.ttf", 0),
)
PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-", "→": "-", "\u00a0": " "}


@lru_cache(maxsize=32)
def font_of(size: int) -> Font:
    """The font in this size."""
    for name, index in (*((settings.PICTURE_FONT, 0),) * bool(settings.PICTURE_FONT), *KOREAN):
        try:
            return ImageFont.truetype(name, size, index=index)
        except OSError:
            continue
    return ImageFont.load_default(size)


def has_hangul() -> bool:
    """Whether the font draws Korean: a syllable looks otherwise than a letter that no font has."""
    font = font_of(40)
    return bytes(font.getmask("한")) != bytes(font.getmask("\U0010ffff"))


def drawable(words: str) -> str:
    """The words in letters that the font has: without Hangul, typographic signs turn plain and the rest is left out."""
    if has_hangul():
        return words
    for sign, instead in PLAIN.items():
        words = words.replace(sign, instead)
    return " ".join(words.encode("latin-1", "ignore").decode("latin-1").split())
