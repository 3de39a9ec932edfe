"""When a full stop only ends an abbreviation."""

from __future__ import annotations

import re

from policytracker.tracking.reading.words import words

BEFORE_A_NAME = words(
    "mr mrs ms mx dr prof hon rev fr sr jr st mt ft gov gen sen rep reps col lt sgt capt cmdr adm maj pres supt"
    " amb atty dir dep min secy asst messrs mme cllr hrh rt pm"
)
BEFORE_A_NUMBER = words(
    "no nos rs art arts sec para paras pt vol ch fig figs p pp approx cap reg regs cl sch jan feb mar apr jun jul aug"
    " sep sept oct nov dec ksh kshs sh shs"
)
NEVER_LAST = words("e.g i.e cf viz vs v incl est esp")
MAYBE_LAST = words("inc ltd co corp plc llc etc al a.m p.m ph.d b.a m.a u.s u.k u.n e.u u.a.e d.c u.s.a")
SENTENCE_STARTERS = words(
    "the a an it its he she they we i you this that these those in on at by for from under as if when while after"
    " before but and so there our his her their all both each some many more most no not with"
)
LAST_WORD = re.compile(r"([^\s(\[“\"'‘]+)\.[\"'”’)\]]*$")
INITIAL = re.compile(r"^(?:[A-Z]|[A-Z]\.[A-Z])$")
FIRST_WORD = re.compile(r"[\"“‘'(]*([\w’'.-]+)")


def ends_with_abbreviation(head: str, rest: str) -> bool:
    """Whether the full stop that ends `head` belongs to an abbreviation, so that the sentence goes on with `rest`."""
    last = LAST_WORD.search(head)
    if not last:
        return False
    word, key = last.group(1), last.group(1).lower()
    following = FIRST_WORD.match(rest)
    next_word = following.group(1) if following else ""
    if key in NEVER_LAST or (key in BEFORE_A_NAME and next_word[:1].isupper()):
        return True
    if key in BEFORE_A_NUMBER and next_word[:1].isdigit():
        return True
    if key in MAYBE_LAST or INITIAL.match(word) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return next_word.lower() not in SENTENCE_STARTERS and next_word[:1].isupper()
    return False
