from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.obligations"
    label = "obligations"
