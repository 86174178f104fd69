from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.legalaid"
    label = "legalaid"
