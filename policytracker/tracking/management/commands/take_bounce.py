"""Take a mail that came back, as the mail server pipes it in: `|manage.py take_bounce`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from policytracker.tracking.actions.mails import take_bounces
from policytracker.tracking.bounces import MOST_BYTES, NotABounce, bounces_in


class Command(BaseCommand):
    """Reads one report (RFC 3464) from standard input."""

    help = "Takes a report on a delivery from standard input; an address that is gone for good is switched off."

    def handle(self, **options: Any) -> None:
        """Exit with 1 where the message is no report, so that whoever pipes it in can keep it."""
        try:
            bounces = bounces_in(sys.stdin.buffer.read(MOST_BYTES + 1))
        except NotABounce as refusal:
            raise CommandError(str(refusal)) from refusal
        taken = take_bounces(bounces=bounces, at=timezone.now())
        self.stdout.write(
            f"{taken.switched_off} switched off, {taken.not_now} to be tried again, {taken.unknown} not about our mails"
        )
