from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.library"
    label = "library"
