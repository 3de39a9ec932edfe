import os
import pickle
import signal
import threading
import time
from datetime import UTC, datetime

import pytest

from articles.importing import sandbox as sandbox_module
from articles.importing.documents import Dated, Document, FeedDocument, Kind
from articles.importing.feeds import parse_feed
from articles.importing.pages import read_page
from articles.importing.refusals import DocumentRefused, Reason
from articles.importing.sandbox import Sandbox
from tests.articles.importing.pages.builder import tuned

PAGE = tuned()[0]
DOCUMENT = Document(
    body=PAGE.body, url=PAGE.url, content_type=PAGE.content_type, fetched_at=datetime(2025, 1, 1, tzinfo=UTC)
)


@pytest.fixture(scope="module")
def sandbox():
    """Return one warm sandbox with small limits, so that hostile documents end soon."""
    with Sandbox(cpu_seconds=2, wall_seconds=15, memory_bytes=400_000_000) as warm:
        yield warm


def refusal_of(sandbox, kind, body):
    with pytest.raises(DocumentRefused) as refused:
        sandbox.run(kind, Document(body=body))
    return refused.value.reason


def test_the_child_reads_what_we_would_read(sandbox):
    assert sandbox.run(Kind.PAGE, DOCUMENT) == read_page(DOCUMENT)


def test_a_feed_comes_back_whole(sandbox):
    body = b"<rss><channel><item><title>A</title><link>https://example.com/a</link><pubDate>Fri, 27 Jan 2023 16:14:18 KST</pubDate></item><item/></channel></rss>"

    found = sandbox.run(Kind.FEED, Document(body=body))

    assert found == parse_feed(Document(body=body))
    assert isinstance(found, FeedDocument)


def test_a_refusal_comes_back_as_one(sandbox):
    assert refusal_of(sandbox, Kind.PAGE, b"<html></html>") is Reason.NO_TEXT


HOSTILE = {
    "attributes": (
        Kind.PAGE,
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">x</p></body></html>",
    ),
    "paragraphs": (Kind.PAGE, b"<html><body>" + b"<p>word word" * 250_000),
    "nested": (Kind.PAGE, b"<html><body>" + b"<div>" * 300_000 + b"x"),
    "links": (Kind.PAGE, b"<html><body>" + b"<a href=x>y" * 300_000),
    "feed attributes": (Kind.FEED, b"<rss " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"><channel/></rss>"),
    "nested feed": (Kind.FEED, b"<rss>" + b"<a>" * 1_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_rows_38_and_40_a_hostile_document_ends_in_a_reason_and_the_next_is_read(sandbox, name):
    kind, body = HOSTILE[name]
    started = time.monotonic()

    try:
        sandbox.run(kind, Document(body=body))
    except DocumentRefused as refused:
        assert refused.reason in (
            Reason.TOO_SLOW,
            Reason.TOO_HUNGRY,
            Reason.FEED_BROKEN,
            Reason.FEED_EMPTY,
            Reason.NO_TEXT,
            Reason.NO_HEADLINE,
        )

    assert time.monotonic() - started < 20
    assert sandbox.run(Kind.PAGE, DOCUMENT).headline == PAGE.gold.headline


def test_row_41_a_single_text_of_many_megabytes_is_never_an_empty_article(sandbox):
    assert refusal_of(sandbox, Kind.PAGE, b"<html><body><p>" + b"word " * 2_400_000) is Reason.TOO_LARGE


def test_row_99_a_child_that_is_killed_is_replaced(sandbox):
    sandbox.run(Kind.PAGE, DOCUMENT)
    os.kill(sandbox._child.pid, signal.SIGKILL)

    assert sandbox.run(Kind.PAGE, DOCUMENT).headline == PAGE.gold.headline


def test_row_99_a_child_killed_over_its_work_is_a_reason(sandbox):
    sandbox.run(Kind.PAGE, DOCUMENT)
    child = sandbox._child
    threading.Timer(0.5, lambda: os.kill(child.pid, signal.SIGKILL)).start()

    assert refusal_of(sandbox, *HOSTILE["nested"]) in (Reason.TOO_HUNGRY, Reason.TOO_SLOW)


def test_a_child_that_answers_too_late_is_ended():
    with Sandbox(cpu_seconds=30, wall_seconds=1, memory_bytes=400_000_000) as hasty:
        hasty.run(Kind.PAGE, DOCUMENT)
        started = time.monotonic()

        assert refusal_of(hasty, *HOSTILE["nested"]) is Reason.TOO_SLOW
        assert time.monotonic() - started < 3


def test_threads_share_one_child(sandbox):
    headlines = []
    threads = [
        threading.Thread(target=lambda: headlines.append(sandbox.run(Kind.PAGE, DOCUMENT).headline)) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert headlines == [PAGE.gold.headline] * 4


def test_the_child_is_renewed_after_its_share_of_documents(sandbox, monkeypatch):
    sandbox.run(Kind.PAGE, DOCUMENT)
    before = sandbox._child.pid
    monkeypatch.setattr(sandbox_module, "DOCUMENTS_A_CHILD", 1)

    sandbox.run(Kind.PAGE, DOCUMENT)
    sandbox.run(Kind.PAGE, DOCUMENT)

    assert sandbox._child is None or sandbox._child.pid != before


@pytest.mark.parametrize(
    "answer",
    [
        pickle.dumps(os.system),
        pickle.dumps({"a": 1}),
        b"nonsense",
        b"",
        pickle.dumps(Dated()),
        b"cos\nsystem\n(S'true'\ntR.",
    ],
)
def test_an_answer_that_is_none_of_ours_gains_nothing(answer):
    result = sandbox_module._loads(answer)

    assert isinstance(result, DocumentRefused)
    assert result.reason is Reason.READER_FAILED


def test_the_child_ends_with_its_parent(sandbox):
    own = Sandbox()
    own.run(Kind.PAGE, DOCUMENT)
    child = own._child
    child.stdin.close()

    assert child.wait(timeout=5) == 0
    own.close()


def test_a_child_that_cannot_start_is_a_reason_too(monkeypatch):
    monkeypatch.setattr("articles.importing.sandbox.sys.executable", "/bin/false")

    with Sandbox() as sandbox:
        (found,) = sandbox.read(Document(body=PAGE.body))

    assert found.refusal.reason is Reason.READER_FAILED
    assert "did not start" in str(found.refusal)
