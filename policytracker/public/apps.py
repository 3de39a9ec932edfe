from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "policytracker.public"
    label = "public"
