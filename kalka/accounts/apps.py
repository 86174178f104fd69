from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.accounts"
    label = "accounts"
