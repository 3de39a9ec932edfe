"""All that changes what was promised and by whom. One family of verbs a file."""

from .publishing import DependsOnDraft, publish

__all__ = ["DependsOnDraft", "publish"]
