from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.strongroom"
    label = "strongroom"
