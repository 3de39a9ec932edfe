#!/usr/bin/env python
"""Django's command line for Policy Tracker."""

import getpass
import os
import sys
from contextlib import AbstractContextManager, nullcontext, suppress

import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.core.management.base import CommandError, CommandParser, handle_default_options
from django.db import InterfaceError, NotSupportedError, OperationalError

from policytracker.database.away import why_no_database
from policytracker.postgres_binaries import CannotStart

# Commands that run others, or change the tables rather than what stands in them: no trail of theirs.
WITHOUT_TRAIL = {"migrate", "test", "runserver", "up", "db", "procrastinate"}


def choose_settings(arguments: list[str]) -> None:
    """Heed --settings now: the trail reads the settings before Django comes to look for it."""
    parser = CommandParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings")
    parser.add_argument("--pythonpath")
    with suppress(CommandError):  # Django itself will say what is wrong with an option
        handle_default_options(parser.parse_known_args(arguments[2:])[0])


def trail_of(arguments: list[str]) -> AbstractContextManager[object]:
    """What the audit trail says about changes that this command makes: its name, and the account it runs under."""
    name = arguments[1] if len(arguments) > 1 else ""
    if not name or name in WITHOUT_TRAIL or name.startswith("-"):
        return nullcontext()
    return pghistory.context(command=name, account=_account())


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return str(os.getuid())


def main() -> None:
    """Run a command. What only a person at the keyboard can mend is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policytracker.settings")
    choose_settings(sys.argv)
    try:
        with trail_of(sys.argv):
            execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except (CannotStart, ImproperlyConfigured) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Error: {error}")
    except (OperationalError, InterfaceError, NotSupportedError) as error:
        sentence = why_no_database(error)
        if sentence is None or "--traceback" in sys.argv:
            raise
        sys.exit(f"Error: {sentence}")


if __name__ == "__main__":
    main()
