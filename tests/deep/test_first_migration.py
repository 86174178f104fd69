"""A database made by our `migrate` is the one Django's own would make."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.deep

MAKE = """
import django, sys
from contextlib import nullcontext
django.setup()
from django.core.management import call_command
from kalka.access.management.commands import migrate
if sys.argv[1] == "djangos":
    migrate.new_tables_alone = nullcontext
call_command("migrate", verbosity=0)
"""


def made(folder: Path, how: str) -> list[tuple[str, ...]]:
    """Every table, index and trigger, as SQLite keeps them."""
    told = {**os.environ, "KALKA_DATA": str(folder), "KALKA_TEST_DB": "sqlite", "PYTEST_XDIST_WORKER": ""}
    told |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", MAKE, how], env=told, cwd=ROOT, check=True)
    with sqlite3.connect(folder / "kalka.sqlite3") as there:
        return sorted(there.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def test_it_is_made_alike_both_ways(tmp_path):
    ours = made(tmp_path / "ours", "ours")
    assert made(tmp_path / "djangos", "djangos") == ours
    assert len(ours) > 300
