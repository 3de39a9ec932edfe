from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "policytracker.tracking"
    label = "tracking"

    def ready(self) -> None:
        """Listen to what other rooms tell."""
        from policytracker.tracking import receivers  # noqa: F401
