"""`kalka demo`: whose folder it takes, which port, what it says; and once as a newcomer starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import click
import pytest
from django.conf import settings
from django.utils import translation

from kalka.cli import demo, demo_folder

ROOT = Path(__file__).resolve().parents[3]
KEY = b"somebody's own root key, 32 byte"


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.DATA, settings.ROOT_KEY_OF_DEMO = tmp_path, tmp_path / "demo"
    return tmp_path


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind((demo.HOST, 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_port_in_use_is_refused_and_the_next_one_offered() -> None:
    with taken_port() as port, translation.override("en"), pytest.raises(click.ClickException) as refused:
        demo.refuse_if_taken(port)
    assert refused.value.message == f"Port {port} is in use. Choose another: --port {port + 1}"


def test_the_folder_of_an_installation_is_never_taken_for_a_demo(folder: Path) -> None:
    (folder / "root.key").write_bytes(KEY)
    with translation.override("en"), pytest.raises(click.ClickException) as refused:
        demo_folder.claim(fresh=True)
    assert "holds the data of an installation, not of a demo" in refused.value.message
    assert sorted(one.name for one in folder.iterdir()) == ["root.key"]
    assert (folder / "root.key").read_bytes() == KEY


def test_a_world_that_was_not_finished_is_begun_again(folder: Path) -> None:
    demo_folder.claim(fresh=False)
    assert not demo_folder.is_whole()
    (folder / "kalka.sqlite3").write_bytes(b"half")
    demo_folder.claim(fresh=False)
    assert not (folder / "kalka.sqlite3").exists()


def test_a_finished_world_is_kept_until_a_fresh_one_is_asked_for(folder: Path) -> None:
    demo_folder.claim(fresh=False)
    demo_folder.complete(demo_folder.date(2026, 11, 22))
    (folder / "kalka.sqlite3").write_bytes(b"whole")
    (folder / "notes.txt").write_text("mine")
    demo_folder.claim(fresh=False)
    assert demo_folder.is_whole() and demo_folder.made_on() == "2026-11-22"
    assert (folder / "kalka.sqlite3").exists()
    demo_folder.claim(fresh=True)
    assert not demo_folder.is_whole()
    assert sorted(one.name for one in folder.iterdir()) == ["demo", "notes.txt"]


@pytest.mark.parametrize(("language", "title"), [("ky", "Комитеттин катчысы"), ("ru", "Секретарь комитета")])
def test_it_says_where_it_is_what_it_is_not_and_who_may_sign_in(folder: Path, language: str, title: str) -> None:
    demo_folder.claim(fresh=False)
    with translation.override(language):
        said = demo.greeting(8123)
    assert "http://127.0.0.1:8123/" in said and settings.SESSION_COOKIE in said
    assert any(line.split()[:2] == ["katchy", "tumar-kiyiz-archa"] and title in line for line in said.splitlines())
    assert said.count("tumar-kiyiz-archa") == 38


STARTED = "from kalka.cli import main; main.kalka()"
SMALL = "from kalka.cli import main; main.COMMANDS['demo'] = 'kalka.cli.tests.small_demo', 'demo'; main.kalka()"


@pytest.mark.parametrize("program", [SMALL, pytest.param(STARTED, marks=pytest.mark.deep)], ids=["small", "whole"])
def test_a_newcomer_starts_it_opens_the_address_and_stops_it(tmp_path: Path, program: str) -> None:
    with taken_port() as port:
        pass
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    started = subprocess.Popen(
        [sys.executable, "-c", program, "demo", "--port", str(port), "--data", str(tmp_path / "world")],
        cwd=ROOT,
        env=environment | {"KALKA_LANG": "en"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert answer(port, "/sign-in/", within=600, process=started) == 200
        assert answer(port, "/info/", within=10, process=started) == 200
    finally:
        started.send_signal(signal.SIGINT)
        said, _nothing = started.communicate(timeout=60)
    assert started.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said and "Its key lies beside its data" in said
    assert said.rstrip().endswith("everything is as you left it.")
    with pytest.raises(OSError):
        answer(port, "/", within=0, process=started)


def answer(port: int, path: str, *, within: float, process: "subprocess.Popen[str]") -> int:
    begun = time.monotonic()
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            if time.monotonic() - begun > within or process.poll() is not None:
                raise
            time.sleep(0.5)
