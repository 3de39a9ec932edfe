"""English words that promise: each pattern with its weight and the verb it governs."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADVERBS = r"(?:(?:no\s+longer|also|now|then|soon|still|further|today|immediately|initially|jointly|formally|all|both|each|therefore|never|only|finally|instead|again|once|always|not|together|\w+ly)\s+)*"
VERB = r"(?P<verb>[a-z]+(?:-[a-z]+)?)"
TO = rf"\s+{ADVERBS}to\s+{ADVERBS}{VERB}"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A way to promise. `form` says what the verb is: bare, passive to come, or none."""

    name: str
    pattern: re.Pattern[str]
    weight: float


def _trigger(name: str, weight: float, pattern: str) -> Trigger:
    return Trigger(name, re.compile(pattern, re.IGNORECASE), weight)


NOUN_OF_AIM = r"(?:goal|target|aim|objective|ambition|mission|priority|intention|commitment|pledge|promise|vision)"
TRIGGERS = (
    _trigger(
        "will",
        1.3,
        rf"(?<!political )(?<!free )(?<!good )\b(?:will|shall|won['’]t|(?<=\w)['’]ll)\s+{ADVERBS}(?!of\b|and\b|to\b|for\b|power\b){VERB}",
    ),
    _trigger("going_to", 1.3, rf"\b(?:is|are|am|['’]re|['’]m)\s+{ADVERBS}going{TO}"),
    _trigger("would", 0.9, rf"(?<!\w['’])\bwould\s+{ADVERBS}(?!have\b|like\b|rather\b){VERB}"),
    _trigger("plans", 1.7, rf"(?<!\bno )\b(?:plans?|(?:is|are|['’]re)\s+{ADVERBS}planning){TO}"),
    _trigger("intends", 1.8, rf"\b(?:intends?|means|(?:is|are)\s+{ADVERBS}(?:intending|determined)){TO}"),
    _trigger(
        "aims",
        1.6,
        rf"\b(?:aims?|seeks?|strives?|(?:is|are|['’]re)\s+{ADVERBS}(?:aiming|seeking|targeting|striving|looking|hoping)|targets|endeavou?rs){TO}",
    ),
    _trigger(
        "pledges",
        2.3,
        rf"\b(?:pledge[sd]?|vow(?:s|ed)?|promise[sd]?|undertakes?|undertook|undertaken|guarantee[sd]?|resolve[sd]|swore){TO}",
    ),
    _trigger(
        "pledges_that",
        2.0,
        r"\b(?:pledged?s?|vow(?:s|ed)|promise[sd]?|assure[sd]?|guarantee[sd]?)\s+(?:\w+\s+){0,3}?(?:that|it\s+will|they\s+will)\b",
    ),
    _trigger(
        "pledges_thing",
        1.9,
        r"\b(?:(?:has|have)\s+(?:also\s+)?)?(?:pledged|promised|guaranteed|vowed)\s+(?!to\b|that\b|by\b|in\b|but\b|last\b|not\b)(?:an?\s|the\s|new\s|more\s|[£$€₩₹]?\d|full\s|up\s|free\s|no\s|extra\s|further\s|\w+\s)",
    ),
    _trigger(
        "commits",
        2.1,
        rf"\b(?:(?:is|are|remains?|am|['’]re|has|have|fully|firmly)\s+{ADVERBS})?commit(?:s|ted)?\s+(?:itself\s+|themselves\s+|ourselves\s+)?(?:{ADVERBS}to)\s+(?P<verb>[a-z]+(?:-[a-z]+)?)",
    ),
    _trigger(
        "agreed",
        1.7,
        rf"\b(?:(?:has|have)\s+)?(?:also\s+)?(?:agreed|decided|opted|resolved|offered|approved\s+plans|approved\s+a\s+plan){TO}",
    ),
    _trigger("is_to", 1.3, rf"\b(?:is|are)\s+{ADVERBS}to\s+{ADVERBS}(?!blame\b|be\s+seen\b|say\b|do\s+with\b){VERB}"),
    _trigger(
        "set_to",
        1.2,
        rf"\b(?:is|are|remains?)\s+{ADVERBS}(?:set|due|poised|ready|preparing|prepared|gearing\s+up|scheduled|slated|bound){TO}",
    ),
    _trigger(
        "works_to",
        0.5,
        rf"\b(?:is|are|['’]re)\s+{ADVERBS}(?:working|moving|acting|taking\s+steps|taking\s+action|pushing){TO}",
    ),
    _trigger(
        "steps_to",
        2.0,
        rf"\b(?:steps|measures|efforts|work|arrangements|plans|preparations)\s+(?:is|are)\s+(?:now\s+|also\s+|already\s+)?(?:being\s+(?:taken|made)|under\s?way|in\s+hand|in\s+place|afoot){TO}",
    ),
    _trigger("expects", 0.9, rf"\b(?:expects?|hopes?|wants?|wishes|would\s+like){TO}"),
    _trigger(
        "expected",
        -0.3,
        rf"\b(?:is|are)\s+{ADVERBS}(?:expected|likely|projected|forecast|tipped|anticipated|estimated){TO}",
    ),
    _trigger(
        "announces",
        1.7,
        rf"\b(?:announc(?:e[sd]?|ing)|unveil(?:s|ed|ing)?|outlin(?:e[sd]?|ing)|set\s+out|sets\s+out|reveal(?:s|ed))\s+(?:\w+\s+){{0,3}}?(?:plans?|intentions?|proposals?|moves?){TO}",
    ),
    _trigger(
        "announces_plan",
        1.2,
        r"\b(?:announced|unveiled|outlined|set\s+out|revealed)\s+(?:\w+\s+){0,3}?plans?\s+(?:for|of)\s+\w+",
    ),
    _trigger(
        "intention_of",
        1.6,
        r"\b(?:intention|plans?|goal|target|aim|objective|ambition|commitment|promise|pledge)\s+(?:of|to)\s+(?P<verb>[a-z]+ing)\b",
    ),
    _trigger(
        "aim_is",
        1.5,
        rf"\b(?:the|our|its|their|his|her|a|key|main)\s+(?:\w+\s+){{0,2}}?{NOUN_OF_AIM}(?:\s+\w+){{0,4}}?\s+(?:is|remains){TO}",
    ),
    _trigger("it_is_our_aim", 1.8, rf"\bit\s+is\s+(?:our|the\s+government[’']s|its)\s+(?:\w+\s+)?{NOUN_OF_AIM}{TO}"),
    _trigger(
        "target_of",
        1.4,
        r"\b(?:our|its|the\s+government[’']s)\s+(?:\w+\s+)?(?:target|goal)\s+(?:is|remains)\s+(?!to\b|not\b)\S+",
    ),
    _trigger("our_ambition", 0.7, rf"\b(?:our|its|their)\s+{NOUN_OF_AIM}{TO}"),
    _trigger(
        "sets_goal",
        1.3,
        r"\b(?:has\s+|have\s+)?(?:set|sets|setting|adopted|announced|confirmed)\s+(?:itself\s+)?(?:an?|the|its|new)\s+(?:\w+\s+){0,3}?(?:goal|target)s?\s+(?:of|to|for)\b",
    ),
    _trigger("proposes", 1.7, rf"\b(?:propose[sd]?|proposing){TO}"),
    _trigger(
        "to_be_done",
        0.9,
        r"(?<!\bneed )(?<!needs )(?<!have )(?<!has )(?<!had )(?<!expected )(?<!likely )(?<!required )(?<!seen )(?<!continue )(?<!going )(?<!able )(?<!ought )(?<!supposed )(?<!seem )(?<!appear )(?<!want )(?<!it )\bto\s+(?P<verb>be\s+(?:\w+ly\s+)?\w+(?:ed|ilt|aid|ade|eld|ent|ut|et))\b",
    ),
    _trigger(
        "to_begin",
        0.5,
        r"\bwith\s+(?:\w+\s+){1,4}?(?:to\s+(?P<verb>begin|start|follow|open|be)|set\s+to|due\s+to|expected\s+to)\b",
    ),
    _trigger(
        "includes_doing",
        1.75,
        r"\b(?:(?:plan|plans|strategy|package|blueprint|programme|program|roadmap|policy|bill|budget|proposal|reforms?|measures?|this|these|it)\s+(?:also\s+|will\s+)?(?:includes?|calls?\s+for|provides?\s+for|envisages?|foresees?|involves?|commits?))\s+(?P<verb>[a-z]+ing|\$?[£€₹]?\d\S*)",
    ),
    _trigger(
        "takes_effect",
        0.9,
        r"\b(?:take|takes|taking|come|comes|coming|enter|enters)\s+(?:into\s+|in\s+)?(?:effect|force|operation)\b",
    ),
    _trigger(
        "starts",
        0.5,
        r"\b(?:starts?|begins?|opens?|launches|rolls\s+out|gets\s+under\s+way|kicks\s+off|closes)\b(?=\s+(?:on|in|from|next|this|by|at)\b)",
    ),
    _trigger("allocates", 0.8, r"\b(?:allocates|earmarks|(?:has|have)\s+(?:allocated|earmarked|set\s+aside))\s+"),
    _trigger(
        "is_doing",
        -0.2,
        r"\b(?:is|are|['’]re)\s+(?:also\s+)?(?P<verb>investing|spending|providing|introducing|launching|creating|building|expanding|extending|increasing|funding|recruiting|hiring|establishing|setting|bringing|rolling|developing|drafting|preparing|finalising|finalizing|delivering|making|taking)\b",
    ),
    _trigger(
        "directs",
        0.9,
        rf"\b(?:directs?|directed|orders|ordered|instructs|instructed|tasks|tasked)\s+(?:the\s+|all\s+|its\s+|his\s+|her\s+)?(?:[\w’'-]+\s+){{1,6}}?to\s+{ADVERBS}{VERB}",
    ),
    _trigger(
        "set_aside",
        3.1,
        r"\b(?:has|have)\s+been\s+(?:set\s+aside|earmarked|allocated|committed|reserved|ring-?fenced)\s+(?:for|to)\b",
    ),
    _trigger("in_process_of", 0.5, r"\b(?:is|are)\s+in\s+the\s+process\s+of\s+(?P<verb>[a-z]+ing)\b"),
    _trigger("targets_thing", 1.0, r"\b(?:is|are)\s+(?:also\s+)?targeting\s+(?!to\b)"),
    _trigger(
        "is_directed",
        1.2,
        rf"\b(?:has|have|(?:is|are)\s+being)\s+{ADVERBS}(?:been\s+)?(?:directed|instructed|tasked|ordered|mandated){TO}",
    ),
    _trigger(
        "no_plans",
        0.0,
        rf"\bno\s+(?:(?:current|immediate|firm|present)\s+)?(?:plans?|intention)(?:\s+(?:either|yet|now))?{TO}",
    ),
    _trigger("stands_ready", 1.0, rf"\b(?:stands?|remains?)\s+ready{TO}"),
)
