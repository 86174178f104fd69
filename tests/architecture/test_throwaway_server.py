"""The server the tests run on leaves nothing behind, however it ends, and writes nobody's words into its log."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.architecture.tree import ROOT
from tools import postgres

pytestmark = pytest.mark.deep


@pytest.fixture
def folder(monkeypatch):
    """A temporary folder that the server's own user may enter too."""
    made = Path(tempfile.mkdtemp(prefix="kalka-server-test-"))
    made.chmod(0o755)
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield made
    shutil.rmtree(made)


STARTING, RUNNING = "*/data/postmaster.pid", "running"  # the first thing seen of each moment


def begun(folder: Path, moment: str) -> subprocess.Popen[bytes]:
    command = f"touch {folder}/{RUNNING}; exec sleep 60"
    words = [sys.executable, "tools/postgres.py", "run", "--fast", "--", "sh", "-c", command]
    process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "TMPDIR": str(folder)})
    wait(lambda: list(folder.glob(moment)))
    return process


def wait(until, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.05)


def alive(folder: Path) -> bool:
    return subprocess.run(["pgrep", "-f", f"{folder}/kalka-pg"], capture_output=True).returncode == 0


@pytest.mark.parametrize("moment", [STARTING, RUNNING])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_end_it_leaves_neither_process_nor_data(folder, how, moment):
    process = begun(folder, moment)
    process.send_signal(how)
    assert process.wait(30) != 0
    assert (list(folder.glob("kalka-pg-*")), alive(folder)) == ([], False)


def test_killed_it_takes_the_server_along(folder):
    process = begun(folder, RUNNING)
    process.kill()
    process.wait()
    wait(lambda: not alive(folder))
    assert not alive(folder)


def test_the_log_repeats_no_statement_no_parameter_and_no_row(folder):
    with postgres.server(durable=False) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE told (name text UNIQUE)")
        connection.execute("INSERT INTO told VALUES (%s)", ["Гүлнара"])
        for statement, values in (
            ("SELECT 'Гүлнара', 1 / 0", None),
            ("INSERT INTO told VALUES (%s)", ["Гүлнара"]),
            ("INSERT INTO told VALUES (%s)", ["Гүл\x00"]),
        ):
            with pytest.raises((psycopg.Error, ValueError)):
                connection.execute(statement, values)
        (log,) = folder.glob("*/log")
        written = log.read_text()
        assert ("duplicate key" in written, "SELECT" in written, "Гүл" in written) == (True, False, False)
