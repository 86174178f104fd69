from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.desk"
    label = "desk"
