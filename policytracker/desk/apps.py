from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "policytracker.desk"
    label = "desk"
