"""Tell whether the kept timelines and standings say what the record says, or write them anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policytracker.tracking.standing.keeping import keep_standings_anew, stray_standings
from policytracker.tracking.timeline_keeping import faults, rebuild

SHOWN = 20


class Command(BaseCommand):
    """`--check` compares and exits 1 where something is missing or stray; `--rebuild` writes every line anew."""

    help = "Checks the kept timelines and standings against the record (--check), or writes them anew (--rebuild)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one of the two."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="exit 1 if a line is missing or stray, or a standing")
        what.add_argument("--rebuild", action="store_true", help="write every line anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where a check finds faults."""
        if options["rebuild"]:
            self.stdout.write(f"{rebuild()} lines written, {keep_standings_anew()} standings kept")
            return
        found = faults()
        for fault in found[:SHOWN]:
            self.stdout.write(str(fault))
        stray = stray_standings()
        if stray:
            self.stdout.write(f"kept otherwise than computed: commitments {', '.join(map(str, stray[:SHOWN]))}")
        if found or stray:
            raise CommandError(
                f"{len(found)} lines and {len(stray)} standings differ from the record; --rebuild writes them anew."
            )
        self.stdout.write("Every line and every kept standing is as the record says.")
