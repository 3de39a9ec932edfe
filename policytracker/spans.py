"""Settings that give a number of days to each kind of thing: “action=365 outcome=730”."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

LONGEST = 36_500  # a hundred years; more is a slip


def days_by_kind(words: str, defaults: Mapping[str, int], *, setting: str) -> dict[str, int]:
    """The days of each kind: those the words name, the rest as in `defaults`.

    Raises ImproperlyConfigured, with the part that cannot be read, for a kind there is none of or a number that is none.
    """
    days = dict(defaults)
    for part in words.split():
        kind, _equals, number = part.partition("=")
        if kind not in days or not (number.isascii() and number.isdecimal() and 0 < int(number) <= LONGEST):
            known = " ".join(f"{name}={count}" for name, count in defaults.items())
            raise ImproperlyConfigured(f"{setting} cannot be read at “{part}”. Write it like: {known}")
        days[kind] = int(number)
    return days
