"""What the first items of a draft would become, and how its table would be read. Reads only."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

from articles.given import Given
from articles.importing.documents import Document, Kind
from articles.importing.refusals import ImportRefused
from articles.importing.sniffing import sniff
from articles.importing.tables import TablePreview, preview_csv
from articles.models import ImportBatch, ImportItem
from articles.notices import sentence
from articles.previews import Foreseen, Foresight
from articles.tools import Tools, make_tools
from policytracker.desk.preview_gate import OutOfTime, in_a_hurry, is_busy

SHOWN = 5


@cache
def tools() -> Tools:
    """Return this process's tools; its reading process is kept warm between requests."""
    return make_tools(is_patient=False)


def first_items(batch: ImportBatch, *, mapping: dict[str, str] | None) -> list[tuple[Foreseen, str]]:
    """Return what the first items would become, with the reason in words.

    Addresses are fetched for this while there is time; one that is not reached says so and waits for the import.
    """
    hurried = in_a_hurry(tools())
    foresight = Foresight(hurried, published_on=batch.options.get("published_on", ""), mapping=mapping)
    found: list[tuple[Foreseen, str]] = []
    for item in batch.items.all()[:SHOWN]:
        left = SHOWN - len(found)
        found += [(each, _reason(each)) for each in islice(_foreseen(item, foresight, hurried), left)]
        if len(found) >= SHOWN:
            break
    return found


def table_of(batch: ImportBatch) -> TablePreview | None:
    """Return how the first CSV file among the first items would be read; None if there is none."""
    for item in batch.items.exclude(payload=None)[:SHOWN]:
        document = _document(item)
        try:
            if sniff(document) is Kind.CSV:
                return preview_csv(document)
        except ImportRefused:
            continue
    return None


def mapping_of(batch: ImportBatch, table: TablePreview) -> dict[str, str]:
    """Return the columns as chosen for this import, else as for the last table with these columns, else proposed."""
    if "mapping" in batch.options:
        return batch.options["mapping"]
    same = ImportBatch.objects.filter(requested_by=batch.requested_by, options__columns=list(table.columns))
    last = same.exclude(pk=batch.pk).order_by("-pk").first()
    return last.options["mapping"] if last else table.mapping


def _document(item: ImportItem) -> Document:
    detail = item.detail
    return Document(
        body=bytes(item.payload or b""),
        name=item.source,
        url=detail.get("url", ""),
        content_type=detail.get("content_type", ""),
    )


def _foreseen(item: ImportItem, foresight: Foresight, hurried: Tools) -> Iterator[Foreseen]:
    if item.outcome == ImportItem.Outcome.FAILED:
        detail = {"refusal": item.detail.get("refusal", {})}
        yield Foreseen(
            source=item.source, outcome=ImportItem.Outcome.FAILED, reason_code=item.reason_code, detail=detail
        )
        return
    document = _document(item)
    given = Given(source=item.source)
    if item.payload is not None:
        given = Given.of_bytes(document.body, name=item.source, url=document.url, content_type=document.content_type)
    elif is_busy(item.host, at=hurried.clock()):
        yield _waits(item)
        return
    try:
        yield from islice(foresight.of(given), SHOWN)
    except OutOfTime:
        yield _waits(item)


def _waits(item: ImportItem) -> Foreseen:
    return Foreseen(source=item.source, outcome=ImportItem.Outcome.QUEUED)


def _reason(foreseen: Foreseen) -> str:
    return sentence(foreseen.reason_code, foreseen.detail.get("refusal") or foreseen.detail)
