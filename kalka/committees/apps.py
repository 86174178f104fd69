from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.committees"
    label = "committees"
