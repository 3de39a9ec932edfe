from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "policytracker.api"
    label = "api"
