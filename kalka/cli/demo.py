"""The demo: an invented world on this machine alone, its server and its worker, until Ctrl+C."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.cli import demo_folder, serving
from kalka.cli.demo_environment import FOLDER
from kalka.cli.importing_places import Bar

HOST = "127.0.0.1"
PATIENCE = 35  # seconds for the worker to end by itself: a little more than it gives its own steps


@click.command(help=_("Show Kalka with invented people, on this machine alone. Not for real use."))
@click.option("--port", default=8000, show_default=True, help=_("Port to listen on."))
@click.option("--data", default=FOLDER, show_default=True, help=_("Folder of the demo's key and data."))
@click.option("--fresh", is_flag=True, help=_("Throw away the demo world of this folder and make a new one."))
def demo(port: int, data: str, fresh: bool) -> None:
    refuse_if_taken(port)
    demo_folder.claim(fresh=fresh)
    build()
    click.echo(greeting(port))
    worker = subprocess.Popen([sys.executable, "-m", "kalka.cli.demo_worker"])
    try:
        serving.run(HOST, port, workers=2)
    finally:
        _end(worker)
        click.echo(_("The demo ended. Start it again with the same folder and everything is as you left it."))


def refuse_if_taken(port: int) -> None:
    """The server itself would share the port with whoever has it."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            raise click.ClickException(
                _("Port {port} is in use. Choose another: --port {other}").format(port=port, other=port + 1)
            ) from None


def build() -> None:
    """The installation, and its world where there is none yet."""
    from kalka.cli.preparing import prepare
    from kalka.core import clock
    from kalka.demo import world
    from kalka.worker.loop import once
    from kalka.worker.periodic import SEALING, TABLE

    prepare(demo=True)
    if demo_folder.is_whole():
        return
    bar = Bar(quiet=False)
    with bar, _unhurried():
        world.build(now=clock.now(), progress=bar.reach, whole=True)
    once(sealing=SEALING, table=TABLE)  # what would have happened by itself: late duties move up, missed visits alarm
    demo_folder.complete(clock.day_of(clock.now()))


@contextmanager
def _unhurried() -> Iterator[None]:
    """A world that is not finished is begun again: until it is, nothing waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        kept = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous = OFF")
        yield
        cursor.execute(f"PRAGMA synchronous = {int(kept)}")


def greeting(port: int) -> str:
    """What a newcomer needs: where it is, what it is not, who may sign in."""
    from kalka.demo.staffing import PASSWORD, sign_ins

    language = (get_language() or "ky")[:2]
    rows = [(one.login, f"{one.title[language]}, {one.organisation[language]}") for one in sign_ins()]
    wide = max(len(login) for login, _title in rows)
    return "\n".join(
        [
            "",
            _("The demo is at {address} (this machine alone; cookie “{cookie}”).").format(
                address=f"http://{HOST}:{port}/", cookie=settings.SESSION_COOKIE
            ),
            _("Its key lies beside its data, and everybody knows its passwords: never put anything real into it."),
            _(
                "Everybody and everything in it is invented. The world was made on {day}; --fresh makes a new one."
            ).format(day=demo_folder.made_on()),
            "",
            _("Sign in with one of these names. The password of all of them: {password}").format(password=PASSWORD),
            *(f"  {login:<{wide}}  {PASSWORD}  {title}" for login, title in rows),
            "",
            _("Stop it with Ctrl+C."),
        ]
    )


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
