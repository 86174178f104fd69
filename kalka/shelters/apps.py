from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.shelters"
    label = "shelters"
