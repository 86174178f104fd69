from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.custody"
    label = "custody"
