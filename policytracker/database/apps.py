from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "policytracker.database"
    label = "database"
