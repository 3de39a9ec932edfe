"""manage.py send_digests: tell followers what changed, and empty the outbox."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from policytracker.tracking.actions.digests import send_digests
from policytracker.tracking.actions.mails import send_mails


class Command(BaseCommand):
    help = "Tells followers who are due what changed, and sends the mails that wait. The worker does the same."

    def handle(self, *args: Any, **options: Any) -> None:
        told = send_digests(at=timezone.now())
        self.stdout.write(f"told {told.followers} followers of {told.changes} changes")
        sent = send_mails(at=timezone.now())
        self.stdout.write(f"sent {sent.sent} mails, {sent.failed} failed, {sent.bounced} bounced")
        if sent.failed:
            raise SystemExit(1)
