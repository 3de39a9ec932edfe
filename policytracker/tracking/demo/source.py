"""The demo's files, as plain rows."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Row = dict[str, Any]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `data/<name>.json`, in file order. The list's key in the file is `events` for the timeline."""
    content = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(content["events" if name == "timeline" else name])
