from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.closure"
    label = "closure"
