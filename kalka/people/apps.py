from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.people"
    label = "people"
