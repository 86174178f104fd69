from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.portal"
    label = "portal"
