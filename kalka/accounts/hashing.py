"""Argon2id as OWASP recommends it for a server: 46 MiB, one pass, one lane."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1


class LightArgon2(Argon2):
    """For tests, which sign in thousands of times."""

    memory_cost = 64
