#!/usr/bin/env python
"""Django's command line for Policy Tracker."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, NotSupportedError, OperationalError

from policytracker.database.away import why_no_database
from policytracker.postgres_binaries import CannotStart


def main() -> None:
    """Run a command. What only a person at the keyboard can mend is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policytracker.settings")
    try:
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
