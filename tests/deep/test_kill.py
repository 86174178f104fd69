"""kill -9 of the server's processes and of PostgreSQL while reports come in: none is lost, none is doubled."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.tree import ROOT
from tests.deep.ledger import Ledger
from tools import postgres

pytestmark = pytest.mark.deep

CLIENTS, EACH = 8, int(os.environ.get("KALKA_KILL_EACH", "60"))
KILLS = 4


@dataclass
class Web:
    """Granian with two workers; started again by whoever killed it, as systemd would."""

    env: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [f"--port={self.port}", "--interface=wsgi", "--workers=2", "--blocking-threads=4", "--no-access-log"]
        words += ["--respawn-failed-workers", "--respawn-interval=0.2"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "config.wsgi:application"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def workers(self) -> list[int]:
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def kill_whole(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_worker(self) -> None:
        os.kill(self.workers()[-1], signal.SIGKILL)


def drill(env: dict[str, str], *words: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.deep.drill", *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    assert done.returncode == 0
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Installation:
    env: dict[str, str]
    web: Web
    server: postgres.Server | None
    session: str


@contextmanager
def installation() -> Iterator[Installation]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kalka-kill-"))
        on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
        server = None if on_sqlite else stack.enter_context(postgres.drilled())
        env = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "PYTEST_"))}
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": str(ROOT), "KALKA_DATA": folder}
        env |= {"DATABASE_URL": server.url if server else "", "KALKA_HTTPS": "false"}
        ready = drill(env, "prepare")
        web = Web(env, postgres.free_port())
        web.start()
        try:
            yield Installation(env, web, server, str(ready["session"]))
        finally:
            web.kill_whole()


def wait_until(ledger: Ledger, many: int) -> None:
    until = time.monotonic() + 120
    while len(ledger.acknowledged) < many and time.monotonic() < until:
        time.sleep(0.02)


def test_no_report_that_was_acknowledged_is_lost_and_none_is_doubled():
    with installation() as here:
        ledger = Ledger(here.web.port, here.session, EACH)
        clients = ledger.run(CLIENTS)
        for number in range(KILLS):
            wait_until(ledger, (number + 1) * CLIENTS * EACH // (KILLS + 1))
            if number % 2 and here.server is not None:
                here.server.kill()
                here.server.start()
            elif number == 0:
                here.web.kill_a_worker()
            else:
                here.web.kill_whole()
                here.web.start()
        for client in clients:
            client.join()
        here.web.kill_whole()
        here.web.start()
        found = drill(here.env, "count", here.session)

    many = CLIENTS * EACH
    assert ledger.faults == []
    assert len(ledger.acknowledged) == many
    assert ledger.sent_again > 0, "nothing was interrupted: the drill proves nothing"
    assert found["reports"] == sorted(ledger.acknowledged)
    assert found["duties"] == found["reports"]
    assert (found["events"], found["keys"]) == (many, 3 * many)
    assert found["recorded"] == found["reports"]
    assert (found["fault"], found["waiting"]) == ("", 0)
    assert found["opens"] == min(many, 50)
