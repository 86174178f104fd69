from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.perpetrators"
    label = "perpetrators"
