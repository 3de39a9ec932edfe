"""Numbers that addresses and forms name rows by."""

LARGEST = 2**63 - 1
MOST_DIGITS = len(str(LARGEST))


def number_in(words: str) -> int | None:
    """The number that the words are; None where they are none, or one that no row can have."""
    if not words.isdecimal() or len(words) > MOST_DIGITS:
        return None
    number = int(words)
    return number if number <= LARGEST else None
