"""Drafts as the readers give them; a test states only what it is about."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from articles.importing.documents import ArticleDraft, Dated, Precision

KST = timezone(timedelta(hours=9))
PARAGRAPHS = [
    "South Korea plans to seek more contact with the North and to improve human rights there this year.",
    "The ministry presented its plan for the year at a briefing to the president on Friday in the capital.",
    "The minister said that despite difficulties in cross-border ties the ministry will remain steadfast.",
    "It will also fine-tune a detailed action plan for the proposal that was made public last summer.",
    "In March, the ministry will publish an annual report on the human rights situation, including in English.",
    "If dialogue resumes, the ministry plans to put priority on separated families and detainees.",
]
TEXT = "\n".join(PARAGRAPHS)
OTHER_TEXT = """\
The fisheries agency opened three new harbours on the eastern coast after two years of building.
Boats of every size may land there from Monday, and the cold stores take four hundred tonnes each.
Fishers had asked for them since the storm of 2019 destroyed the old quay and both of its cranes."""


def at_moment(text: str) -> Dated:
    """A date stated to the second."""
    moment = datetime.fromisoformat(text)
    return Dated(raw=text, day=moment.date(), moment=moment, precision=Precision.MOMENT, rule="stated")


def on_day(text: str) -> Dated:
    """A date of which only the day is stated."""
    return Dated(raw=text, day=date.fromisoformat(text), precision=Precision.DAY, rule="stated")


def make_draft(**fields: Any) -> ArticleDraft:
    """An article of 27 January 2023 at an address of its own."""
    defaults = {
        "headline": "Ministry to seek contact",
        "text": TEXT,
        "language": "en",
        "published": at_moment("2023-01-27T16:14:18+09:00"),
        "url": "https://news.example.org/1",
        "extractor": "test",
        "extractor_version": "1",
    }
    return ArticleDraft(**defaults | fields)
