from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.demo"
    label = "demo"
