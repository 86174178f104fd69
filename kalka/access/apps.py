from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.access"
    label = "access"
