"""The deep tests on SQLite have a file of their own: threads that share a database in memory lock each other out."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from tests.architecture.tree import ROOT
from tools import postgres


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    told = connections["default"].settings_dict
    if not told["ENGINE"].endswith("sqlite3"):
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="kalka-deep-"))
    told["TEST"]["NAME"] = str(folder / "deep.sqlite3")
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    """An installation that nobody serves: for processes that are started, and killed, one by one. They act as the
    console does, in the role that owns the tables: the first of them makes these."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kalka-deep-")))
        on_sqlite = str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
        server = None if on_sqlite else stack.enter_context(postgres.drilled(within=None))
        env = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "PYTEST_"))}
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": str(ROOT), "KALKA_HTTPS": "false"}
        env |= {"KALKA_DATA": str(folder / "data"), "KALKA_ROOT_KEY_FILE": str(folder / "root.key")}
        yield env | {"DATABASE_URL": server.url if server else "", "KALKA_CONSOLE": "true"}
