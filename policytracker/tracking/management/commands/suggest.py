"""manage.py suggest: propose mentions and candidates."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importing.decoding import decode
from articles.models import Article
from policytracker.tracking.actions.rereading import unread
from policytracker.tracking.actions.suggesting import home_countries, suggest
from policytracker.tracking.models import MachineReading
from policytracker.tracking.names import record_gazetteer
from policytracker.tracking.suggestions import as_values, read_with_model

LARGEST = 20_000_000  # bytes of a text file


class Command(BaseCommand):
    help = (
        "Proposes mentions and candidates for articles that were not read yet, or for one of them. With --text, reads a"
        " text that is not stored, and changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--article", type=int, metavar="ID", help="this article, even if it was read before")
        what.add_argument("--text", metavar="FILE", help="a text file, or - for standard input")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day the text appeared (with --text)")
        parser.add_argument("--country", action="append", default=[], metavar="CC", help="whose government is tracked")
        parser.add_argument("--json", action="store_true", help="print what was found, with code-point offsets")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["text"] is not None:
            self._read_text(options)
        elif options["article"] is not None:
            self._read_article(options["article"], options["json"])
        else:
            self._read_new(options["json"])

    def _read_text(self, options: dict[str, Any]) -> None:
        on, text = _day(options["date"]), _text_of(options["text"])
        home = [country.upper() for country in options["country"]] or home_countries(on)
        mentions = record_gazetteer().find(text, on=on)
        reading = read_with_model(text, on=on, mentions=mentions, home=home)
        self._tell(as_values(mentions, reading.proposals), as_json=options["json"])
        self._say_unread(list(reading.unread))

    def _read_article(self, pk: int, as_json: bool) -> None:
        article = Article.objects.select_related("current_snapshot").filter(pk=pk).first()
        if article is None:
            raise CommandError(f"There is no article {pk}.")
        if article.current_snapshot is None:
            raise CommandError(f"Article {pk} has no stored text.")
        found = suggest(article=article, at=timezone.now())
        self._tell(as_values(found.mentions, found.reading.proposals), as_json=as_json)
        if not as_json:
            self.stdout.write(f"new: {found.new_mentions} mentions, {found.new_candidates} candidates")
        self._say_unread(list(found.reading.unread))

    def _read_new(self, as_json: bool) -> None:
        gazetteer, read, mentions, candidates = record_gazetteer(), 0, 0, 0
        for pk in list(unread().values_list("pk", flat=True)):
            article = Article.objects.select_related("current_snapshot").get(pk=pk)
            found = suggest(article=article, at=timezone.now(), gazetteer=gazetteer)
            read, mentions, candidates = read + 1, mentions + found.new_mentions, candidates + found.new_candidates
            if as_json:
                self._tell({"article": pk} | as_values(found.mentions, found.reading.proposals), as_json=True)
        if not as_json:
            self.stdout.write(f"read {read} articles; new: {mentions} mentions, {candidates} candidates")

    def _tell(self, values: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(values, ensure_ascii=False))
            return
        for mention in values["mentions"]:
            meant = mention["slug"] or "several senses"
            self.stdout.write(f"{mention['start']:>6}  {mention['kind']}: {mention['surface']} → {meant}")
        for candidate in values["candidates"]:
            due = candidate["deadline"]
            self.stdout.write(f"{candidate['start']:>6}  {candidate['score']:.2f}  {candidate['quote']}")
            self.stdout.write(f"          {candidate['actor'] or '?'}{' · due ' + due['date'] if due else ''}")

    def _say_unread(self, codes: list[str]) -> None:
        for code in codes:
            self.stderr.write(f"not read: {MachineReading.Unread(code).label}")


def _day(words: str | None) -> date:
    if words is None:
        raise CommandError("Say when the text appeared: --date YYYY-MM-DD.")
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"“{words}” is no day. Write it as 2023-01-27.") from None


def _text_of(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes_of(Path(name))
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror or error}.") from error
    if len(raw) > LARGEST:
        raise CommandError(f"{name} is larger than {LARGEST // 1_000_000} MB.")
    return _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str:
    """The text as another program would read it, not even composed: the offsets printed have to hold there."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return decode(raw).text


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
