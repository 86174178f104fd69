from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.places"
    label = "places"
