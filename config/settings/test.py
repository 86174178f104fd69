"""Tests: SQLite unless DATABASE_URL names a real PostgreSQL server."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KALKA_HTTPS", "false")
os.environ.setdefault("KALKA_SECRET_KEY", "tests-only-not-a-secret")
os.environ.setdefault("KALKA_DATA", tempfile.mkdtemp(prefix="kalka-test-"))
if os.environ.get("KALKA_TEST_DB") == "sqlite":
    os.environ["DATABASE_URL"] = ""

from config.settings.base import *  # noqa: F403  (the environment must be complete before it is read)

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Path(DATA).mkdir(parents=True, exist_ok=True)  # noqa: F405  (from base)
