"""Tells a database that does not answer from a query that went wrong."""

from django.db import InterfaceError, NotSupportedError, OperationalError

from policytracker.postgres_binaries import CannotStart

# SQLSTATEs of an OperationalError from a server that is there: a lock timeout, a cancelled query, a deadlock, no space.
_SERVER_IS_THERE = ("55", "57014", "40", "53")
_NO_PLACE_FOR_US = "53300"


def is_database_away(exception: BaseException | None) -> bool:
    """Tell whether an exception means that no database answers, or that it has no place for us."""
    if isinstance(exception, InterfaceError | CannotStart):
        return True
    if not isinstance(exception, OperationalError):
        return False
    state = getattr(exception.__cause__, "sqlstate", None) or ""
    return state == _NO_PLACE_FOR_US or not state.startswith(_SERVER_IS_THERE)


def why_no_database(error: Exception) -> str | None:
    """Return a sentence for a person when an error means that there is no usable database, else None."""
    if isinstance(error, NotSupportedError) and "PostgreSQL" in str(error):
        return f"The database of DATABASE_URL is too old: {error}"
    if not is_database_away(error):
        return None
    reason = " ".join(str(error).split())
    return (
        f"The database does not answer: {reason} "
        "Check DATABASE_URL, and that the server runs; without DATABASE_URL an embedded one is started."
    )
