from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.statistics"
    label = "statistics"
