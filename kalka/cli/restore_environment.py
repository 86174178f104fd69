"""Where a restore goes, settled before Django reads its settings: the folder named, or what the environment says."""

import os
from pathlib import Path

from kalka.cli.demo_environment import given


def settle(argv: list[str]) -> None:
    """A folder is SQLite's; PostgreSQL is named by DATABASE_URL, whose password no argument should hold."""
    into = given(argv, "--into")
    if into:
        os.environ.update(KALKA_DATA=str(Path(into).expanduser().resolve()), DATABASE_URL="")
