from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.prevention"
    label = "prevention"
