from django.apps import AppConfig


class GovernmentConfig(AppConfig):
    name = "policytracker.government"
    label = "government"
