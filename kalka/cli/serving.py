"""Starting the server: first everything that must not be, then the workers."""

import multiprocessing
import os
import sys
from importlib import import_module
from pathlib import Path

import click
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from kalka.cli.faults import refuse_if_unsafe
from kalka.core import rootfile


@click.command(help=_("Make ready: keys, tables, territory and static files. Safe to run again."))
def prepare() -> None:
    from kalka.cli.preparing import prepare as do

    unwrap_root_key()
    do()
    click.echo(_("Ready."))


@click.command(help=_("Run the server."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen on."))
@click.option("--port", default=8000, show_default=True, help=_("Port to listen on."))
@click.option("--workers", default=2, show_default=True, help=_("Processes that answer."))
def serve(host: str, port: int, workers: int) -> None:
    refuse_if_unsafe()
    unwrap_root_key()
    run(host, port, workers)


def run(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    load_application()
    # Granian's own access log would write addresses with references.
    Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()


def load_application() -> None:
    """Once, before the workers are made from this process: what none of them changes lies in memory once."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)  # what newer versions of Python no longer do unasked
    import_module("config.wsgi")
    connections.close_all()  # a line to the database is never shared


def unwrap_root_key() -> None:
    """A key under a passphrase is opened once, into memory that the workers inherit."""
    path = Path(settings.ROOT_KEY_FILE)
    if not path.exists() or not rootfile.is_wrapped(data := path.read_bytes()):
        return
    opened = rootfile.in_memory(rootfile.unwrap(data, passphrase()))
    settings.ROOT_KEY_FILE = Path(opened)
    os.environ["KALKA_ROOT_KEY_FILE"] = opened


def passphrase(*, twice: bool = False) -> str:
    given = os.environ.get("KALKA_PASSPHRASE_FILE")
    if given:
        return Path(given).read_text().rstrip("\n")
    if not sys.stdin.isatty():
        raise click.ClickException(
            _("The root key needs its passphrase: start from a terminal or set KALKA_PASSPHRASE_FILE.")
        )
    return str(click.prompt(_("Passphrase of the root key"), hide_input=True, confirmation_prompt=twice))
