from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.proceedings"
    label = "proceedings"
