from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "policytracker.tracking"
    label = "tracking"
