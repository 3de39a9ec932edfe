"""Looks again at the sources of cited articles: still there, changed, moved, gone, out of reach."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.actions.checking import Checked
from articles.models import Article
from articles.tools import make_tools
from policytracker.tracking.actions.sources import EVERY, check_cited_sources

STATES = ("present", "changed", "moved", "gone", "unreachable")


class Command(BaseCommand):
    """`manage.py check_sources`"""

    help = "Look again at the sources of cited articles that were not looked at for a week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everything", help="also those looked at lately")
        parser.add_argument("--limit", type=int, default=None, help="at most so many")

    def handle(self, *args: Any, everything: bool, limit: int | None, **options: Any) -> None:
        """Say what each source is now, and at the end how many are what. A source that is gone is no error here."""
        counts: Counter[str] = Counter()

        def tell(checked: Checked) -> None:
            counts[checked.state] += 1
            article: Article = checked.article
            reason = f" ({checked.reason})" if checked.reason else ""
            self.stdout.write(f"{checked.state:<11}  {article.url}  {article.headline}{reason}")

        check_cited_sources(
            tools=make_tools(), limit=limit, every=timedelta(0) if everything else EVERY, on_checked=tell
        )
        self.stdout.write(" ".join(f"{state} {counts[state]}" for state in STATES))
