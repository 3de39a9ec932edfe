"""What the gate makes of an address: prints the body, or refuses with a sentence."""

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing.fetch import Gate
from articles.importing.refusals import FetchRefused
from articles.tools import own_hosts, user_agent


class Command(BaseCommand):
    """`manage.py fetch_url URL`"""

    help = "Fetch an address through the gate and print its body."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--headers", action="store_true", help="print status and headers to standard error")

    def handle(self, *args: object, url: str, headers: bool, **options: object) -> None:
        """Print the bytes as they came; exit 1 with the reason when the gate refuses."""
        gate = Gate(user_agent=user_agent(), own_hosts=own_hosts())
        try:
            result = gate.fetch(url)
        except FetchRefused as refusal:
            raise CommandError(str(refusal)) from None
        if headers:
            self.stderr.write(f"{result.status} {result.final_url} ({result.address})")
            for name, value in result.headers:
                self.stderr.write(f"{name}: {value}")
        sys.stdout.buffer.write(result.body)
        sys.stdout.buffer.flush()
