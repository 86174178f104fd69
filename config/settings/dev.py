"""A developer's own machine, and the demo: loopback only, without HTTPS, its key beside its data."""

import os

os.environ.setdefault("KALKA_HTTPS", "false")
os.environ.setdefault("KALKA_SECRET_KEY", "demo-only-not-a-secret")

from config.settings.base import *  # noqa: F403  (the environment must be complete before it is read)

TRAINING_FORMS = True
