"""An installation of its own for the browser: its data, its database, its server, as in production.

`python -m tests.browser.house fill` makes it and prints where everything is; `… serve PORT` answers. Both live in
processes of their own, so that the tests meet nothing but what comes over the wire.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
Surroundings = dict[str, str]


AWAKE = 300  # seconds; whoever does nothing for three times that is signed out


@dataclass(slots=True)
class House:
    """Two servers over the same data: `demo` asks no second factor, `office` does, as everywhere but in the demo."""

    demo: str
    started: Callable[[], str]
    filled: dict[str, Any]
    told: Surroundings
    moved: float = field(default_factory=time.monotonic)

    def stay(self) -> None:
        """Nobody of those who have signed in is signed out for doing nothing before their turn comes."""
        if time.monotonic() - self.moved > AWAKE:
            _run(self.told, "stay")
            self.moved = time.monotonic()

    @property
    def office(self) -> str:
        """Few ask for it: it starts for the first who does."""
        return self.started()

    def share(self) -> None:
        """From now on everybody of the staff may open the full file."""
        _run(self.told, "share", self.filled["full"]["ref"])

    def console(self, *words: str) -> str:
        """What `kalka WORDS` prints on the machine itself."""
        call = [sys.executable, "-c", "from kalka.cli.main import kalka; kalka()", *words]
        done = subprocess.run(call, cwd=ROOT, env=self.told, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@contextmanager
def house() -> Iterator[House]:
    with ExitStack() as stack:
        data = Path(tempfile.mkdtemp(prefix="kalka-browser-"))
        stack.callback(shutil.rmtree, data, ignore_errors=True)
        told = surroundings(data, stack.enter_context(database()))
        filled = json.loads(_run(told, "fill"))
        demo = stack.enter_context(server(told))
        office = cache(lambda: stack.enter_context(server(told | {"KALKA_DEMO": "false"})))
        yield House(demo, office, filled, told)


def surroundings(data: Path, url: str) -> Surroundings:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KALKA_")},
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": url,
        "KALKA_DATA": str(data),
        "KALKA_DEMO": "true",
    }


@contextmanager
def database() -> Iterator[str]:
    """A fresh database beside the one of DATABASE_URL, or none: SQLite then makes its own in the data."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield ""
        return
    import psycopg

    name = f"kalka_browser_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def server(told: Surroundings) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, "serve", str(port)],
            cwd=ROOT,
            env=told,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _await(f"http://127.0.0.1:{port}/info/", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process)


def _run(told: Surroundings, *words: str) -> str:
    """As the console does it: whoever makes the tables owns them, and whoever serves does not."""
    asked, env = [sys.executable, "-m", __name__, *words], told | {"KALKA_CONSOLE": "true"}
    done = subprocess.run(asked, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the installation could not be made:\n{done.stderr[-4000:]}")
    return done.stdout.splitlines()[-1]


def _await(url: str, process: "subprocess.Popen[bytes]", log: Any, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"the server did not start:\n{log.read().decode(errors='replace')[-4000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main(verb: str, word: str = "") -> None:
    import django

    django.setup()
    {"fill": fill, "share": share, "stay": stay, "serve": serve}[verb](*[word] if word else [])


def serve(port: str) -> None:
    from kalka.cli.serving import run

    run("127.0.0.1", int(port), 1)


def fill() -> None:
    from django.conf import settings
    from django.core.management import call_command

    from kalka.cli.preparing import prepare
    from kalka.core import clock
    from tests.browser import filling

    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    prepare()
    print(json.dumps(filling.fill(clock.now())))


def share(ref: str) -> None:
    from kalka.core import clock
    from tests.browser import filling

    filling.share(ref, clock.now())
    print(ref)


def stay() -> None:
    from kalka.accounts.models import Session
    from kalka.core import clock

    print(Session.objects.filter(ended_at=None).update(seen_at=clock.now()))


if __name__ == "__main__":
    main(*sys.argv[1:])
