from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.training"
    label = "training"
