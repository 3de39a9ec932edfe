"""Which of the supported languages a piece of text is in, told by script and by the commonest English words."""

from __future__ import annotations

import re

from policytracker.tracking.reading.words import words

HANGUL = re.compile("[가-힣\u1100-\u11ff\u3131-\u318e]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
LETTER = re.compile(r"[^\W\d_]")
ENGLISH = words(
    "the of to and in will is for that on with by be has it its as at from are this said we our was not have an or which"
    " new also would all their more more over under plan plans than been into they he she who but other government ministry"
    " minister if when after year years people end next every shall support one there can could during i you"
)
SAMPLE = 20_000


def language_of(text: str) -> str:
    """ "en", "ko", or "" where it is neither or there are no letters to tell by."""
    sample = text[:SAMPLE]
    letters = len(LETTER.findall(sample))
    if not letters:
        return ""
    hangul = len(HANGUL.findall(sample))
    if hangul * 4 >= letters:
        return "ko"
    latin = [word.lower() for word in LATIN_WORD.findall(sample)]
    if sum(map(len, latin)) * 10 < letters * 6 or not latin:
        return ""
    share = sum(word in ENGLISH for word in latin) / len(latin)
    accented = sum(not word.isascii() for word in latin) / len(latin)
    return "en" if share >= 0.18 and accented < 0.12 else ""


def language_of_sentence(sentence: str, of_text: str) -> str:
    """The language of one sentence: its own script decides first, then its words, then the text it stands in."""
    own = language_of(sentence)
    if own or not LETTER.search(sentence):
        return own or of_text
    latin = [word.lower() for word in LATIN_WORD.findall(sentence)]
    if not latin or (not sentence.isascii() and sum(not word.isascii() for word in latin) > 1):
        return ""
    common = sum(word in ENGLISH for word in latin)
    return of_text if of_text == "en" and (len(latin) <= 12 or common >= 2) else ""
