"""The two servers of one run, Kalka's and the bare one, on the same database and cores."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4


def environment(url: str, data: Path) -> dict[str, str]:
    """As on a server that was started before: what Python made of the modules lies there, as an installer leaves it."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **around,
        "PYTHONPYCACHEPREFIX": str(data.parent / "bytecode"),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "KALKA_DATA": str(data),
        "KALKA_HTTPS": "false",
        "KALKA_LANG": "ky",
    }


@contextmanager
def granian(target: str, env: dict[str, str], *, workers: int = WORKERS) -> Iterator[tuple[int, int]]:
    """A running server of an application, or a module that starts one; yields its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", *_command(target, port, workers)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _await(process, port)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _command(target: str, port: int, workers: int) -> list[str]:
    if ":" not in target:
        return [target, str(port), str(workers)]
    words = [f"--port={port}", "--interface=wsgi", f"--workers={workers}", f"--blocking-threads={THREADS}"]
    return ["granian", "--no-access-log", *words, target]


def _await(process: subprocess.Popen[bytes], port: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server did not start")
