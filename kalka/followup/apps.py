from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.followup"
    label = "followup"
