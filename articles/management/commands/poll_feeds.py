"""Polls the feeds that are due; what they bring is imported by the workers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.actions.feeds import poll_due_feeds
from articles.tools import make_tools


class Command(BaseCommand):
    """`manage.py poll_feeds`"""

    help = "Poll the feeds that are due now, as the worker does each minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each feed what it brought; exit 1 if any failed."""
        polled = poll_due_feeds(tools=make_tools())
        for each in polled:
            self.stdout.write(f"{each.feed}: {each.reason or f'{each.count} new'}")
        failed = sum(bool(each.reason) for each in polled)
        self.stdout.write(f"polled {len(polled)} failed {failed}")
        if failed:
            raise CommandError(f"{failed} of {len(polled)} feeds failed.")
