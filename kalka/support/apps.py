from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.support"
    label = "support"
