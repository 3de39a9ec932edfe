"""The shelf of parts."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of, whoever serves it."""

    name = "policytracker.pages"
    label = "pages"
