"""Runs files that were read ahead to their end, a slice in one transaction."""

import logging
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError

from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.models import ImportItem
from articles.tools import Tools

from .items import found_in, run_item, settle_refusal
from .leasing import holding_all
from .outcomes import given_publisher, save_outcomes, settle
from .reading_ahead import Reading
from .storing import Stored, announce
from .storing_many import Incoming, store_drafts

log = logging.getLogger(__name__)


def run_slice(readings: Sequence[Reading], tools: Tools) -> list[ImportItem]:
    """Run files that were read to their end, together; return them. Errors are raised as by `run_item`."""
    try:
        return _run_slice(readings, tools)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("a slice of %s items failed; they are run one by one", len(readings))
    for reading in readings:
        run_item(item=reading.item, tools=tools)
    return [reading.item for reading in readings]


def _run_slice(readings: Sequence[Reading], tools: Tools) -> list[ImportItem]:
    found: list[tuple[ImportItem, Incoming]] = []
    refused: list[tuple[ImportItem, ImportRefused]] = []
    for reading in readings:
        if reading.found is None:
            run_item(item=reading.item, tools=tools)
            continue
        try:
            found.append((reading.item, _incoming(reading)))
        except ImportRefused as refusal:
            refused.append((reading.item, refusal))
    refused += _store_slice(found, tools)
    for item, why in refused:
        settle_refusal(item, why, tools)
    return [reading.item for reading in readings]


def _incoming(reading: Reading) -> Incoming:
    assert reading.found is not None  # noqa: S101 - for the type checker
    try:
        found = reading.found.result()
    except Exception as error:
        log.exception("item %s failed", reading.item.pk)
        raise DocumentRefused(Reason.READER_FAILED, detail=type(error).__name__) from error
    return found_in(reading.item, reading.document, reading.kind, found)


def _store_slice(found: list[tuple[ImportItem, Incoming]], tools: Tools) -> list[tuple[ImportItem, ImportRefused]]:
    """Store what was found in files, in one transaction; return what cannot be stored, to be settled after it."""
    if not found:
        return []
    with holding_all([item for item, _ in found]) as held:
        ours = [(item, incoming) for item, incoming in found if item in held]
        at = tools.clock()
        publisher = given_publisher(found[0][0])  # files of one batch
        results = store_drafts(incoming=[incoming for _, incoming in ours], at=at, publisher=publisher)
        stored = [(item, result) for (item, _), result in zip(ours, results, strict=True) if isinstance(result, Stored)]
        for item, result in stored:
            settle(item, result, at=at)
        save_outcomes([item for item, _ in stored])
        announce([result for _, result in stored], at=at)
    return [
        (item, result) for (item, _), result in zip(ours, results, strict=True) if isinstance(result, ImportRefused)
    ]
