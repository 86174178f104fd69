from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.history"
    label = "history"
