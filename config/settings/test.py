"""Tests: SQLite unless DATABASE_URL names a real PostgreSQL server."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("KALKA_HTTPS", "false")
os.environ.setdefault("KALKA_SECRET_KEY", "tests-only-not-a-secret")
if "KALKA_DATA" not in os.environ:
    os.environ["KALKA_DATA"] = tempfile.mkdtemp(prefix="kalka-test-")
    atexit.register(shutil.rmtree, os.environ["KALKA_DATA"], ignore_errors=True)
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if worker and Path(os.environ["KALKA_DATA"]).name != worker:  # beside each other, each with a folder of its own
    os.environ["KALKA_DATA"] = str(Path(os.environ["KALKA_DATA"], worker))
if os.environ.get("KALKA_TEST_DB") == "sqlite":
    os.environ["DATABASE_URL"] = ""
elif own_server := os.environ.get(f"KALKA_TEST_URL_{worker}"):
    os.environ["DATABASE_URL"] = own_server

from config.settings.base import *  # noqa: E402, F403  (the environment must be complete before it is read)

PASSWORD_HASHERS = ["kalka.accounts.hashing.LightArgon2"]
TRAINING_FORMS = True
PACE_OF_A_TOKEN = PACE_OF_STRANGERS = 1_000_000  # one program sends what hundreds do
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"].get("OPTIONS", {}).pop("assume_role", None)  # type: ignore[attr-defined]  # noqa: F405
ROLE_WITHIN_SIGHT = "kalka_app"  # a test looks at everything; what it asks of Kalka is asked as the application asks
Path(DATA).mkdir(parents=True, exist_ok=True)  # noqa: F405  (from base)
if not DATABASES["default"].get("HOST"):  # noqa: F405  (from base: of SQLite there is none)
    # A real file: in memory two who write at once do not wait for each other.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405  (from base)
