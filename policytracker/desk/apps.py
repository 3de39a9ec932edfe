from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "policytracker.desk"
    label = "desk"

    def ready(self) -> None:
        """Name the rights."""
        from . import access  # noqa: F401
