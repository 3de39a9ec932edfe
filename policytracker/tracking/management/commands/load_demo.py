"""manage.py load_demo: store the demo record; a second time says unchanged."""

from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand

from policytracker.tracking.demo.loading import load_demo


class Command(BaseCommand):
    help = "Loads the demo record: the unification policy of the Republic of Korea, 2022 to 2026."

    def handle(self, *args: Any, **options: Any) -> None:
        with pghistory.context(command="load_demo"):
            tally = load_demo(may_sign_in=settings.DEBUG)
        if not tally.created:
            self.stdout.write(f"unchanged: {tally.unchanged.total()} rows are there already")
            return
        for kind, number in tally.created.items():
            self.stdout.write(f"{number:5} {kind} created")
        if tally.unchanged:
            self.stdout.write(f"{tally.unchanged.total():5} rows unchanged")
        if settings.DEBUG:
            self.stdout.write("sign-ins: admin, analyst, reviewer; the password is the name and “-demo”")
