"""Imports what it is given, in this very process, and says what became of each item."""

import json
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from articles.actions.queueing import cancel_import, queue_import
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.models import ImportBatch, ImportItem, Publisher
from articles.models.imports import ImportItemQuerySet
from articles.previews import Foresight
from articles.reports import COUNTED, counts_line, record_of, record_of_foreseen
from articles.sources import given_at
from articles.tools import make_tools

Outcome = ImportItem.Outcome


class Command(BaseCommand):
    """`manage.py import_articles SOURCE…`"""

    help = "Import addresses, feeds, sitemaps, files, folders, or - for standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="SOURCE")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one line of JSON for each item")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        parser.add_argument("--date", type=_day, default=None, help="day of publication of texts that do not say it")
        parser.add_argument("--publisher", default="", help="publisher (slug) of articles that do not say theirs")
        parser.add_argument("--url", default="", help="address at which the one file was found")

    def handle(self, *args: Any, sources: list[str], as_json: bool, dry_run: bool, **options: Any) -> None:
        """Import all sources; raise CommandError, so that the exit code is 1, if any item failed."""
        if options["url"] and len(sources) > 1:
            raise CommandError("--url says where one file was found; give one SOURCE with it.")
        telling = _Telling(self, as_json=as_json)
        given = (replace(each, url=options["url"]) for source in sources for each in given_at(source))
        if dry_run:
            _foresee(given, telling, published_on=options["date"] or "")
        else:
            _import(given, telling, published_on=options["date"] or "", publisher=options["publisher"])
        telling.conclude()


class _Telling:
    """Says what became of each item: records or counts on standard output, progress on standard error."""

    def __init__(self, command: BaseCommand, *, as_json: bool) -> None:
        self._command = command
        self._as_json = as_json
        self._counts: Counter[str] = Counter()

    def tell(self, record: dict[str, Any]) -> None:
        self._counts[record["outcome"]] += 1
        if self._as_json:
            self._command.stdout.write(json.dumps(record, ensure_ascii=False))
        what = record["headline"] or record["source"]
        reason = f": {record['reason']}" if record["reason"] else ""
        self._command.stderr.write(f"{self._counts.total():>5}  {record['outcome']:<9}  {_one_line(what + reason)}")

    def conclude(self) -> None:
        """Write the counts; raise CommandError if any item failed."""
        out = self._command.stderr if self._as_json else self._command.stdout
        out.write(counts_line(self._counts))
        failed = self._counts[Outcome.FAILED]
        if failed:
            raise CommandError(f"{failed} of {self._counts.total()} failed; the reasons stand above.")


def _foresee(given: Iterable[Given], telling: _Telling, *, published_on: str) -> None:
    foresight = Foresight(make_tools(is_patient=False), published_on=published_on)
    for each in given:
        for foreseen in foresight.of(each):
            telling.tell(record_of_foreseen(foreseen))


def _import(given: Iterable[Given], telling: _Telling, *, published_on: str, publisher: str) -> None:
    """Import, telling of each item as soon as it ended. On Ctrl-C what is left is stopped, what is in stays."""
    tools = make_tools(is_patient=False)
    options: dict[str, Any] = {"published_on": published_on} if published_on else {}
    if publisher:
        options["publisher"] = _publisher(publisher).pk
    batch = queue_import(sources=given, by=None, at=timezone.now(), options=options, by_workers=False)
    ended = _Ended(batch, telling)
    try:
        ended.tell_of(batch.items.all())
        work_on_batch(batch_id=batch.pk, tools=tools, on_finished=ended.tell_of_items)
        ended.tell_of(batch.items.all())
    except KeyboardInterrupt:
        stopped = cancel_import(batch=batch, by=None, at=timezone.now())
        raise CommandError(f"Interrupted: {stopped} items were not imported, the others are in.") from None


class _Ended:
    """Tells of each item once, whoever ended it."""

    def __init__(self, batch: ImportBatch, telling: _Telling) -> None:
        self._batch = batch
        self._telling = telling
        self._told: set[int] = set()

    def tell_of_items(self, items: list[ImportItem]) -> None:
        self.tell_of(self._batch.items.filter(Q(pk__in=[item.pk for item in items]) | Q(parent__in=items)))

    def tell_of(self, items: ImportItemQuerySet) -> None:
        for item in items.filter(outcome__in=COUNTED).for_report().iterator(chunk_size=200):
            if item.pk not in self._told:
                self._told.add(item.pk)
                self._telling.tell(record_of(item))


def _publisher(slug: str) -> Publisher:
    try:
        return Publisher.objects.get(slug=slug)
    except Publisher.DoesNotExist:
        raise CommandError(f"There is no publisher “{slug}”.") from None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2023-01-27") from None


def _one_line(text: str) -> str:
    """Return the text without what could move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in text)[:300]
