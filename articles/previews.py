"""What an import would do, without writing anything: for `--dry-run` and for the page before an import starts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from articles.decisions import Outcome, decide, remarks_of
from articles.drafts import tidy
from articles.given import Given, Piece, host_of_address, pieces_of
from articles.hints import complete, day_given, hints_of
from articles.identity import addresses_of, sha, words_key
from articles.importing.archives import unwarc, unzip
from articles.importing.documents import ONE_ARTICLE, ArticleDraft, Document, Found, Kind
from articles.importing.duplicates import fingerprint, is_same_story
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.robots import Robots, fetch_robots
from articles.importing.sniffing import sniff
from articles.models import Article, ImportItem
from articles.notices import Notice
from articles.tools import Tools

DEEPEST = 3
DELAY = 1.0
_COPY = Notice.SAME_ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one item."""

    source: str
    outcome: ImportItem.Outcome
    reason_code: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    draft: ArticleDraft | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where something was found: for people, how deep, what was said about it there, and the address asked for."""

    source: str
    depth: int = 0
    hints: dict[str, Any] = field(default_factory=dict)
    asked_for: str = ""

    def within(self, name: str) -> "_Place":
        return replace(self, source=f"{self.source}, {name}" if name else self.source)


class Foresight:
    """Reads what is given as an import would, and says what it would do.

    It remembers what it has seen, because an import would have stored it by then.
    """

    def __init__(self, tools: Tools, *, published_on: str = "", mapping: dict[str, str] | None = None) -> None:
        self._tools = tools
        self._hints = day_given(published_on)
        self._mapping = mapping
        self._seen = _Seen()
        self._robots: dict[str, Robots] = {}

    def of(self, given: Given) -> Iterator[Foreseen]:
        """Yield what would become of each item in a given thing."""
        for piece in pieces_of(given):
            yield from _guarded(piece.source, self._piece(piece, given))

    def _piece(self, piece: Piece, given: Given) -> Iterator[Foreseen]:
        if piece.refusal:
            raise piece.refusal
        place = _Place(source=piece.source)
        if piece.body is None:
            yield from self._address(place)
            return
        document = Document(
            body=piece.body,
            name=piece.source,
            url=given.url,
            content_type=given.content_type,
            fetched_at=self._tools.clock(),
        )
        yield from self._document(document, place)

    def _address(self, place: _Place) -> Iterator[Foreseen]:
        url = place.source
        known = self._robots.get(host_of_address(url))
        if known:
            self._tools.pause(max(DELAY, known.delay(user_agent=self._tools.user_agent) or 0))
        self._check_robots(url)
        result = self._tools.gate.fetch(url, may_follow=self._check_robots)
        document = result.as_document(fetched_at=self._tools.clock())
        yield from self._document(document, replace(place, asked_for=url))

    def _check_robots(self, url: str) -> None:
        host = host_of_address(url)
        if host not in self._robots:
            self._robots[host] = fetch_robots(self._tools.gate, url)
        self._robots[host].check(url, user_agent=self._tools.user_agent)

    def _document(self, document: Document, place: _Place) -> Iterator[Foreseen]:
        kind = sniff(document)
        if kind in (Kind.ZIP, Kind.WARC):
            yield from self._archive(document, kind, place)
            return
        if kind not in ONE_ARTICLE and place.depth >= DEEPEST:
            raise DocumentRefused(Reason.LIST_TOO_DEEP, limit=DEEPEST)
        for found in self._tools.reader.read(document, mapping=self._mapping):
            here = place.within(found.position)
            if found.entry:
                hints = hints_of(found.entry)
                there = _Place(source=found.entry.url, depth=place.depth + 1, hints=hints)
                yield from _guarded(there.source, self._address(there))
            else:
                yield from _guarded(here.source, self._found(found, kind, document, here))

    def _archive(self, document: Document, kind: Kind, place: _Place) -> Iterator[Foreseen]:
        if place.depth:
            raise DocumentRefused(Reason.ARCHIVE_NESTED, name=place.source)
        for entry in unzip(document) if kind is Kind.ZIP else unwarc(document):
            here = replace(place.within(entry.name), depth=1)
            if entry.document is None:
                yield _failed(here.source, entry.refusal or DocumentRefused(Reason.EMPTY))
            else:
                yield from _guarded(here.source, self._document(entry.document, here))

    def _found(self, found: Found, kind: Kind, document: Document, place: _Place) -> Iterator[Foreseen]:
        if found.refusal:
            raise found.refusal
        if found.draft:
            hints = place.hints | self._hints
            asked_for = place.asked_for
            draft = complete(found.draft, kind=kind, hints=hints, found_at=document.url, asked_for=asked_for)
            yield self._seen.judge(tidy(draft), place.source)


def _guarded(source: str, work: Iterator[Foreseen]) -> Iterator[Foreseen]:
    """Yield what the work yields, and its refusal as the last thing."""
    try:
        yield from work
    except ImportRefused as refusal:
        yield _failed(source, refusal)


class _Seen:
    """The drafts judged so far, found again as the database would find them."""

    def __init__(self) -> None:
        self._by_key: dict[str, ArticleDraft] = {}
        self._drafts: list[tuple[ArticleDraft, list[int]]] = []
        self._by_print: dict[int, list[int]] = {}

    def judge(self, draft: ArticleDraft, source: str) -> Foreseen:
        """Return what importing the draft would do after all that was seen."""
        known = next((self._by_key[key] for key in self._keys(draft) if key in self._by_key), None)
        if known is not None:
            outcome = Outcome.UNCHANGED if known.text == draft.text else Outcome.UPDATED
            return Foreseen(source=source, outcome=outcome, draft=draft)
        decision = decide(draft)
        prints = decision.prints or fingerprint(draft.text)
        like = self._like(prints) if decision.outcome == Outcome.CREATED else None
        is_copy = like is not None and like.text == draft.text and not addresses_of(draft)
        if decision.writes and not is_copy:
            self._remember(draft, prints)
        if like:
            return self._foreseen_like(draft, like, prints, source, notice=_COPY if is_copy else Notice.ONE_STORY)
        return Foreseen(
            source=source,
            outcome=decision.outcome,
            reason_code=decision.notice,
            detail=decision.detail | (remarks_of(draft) if decision.has_new_text else {}),
            draft=draft,
            article=decision.article,
        )

    def _foreseen_like(
        self, draft: ArticleDraft, like: ArticleDraft, prints: list[int], source: str, *, notice: str
    ) -> Foreseen:
        day = like.published_on.isoformat() if like.published_on else ""
        detail = {"headline": like.headline, "date": day, "percent": self._percent(prints, like)}
        return Foreseen(source=source, outcome=Outcome.DUPLICATE, reason_code=notice, detail=detail, draft=draft)

    def _keys(self, draft: ArticleDraft) -> list[str]:
        addresses = list(addresses_of(draft))
        if addresses:
            return addresses
        return [words_key(draft)] if draft.published_on else [sha(draft.text.encode())]

    def _remember(self, draft: ArticleDraft, prints: list[int]) -> None:
        for key in self._keys(draft):
            self._by_key[key] = draft
        for each in prints:
            self._by_print.setdefault(each, []).append(len(self._drafts))
        self._drafts.append((draft, prints))

    def _like(self, prints: list[int]) -> ArticleDraft | None:
        common = Counter(number for each in prints for number in self._by_print.get(each, ()))
        for number, _ in common.most_common(5):
            draft, theirs = self._drafts[number]
            if is_same_story(prints, theirs):
                return draft
        return None

    def _percent(self, prints: list[int], like: ArticleDraft) -> int:
        theirs = set(fingerprint(like.text))
        return round(100 * len(theirs.intersection(prints)) / max(1, min(len(theirs), len(prints))))


def _failed(source: str, refusal: ImportRefused) -> Foreseen:
    return Foreseen(
        source=source, outcome=Outcome.FAILED, reason_code=refusal.code, detail={"refusal": refusal.details}
    )
