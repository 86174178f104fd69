"""A private, throw-away PostgreSQL from the binaries Debian installs: for tests, measurements and drills.

    python tools/postgres.py run [--fast] -- pytest -q

The server listens on a free loopback port, asks a random password, and goes with its data when the command ends.
"""

import argparse
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
ADVICE = f"PostgreSQL {OLDEST} or newer is needed: sudo apt-get install postgresql"
# What a server of ours must never do is write what a statement said, or a row that was in its way, into its log.
QUIET = {
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
PASSWORD = "password.kept"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoServer(Exception):
    """No server could be started; the text says what to do."""


def binaries() -> Path:
    """The newest installed server binaries. Raises NoServer."""
    found = {}
    for folder in Path("/usr/lib/postgresql").glob("*/bin"):
        version = folder.parent.name
        if re.fullmatch(r"\d+", version) and int(version) >= OLDEST and (folder / "initdb").exists():
            found[int(version)] = folder
    if not found:
        raise NoServer(ADVICE)
    return found[max(found)]


def unprivileged() -> list[str]:
    """The words before a command: another user when we are root, and never outliving us."""
    words = ["setpriv", "--pdeathsig", "INT"]
    return [*words, "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else words


@contextmanager
def server(*, durable: bool = True) -> Iterator[str]:
    """A running server; yields the DATABASE_URL of an empty database. Not `durable`: a crash loses everything."""
    with drilled(durable=durable) as running:
        yield running.url


@contextmanager
def drilled(*, durable: bool = True, within: Path | None = None) -> Iterator["Server"]:
    """As `server`, for whoever wants to kill it in between; `within` a folder, or among what is temporary."""
    home = Path(tempfile.mkdtemp(prefix="kalka-pg-", dir=within))
    try:
        with _founded(home, FAST if not durable else {}) as running:
            yield running
    finally:
        _remove(home)


@contextmanager
def kept(home: Path, settings: Mapping[str, str]) -> Iterator["Server"]:
    """As `drilled`, in a folder that stays: founded the first time, started again the next."""
    if not (home / PASSWORD).exists():
        home.mkdir(parents=True, exist_ok=True)
        with _founded(home, settings) as running:
            (home / PASSWORD).touch(mode=0o600)
            (home / PASSWORD).write_text(running.password)
            yield running
        return
    process, port = _start(binaries(), home, settings)
    running = Server(home, process, port, settings, (home / PASSWORD).read_text())
    try:
        yield running
    finally:
        _stop(running.process)


@contextmanager
def _founded(home: Path, settings: Mapping[str, str]) -> Iterator["Server"]:
    bin_, password = binaries(), secrets.token_urlsafe(16)
    _initialise(bin_, home, password)
    process, port = _start(bin_, home, settings)
    running = Server(home, process, port, settings, password)
    try:
        _create_database(bin_, port, password)
        yield running
    finally:
        _stop(running.process)


@dataclass
class Server:
    """A running server that a drill may kill and start again, on the same data and port."""

    home: Path
    process: subprocess.Popen[bytes]
    port: int
    settings: Mapping[str, str]
    password: str

    @property
    def url(self) -> str:
        return f"postgres://kalka:{self.password}@127.0.0.1:{self.port}/kalka"

    def kill(self) -> None:
        """As a power cut would end it, as far as a process can tell: itself and each of its children."""
        self.process.send_signal(signal.SIGSTOP)  # no new child while we count them
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (self.process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As somebody who means to."""
        _stop(self.process)

    def start(self) -> None:
        self.process, _ = _start(binaries(), self.home, self.settings, again=self.port)


def _initialise(bin_: Path, home: Path, password: str) -> None:
    secret = home / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    words = ["-D", home / "data", "-U", "kalka", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8"]
    done = subprocess.run(
        [*unprivileged(), bin_ / "initdb", *words, "--locale=C.UTF-8", "--no-sync"],
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    secret.unlink()
    if done.returncode:
        raise NoServer(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(bin_: Path, home: Path, more: Mapping[str, str], *, again: int = 0) -> tuple[subprocess.Popen[bytes], int]:
    """Our direct child, so that we reap it ourselves whatever runs as process 1. On the port it had, if `again`."""
    log = home / "log"
    for _ in range(5):  # the port may be taken between our asking and its binding
        port = again or free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "60",
            "timezone": "UTC",
            **QUIET,
            **more,
        }
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with log.open("ab") as out:
            process = subprocess.Popen(
                [*unprivileged(), bin_ / "postgres", "-D", home / "data", *words],
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            if _answers(bin_, process, port):
                return process, port
        except BaseException:  # we are asked to end while it is still starting
            _stop(process)
            raise
        _stop(process)
    raise NoServer(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(bin_: Path, process: subprocess.Popen[bytes], port: int, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        asked = subprocess.run([bin_ / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)])
        if asked.returncode == 0:
            return True
        time.sleep(0.05)
    return False


def _create_database(bin_: Path, port: int, password: str) -> None:
    words = ["-h", "127.0.0.1", "-p", str(port), "-U", "kalka", "--no-password", "kalka"]
    subprocess.run([bin_ / "createdb", *words], check=True, env={**os.environ, "PGPASSWORD": password})


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, then immediate, then the axe."""
    for how, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def _remove(home: Path, seconds: float = 10) -> None:
    """Until it is gone: what an interrupted initdb had begun may still write for a moment."""
    until = time.monotonic() + seconds
    while home.exists() and time.monotonic() < until:
        shutil.rmtree(home, ignore_errors=True)
        time.sleep(0.05)


def run(command: list[str], *, durable: bool) -> int:
    """Run the command with DATABASE_URL set, and stop the server whatever happens to either of us."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _leave)
    with server(durable=durable) as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url, "KALKA_TEST_DB": "postgres"})
        try:
            return child.wait()
        finally:
            for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(name, signal.SIG_IGN)  # a second request must not interrupt the clean-up
            _end(child)


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command against a throw-away PostgreSQL.")
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("--fast", action="store_true", help="no fsync: for tests that lose nothing by a crash")
    parser.add_argument("command", nargs="+", metavar="-- COMMAND")
    given = parser.parse_args()
    try:
        return run(given.command, durable=not given.fast)
    except NoServer as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
