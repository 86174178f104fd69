from django.apps import AppConfig


class Config(AppConfig):
    name = "kalka.referrals"
    label = "referrals"
