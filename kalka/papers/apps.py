from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.papers"
    label = "papers"
