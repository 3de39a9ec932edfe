"""Whether one text in several papers is told from two texts on one subject, and at what cost.

    python -m benchmarks.duplicates [--sql]

Prints the share of cut, edited and updated copies that are found, how many other stories and
quotations are taken for copies (none may be), and milliseconds a fingerprint. With `--sql`, asks a
temporary table of 100,000 fingerprints in the database of the settings and prints milliseconds a query.
"""

import random
import statistics
import sys
import time

from articles.importing.duplicates import KEPT, SAME_STORY, fingerprint, is_same_story
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


def sql_milliseconds(rows: int = 100_000) -> tuple[float, float]:
    """Return median and slowest time of finding the copies of a text among `rows` fingerprints."""
    import django
    from django.db import connection, transaction

    django.setup()
    rng = random.Random(5)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE prints (id serial PRIMARY KEY, shingles bigint[]) ON COMMIT DROP")
        for _ in range(rows // 1000):
            block = [[rng.randrange(-(2**63), 2**63) for _ in range(KEPT)] for _ in range(1000)]
            cursor.executemany("INSERT INTO prints (shingles) VALUES (%s)", [(hashes,) for hashes in block])
        own = [fingerprint(" ".join(words)) for words in articles()]
        cursor.executemany("INSERT INTO prints (shingles) VALUES (%s)", [(hashes,) for hashes in own])
        cursor.execute("CREATE INDEX ON prints USING gin (shingles)")
        cursor.execute("ANALYZE prints")
        times = [_timed_query(cursor, hashes) for hashes in own]
    return statistics.median(times), max(times)


def _timed_query(cursor, hashes: list[int]) -> float:
    start = time.perf_counter()
    cursor.execute(
        "SELECT id FROM prints WHERE shingles && %s::bigint[] AND"
        " (SELECT count(*) FROM unnest(shingles) AS one WHERE one = ANY(%s::bigint[]))"
        " >= %s * least(cardinality(shingles), %s)",
        [hashes, hashes, SAME_STORY, len(hashes)],
    )
    cursor.fetchall()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the figures."""
    for name, share in recall().items():
        print(f"found when {name:16}{share:8.3f}   (bar 0.98)")
    others, quoting = wrong()
    print(f"other stories taken for copies {others}, quotations {quoting}   (bar 0)")
    print(f"one fingerprint {milliseconds():.2f} ms")
    if "--sql" in sys.argv:
        median, slowest = sql_milliseconds()
        print(f"among 100,000 in SQL: median {median:.2f} ms, slowest {slowest:.2f} ms   (bar 1 ms)")


if __name__ == "__main__":
    main()
