from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.sittings"
    label = "sittings"
