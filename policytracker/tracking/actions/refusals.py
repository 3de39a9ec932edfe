"""Why an action did not do what it was asked: a sentence for the person who asked, nothing changed."""

from typing import Any


class Refused(Exception):
    """A rule was broken; `str()` of it is a sentence to show. `field` names the form's field it belongs to, if one."""

    field: str | None = None

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field or self.field


class ChangedMeanwhile(Refused):
    """Somebody else saved the same row since it was read; `current` is the row as it stands now."""

    def __init__(self, sentence: str, *, current: Any) -> None:
        super().__init__(sentence)
        self.current = current
