from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.directory"
    label = "directory"
