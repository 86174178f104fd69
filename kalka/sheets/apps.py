from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.sheets"
    label = "sheets"
