from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.ui"
    label = "ui"
