from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.notices"
    label = "notices"
