"""The marked passages of an article as a page of W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from policytracker.tracking.web_annotations import CONTEXT

from .passages import MarkedPassage

# What is said by marking a passage as evidence or as a statement of a promise: that the two belong together.
LINKING = "linking"


def annotation_page(
    passages: Iterable[MarkedPassage],
    *,
    page_url: str,
    source_url: str,
    taken_at: Mapping[int, datetime],
    urls: Mapping[int, str],
) -> dict[str, Any]:
    """One annotation a passage, in the order of the text.

    `taken_at` has the moment of each snapshot by its number, `urls` the address of each commitment by its number.
    Positions count code points of the text as it was kept at that moment.
    """
    items = [_annotation(passage, source_url, taken_at, urls) for passage in passages]
    return {"@context": CONTEXT, "id": page_url, "type": "AnnotationPage", "items": items}


def _annotation(
    passage: MarkedPassage, source_url: str, taken_at: Mapping[int, datetime], urls: Mapping[int, str]
) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = []
    if passage.commitment is not None:
        bodies.append({"type": "SpecificResource", "purpose": LINKING, "source": urls[passage.commitment.pk]})
        bodies.append({"type": "TextualBody", "purpose": "classifying", "value": passage.kind})
    if passage.note:
        bodies.append({"type": "TextualBody", "value": passage.note, "format": "text/plain"})
    told: dict[str, Any] = {
        "id": f"{source_url}#{passage.anchor}",
        "type": "Annotation",
        "motivation": passage.kind if passage.is_note else LINKING,
        "target": {
            "source": source_url,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.exact,
                    "prefix": passage.prefix,
                    "suffix": passage.suffix,
                },
                {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
            ],
            "state": {
                "type": "TimeState",
                "sourceDate": taken_at[passage.snapshot_id].isoformat().replace("+00:00", "Z"),
            },
        },
    }
    return told | ({"body": bodies} if bodies else {})
