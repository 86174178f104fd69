from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.monitoring"
    label = "monitoring"
