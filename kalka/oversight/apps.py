from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.oversight"
    label = "oversight"
