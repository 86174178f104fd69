from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.api"
    label = "api"
