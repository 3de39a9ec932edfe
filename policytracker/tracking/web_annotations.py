"""Annotations as W3C Web Annotation JSON-LD, out and in: rows to dictionaries, dictionaries to values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from policytracker.tracking.models import Annotation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
MOTIVATIONS = frozenset(Annotation.Motivation.values)
MOST = 2_000
LARGEST = 2**31 - 1


class NotAnAnnotation(ValueError):
    """The document, or one entry of it, cannot be read as an annotation; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """An annotation as another program tells it. Offsets are None where it gave the quote alone."""

    identifier: str
    motivation: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    body: str
    tags: tuple[str, ...]


def page_of_annotations(
    annotations: Iterable[Annotation], *, page_url: str, source_url: str, site_url: str
) -> dict[str, Any]:
    """An annotation page with these notes on passages of one article, answers included."""
    items = [as_json(annotation, source_url=source_url, site_url=site_url) for annotation in annotations]
    return {"@context": CONTEXT, "id": page_url, "type": "AnnotationPage", "items": items}


def as_json(annotation: Annotation, *, source_url: str, site_url: str) -> dict[str, Any]:
    """One annotation; its `id` is its address."""
    told: dict[str, Any] = {
        "id": address_of(annotation, site_url),
        "type": "Annotation",
        "motivation": annotation.motivation,
        "created": _moment(annotation.created_at),
        "creator": {"type": "Person", "name": annotation.author.get_full_name() or annotation.author.get_username()},
        "target": _target(annotation, source_url, site_url),
    }
    if annotation.edited_at:
        told["modified"] = _moment(annotation.edited_at)
    bodies: list[dict[str, Any]] = []
    if annotation.body:
        bodies.append({"type": "TextualBody", "value": annotation.body, "format": "text/plain"})
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": str(tag)} for tag in annotation.tags.all()]
    return told | ({"body": bodies} if bodies else {})


def address_of(annotation: Annotation, site_url: str) -> str:
    """The address of a note."""
    return f"{site_url}/desk/annotations/{annotation.uuid}/"


def _target(annotation: Annotation, source_url: str, site_url: str) -> Any:
    if annotation.parent is not None:
        return address_of(annotation.parent, site_url)
    selectors = [
        {
            "type": "TextQuoteSelector",
            "exact": annotation.exact,
            "prefix": annotation.prefix,
            "suffix": annotation.suffix,
        },
        {"type": "TextPositionSelector", "start": annotation.start, "end": annotation.end},
    ]
    return {
        "source": source_url,
        "selector": selectors,
        "state": {"type": "TimeState", "sourceDate": _moment(annotation.snapshot.taken_at)},  # type: ignore[union-attr]
    }


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def annotations_in(document: Any) -> list[Any]:
    """The entries of a page, a collection's first page, a list, or the one annotation that the document is."""
    if isinstance(document, dict) and document.get("type") == "AnnotationCollection":
        document = document.get("first")
    if isinstance(document, dict) and document.get("type") == "AnnotationPage":
        document = document.get("items")
    entries = document if isinstance(document, list) else [document]
    if len(entries) > MOST:
        raise NotAnAnnotation(f"more than {MOST} annotations")
    return entries


def given_in(entry: Any) -> Given:
    """One entry as values. Raises NotAnAnnotation."""
    if not isinstance(entry, dict) or entry.get("type") != "Annotation":
        raise NotAnAnnotation("not an object of type “Annotation”")
    quote, position = _selectors(entry.get("target"))
    start, end = position.get("start"), position.get("end")
    if position and not all(isinstance(n, int) and 0 <= n <= LARGEST for n in (start, end)):
        raise NotAnAnnotation("the positions are not whole numbers")
    body, tags = _bodies(entry.get("body"))
    motivation = _text(_first(entry.get("motivation")) or "commenting").removeprefix("oa:")
    return Given(
        identifier=_text(entry.get("id", "")),
        motivation=motivation if motivation in MOTIVATIONS else Annotation.Motivation.COMMENTING,
        exact=_text(quote.get("exact", "")),
        prefix=_text(quote.get("prefix", "")),
        suffix=_text(quote.get("suffix", "")),
        start=start,
        end=end,
        body=body,
        tags=tags,
    )


def _selectors(target: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    target = _first(target)
    if not isinstance(target, dict):
        raise NotAnAnnotation("the target has no selector")
    found: dict[str, dict[str, Any]] = {}
    chosen = target.get("selector")
    for selector in chosen if isinstance(chosen, list) else [chosen]:
        if isinstance(selector, dict) and isinstance(selector.get("type"), str):
            found.setdefault(selector["type"], selector)
    quote, position = found.get("TextQuoteSelector", {}), found.get("TextPositionSelector", {})
    if not quote and not position:
        raise NotAnAnnotation("neither a text quote nor a text position is selected")
    return quote, position


def _bodies(bodies: Any) -> tuple[str, tuple[str, ...]]:
    words, tags = [], []
    for body in bodies if isinstance(bodies, list) else [bodies] if bodies else []:
        if isinstance(body, str):
            words.append(_text(body))
        elif isinstance(body, dict) and body.get("purpose") == "tagging":
            tags.append(_text(body.get("value", "")))
        elif isinstance(body, dict) and "value" in body:
            words.append(_text(body["value"]))
    return "\n\n".join(words), tuple(tags)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotAnAnnotation("expected text where there is none")
    if "\x00" in value or any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise NotAnAnnotation("an unprintable character")
    return value
