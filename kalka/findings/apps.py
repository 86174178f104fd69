from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.findings"
    label = "findings"
