"""The demo's folder: marked as one, so that nobody takes it for an installation, nor an installation for a demo."""

import shutil
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

BEGUN = "begun"
FILES = ("kalka.sqlite3", "kalka.sqlite3-wal", "kalka.sqlite3-shm", "root.key")
FOLDERS = ("static", "outbox")


def claim(*, fresh: bool) -> None:
    """Mark the folder before a key is made in it. A world that was not finished, or is not wanted, goes.

    Refuses a folder that holds data without the mark: it is somebody's installation.
    """
    folder, mark = Path(settings.DATA), _mark()
    if not mark.exists() and any((folder / name).exists() for name in FILES):
        raise click.ClickException(
            _("The folder {folder} holds the data of an installation, not of a demo. Choose another.").format(
                folder=folder
            )
        )
    if fresh or not is_whole():
        _empty(folder)
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(BEGUN, "utf-8")


def is_whole() -> bool:
    return _mark().exists() and _mark().read_text("utf-8") != BEGUN


def complete(today: date) -> None:
    _mark().write_text(today.isoformat(), "utf-8")


def made_on() -> str:
    return _mark().read_text("utf-8")


def _empty(folder: Path) -> None:
    """What a demo makes, by name: nothing else in the folder is touched."""
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def _mark() -> Path:
    return Path(settings.ROOT_KEY_OF_DEMO)
