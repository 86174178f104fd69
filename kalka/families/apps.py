from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.families"
    label = "families"
