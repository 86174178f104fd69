from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.results"
    label = "results"
