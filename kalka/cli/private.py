"""Files that are for their owner alone."""

import os
from pathlib import Path

import click
from django.utils.translation import gettext as _


def write(path: Path, data: bytes) -> None:
    """A new file; what is there is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(_("{path} is there already. It was not touched.").format(path=path)) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
