"""Log lines: one per event, whatever the text in them; each with the request it belongs to."""

import json
import logging
import re
from datetime import UTC, datetime

from policytracker import request_id

# What could begin a new line, move the cursor, or reorder what a person sees in a terminal.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return the text with control characters and line ends written as escapes."""
    return _UNSAFE.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


class JsonFormatter(logging.Formatter):
    """One JSON object per event; a traceback is one of its fields."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.current.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=True)


class TextFormatter(logging.Formatter):
    """One line for a person; a traceback, which only DEBUG shows so, follows indented."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        line = (
            f"{moment} {record.levelname:7} {request_id.current.get()} {record.name}: {one_line(record.getMessage())}"
        )
        if record.exc_info:
            trace = self.formatException(record.exc_info).splitlines()
            line += "".join(f"\n    {one_line(text)}" for text in trace)
        return line
