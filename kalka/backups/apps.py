from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.backups"
    label = "backups"
