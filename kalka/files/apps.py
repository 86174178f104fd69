from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.files"
    label = "files"
