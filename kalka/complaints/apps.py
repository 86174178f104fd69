from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.complaints"
    label = "complaints"
