"""The deep tests on SQLite have a file of their own: threads that share a database in memory lock each other out."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections


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
