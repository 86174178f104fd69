from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.jobs"
    label = "jobs"
