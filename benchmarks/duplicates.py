"""Whether one text in several papers is told from two texts on one subject, and at what cost.

    python -m benchmarks.duplicates

Prints the share of cut, edited and updated copies that are found, how many other stories and
quotations are taken for copies (none may be), milliseconds a fingerprint, and the same asked of a scratch
database with 100,000 articles.
"""

import os
import random
import statistics
import time

from articles.importing.duplicates import KEPT, fingerprint, is_same_story
from tests.articles.importing.pages.builder import stories

COPIES = {
    "cut to 60 %": lambda words, rng: words[: int(len(words) * 0.6)],
    "lightly edited": lambda words, rng: [rng.choice(words) if rng.random() < 0.04 else word for word in words],
    "updated": lambda words, rng: [*words[:40], *rng.sample(words, min(25, len(words))), *words[40:]],
    "second half": lambda words, rng: words[len(words) // 2 :],
}


def articles() -> list[list[str]]:
    """Return articles as words: our stories, alone and in threes, English and Korean."""
    told = [" ".join(story.paragraphs).split() for language in ("en", "ko") for story in stories(language)]
    return told + [told[i] + told[i - 1] + told[i - 2] for i in range(2, len(told))]


def recall() -> dict[str, float]:
    """Return the share of copies of each kind that are found."""
    rng = random.Random(11)
    texts = articles()
    found = dict.fromkeys(COPIES, 0)
    for words in texts:
        own = fingerprint(" ".join(words))
        for name, copy in COPIES.items():
            found[name] += is_same_story(own, fingerprint(" ".join(copy(words, rng))))
    return {name: count / len(texts) for name, count in found.items()}


def wrong() -> tuple[int, int]:
    """Return how many pairs of other stories, and of stories with one quotation in common, are taken for copies."""
    told = [" ".join(story.paragraphs).split() for language in ("en", "ko") for story in stories(language)]
    prints = [fingerprint(" ".join(words)) for words in told]
    others = sum(is_same_story(prints[i], prints[j]) for i in range(len(prints)) for j in range(i))
    quoting = [fingerprint(" ".join([*told[i], *told[i - 1][:25]])) for i in range(len(told))]
    return others, sum(is_same_story(quoting[i], prints[i - 1]) for i in range(len(told)))


def milliseconds() -> float:
    """Return the time of one fingerprint of about 400 words."""
    texts = [" ".join(words) for words in articles()[46:]]
    start = time.process_time()
    for text in texts:
        fingerprint(text)
    return (time.process_time() - start) / len(texts) * 1000


def among_a_hundred_thousand(rows: int = 100_000) -> dict[str, float]:
    """Return what finding copies among so many stored articles costs, and how often it is right.

    In a scratch database, through the very function an import asks.
    """
    import django

    django.setup()
    from tests.databases import drop_test_database, make_test_database

    name = f"bench_duplicates_{os.getpid()}"
    make_test_database(name)
    try:
        own = _fill(rows)
        return _asked(own)
    finally:
        drop_test_database(name)


def _fill(rows: int) -> dict[int, list[str]]:
    """Store so many fingerprints of nothing, and our own articles among them; return these by number."""
    from django.db import connection

    own = dict(enumerate(articles(), start=rows + 1))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(source=_OF_NOTHING), {"rows": rows, "kept": KEPT})
        for number, words in own.items():
            cursor.execute(_INSERT.format(source=_OF_OURS), {"id": number, "shingles": fingerprint(" ".join(words))})
        cursor.execute("VACUUM ANALYZE articles_article, articles_fingerprint")
    return own


_INSERT = """
INSERT INTO articles_article (id, shingles, headline, is_headline_ours, byline, section, language, published_words,
    published_precision, image_credit, url, is_summary, note, edited_fields, source_state, is_search_cut, imported_at)
SELECT n, shingles, 'A headline', false, '', '', 'en', '', '', '', '', false, '', '{{}}', 'unchecked', false, now()
FROM ({source}) AS given (n, shingles)
"""
_OF_OURS = "SELECT %(id)s, %(shingles)s::bigint[]"
_OF_NOTHING = """
SELECT n, (SELECT array_agg(hash ORDER BY hash) FROM
    (SELECT ((random() - 0.5) * 2 ^ 63)::bigint + n * 0 AS hash FROM generate_series(1, %(kept)s)) AS hashes)
FROM generate_series(1, %(rows)s) AS n
"""


def _asked(own: dict[int, list[str]]) -> dict[str, float]:
    from articles.identity import find_likeness

    rng = random.Random(11)
    found = wrong = 0
    times: list[float] = []
    for words in own.values():
        for copy in (COPIES["cut to 60 %"], COPIES["lightly edited"], COPIES["updated"]):
            prints = fingerprint(" ".join(copy(words, rng)))
            like = find_likeness(prints)
            times.append(_milliseconds_in_sql(prints))
            found += like is not None and bool(set(words[:9]) <= set(own.get(like.article.pk, ())))
        strange = sorted(rng.randrange(-(2**63), 2**63) for _ in range(KEPT))
        wrong += find_likeness(strange) is not None
        times.append(_milliseconds_in_sql(strange))
    return {
        "recall": found / len(own) / 3,
        "wrong": wrong,
        "median": statistics.median(times),
        "95 %": statistics.quantiles(times, n=20)[-1],
    }


def _milliseconds_in_sql(prints: list[int], tries: int = 3) -> float:
    """Return the time of the query, the best of a few: what else runs on the machine is not asked for."""
    from articles.identity import likely_copies

    times: list[float] = []
    for _ in range(tries):
        start = time.perf_counter()
        likely_copies(prints, apart_from=None)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main() -> None:
    """Print the figures."""
    for name, share in recall().items():
        print(f"found when {name:16}{share:8.3f}   (bar 0.98)")
    others, quoting = wrong()
    print(f"other stories taken for copies {others}, quotations {quoting}   (bar 0)")
    print(f"one fingerprint {milliseconds():.2f} ms")
    asked = among_a_hundred_thousand()
    print(f"among 100,000 stored: recall {asked['recall']:.3f} (bar 0.98), taken wrongly {asked['wrong']:.0f} (bar 0)")
    print(f"one question in SQL, median {asked['median']:.2f} ms (bar 1 ms), 95 % within {asked['95 %']:.2f} ms")


if __name__ == "__main__":
    main()
