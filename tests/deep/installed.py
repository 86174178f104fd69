"""An installation of its own on this machine: a server with two processes, a worker, and a database, each of which may
be killed and started again as a service manager would."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from tests.architecture.tree import ROOT
from tools import postgres


@dataclass
class Process:
    """In a session of its own, so that all of it can be ended at once."""

    words: list[str]
    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            words = ["setpriv", "--pdeathsig", "KILL", sys.executable, *self.words]
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.env, stdout=out, stderr=out, start_new_session=True
            )

    def kill(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_child(self, random: Random) -> None:
        assert self.process is not None
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            os.kill(int(random.choice(children)), signal.SIGKILL)
        except (OSError, IndexError):
            return


def web(env: dict[str, str], port: int, log: Path) -> Process:
    words = [f"--port={port}", "--interface=wsgi", "--workers=2", "--blocking-threads=4", "--no-access-log"]
    words += ["--respawn-failed-workers", "--respawn-interval=0.2", "config.wsgi:application"]
    return Process(["-m", "granian", *words], env, log)


@dataclass
class Installation:
    env: dict[str, str]
    port: int
    web: Process
    worker: Process
    server: postgres.Server | None
    ready: dict[str, Any] = field(default_factory=dict)

    @property
    def log(self) -> str:
        return self.web.log.read_text(errors="replace") + self.worker.log.read_text(errors="replace")

    def drill(self, *words: str) -> dict[str, Any]:
        """As the console does it: prepared, and asked of everything."""
        called = [sys.executable, "-m", "tests.deep.drill", *words]
        env = self.env | {"KALKA_CONSOLE": "true"}
        done = subprocess.run(called, cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def kalka(self, *words: str) -> str:
        called = [sys.executable, "-c", "from kalka.cli.main import kalka; kalka()", *words]
        done = subprocess.run(called, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr[-3000:]
        return done.stdout.strip()

    def ask(
        self, method: str, path: str, login: str, body: str = "", kind: str = "", *, patience: float = 60
    ) -> "Answer":
        headers = {"Cookie": f"kalka={self.ready['tokens'][login]}; kalka-csrf={TOKEN}; kalka-lang=en"}
        if body:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        line.request(method, path, body.encode() or None, headers)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, text, time.monotonic() - began)

    def await_web(self, seconds: float = 60) -> None:
        """Until it answers at all."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self.ask("GET", "/info/", next(iter(self.ready["tokens"])))
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log[-3000:])


TOKEN = "d" * 32  # of the forms: what the cookie says and the form repeats


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str
    took: float


@contextmanager
def installation(
    *, data: Path | None = None, home: Path | None = None, filled: Sequence[int] = (1, 3, 3)
) -> Iterator[Installation]:
    """`data` is where its folder is, `home` that of PostgreSQL, where a test cares which disk they are on. `filled`:
    how many cases to write in, reports that were left lying, and jobs that wait."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kalka-deep-")))
        on_sqlite = str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
        server = None if on_sqlite else stack.enter_context(postgres.drilled(within=home))
        env = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "PYTEST_"))}
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": str(ROOT)}
        env |= {"KALKA_DATA": str(data or folder / "data"), "KALKA_HTTPS": "false", "KALKA_LANG": "en"}
        env |= {"KALKA_ROOT_KEY_FILE": str(folder / "root.key"), "DATABASE_URL": server.url if server else ""}
        port = postgres.free_port()
        here = Installation(
            env,
            port,
            web(env, port, folder / "web.log"),
            Process(["-m", "tests.deep.drill", "work"], env, folder / "worker.log"),
            server,
        )
        here.ready = here.drill("prepare", *map(str, filled))
        here.web.start()
        here.worker.start()
        try:
            here.await_web()
            yield here
        except BaseException:
            print("\n".join(line for line in here.log.splitlines() if '"info"' not in line)[-6000:])
            raise
        finally:
            here.web.kill()
            here.worker.kill()
