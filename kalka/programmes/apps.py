from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.programmes"
    label = "programmes"
