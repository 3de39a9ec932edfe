"""The admin of what analysts conclude."""

from . import conclusions, people, proposals, vocabulary

__all__ = ["conclusions", "people", "proposals", "vocabulary"]
