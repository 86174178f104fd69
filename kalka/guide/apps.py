from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.guide"
    label = "guide"
