from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.vault"
    label = "vault"
