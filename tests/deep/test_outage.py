"""The disk is full, the database is away or locked, and comes back: what a visitor is told, that the text is kept, that
the same button then saves it once, and that the worker goes on. On real servers and a really full disk."""

import re
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from tests.deep.installed import TOKEN, Answer, Installation, installation
from tests.deep.ledger import WAYS
from tests.security import forms

pytestmark = pytest.mark.deep

PAGE = "/reports/new/"
TEXT = 'Кундузйөңгүш «үч» <жолу> & "экөө".\r\nЭкинчи сап.'
ON_SQLITE = str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
MEGABYTES = 48 if ON_SQLITE else 160
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own in memory. Mounting wants root, as a machine for these tests has it."""
    with tempfile.TemporaryDirectory(prefix="kalka-disk-") as folder:
        words = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=1777", "kalka-disk", folder]
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 0, f"a small disk cannot be mounted; run these tests as root: {done.stderr}"
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file:
        for size in (1_000_000, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


def report(here: Installation, text: str = TEXT) -> list[tuple[str, str]]:
    """A filled form as its page offers it, with its own number."""
    form = forms.asking(here.ask("GET", PAGE, "katchy").text, PAGE)
    told = forms.filled(form, lambda one: "", WAYS["report"][2] | {"what": text})
    told |= {"key": str(uuid4()), "csrfmiddlewaretoken": TOKEN}
    return [(name, str(one)) for name, value in told.items() for one in (value if isinstance(value, list) else [value])]


def send(here: Installation, pairs: list[tuple[str, str]], path: str = PAGE) -> Answer:
    return here.ask("POST", path, "katchy", urlencode(pairs))


def given_back(answer: Answer) -> list[tuple[str, str]]:
    return [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(answer.text)]


def lines(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted((name, value.replace("\r\n", "\n")) for name, value in pairs)


def saved(here: Installation) -> list[str]:
    return sorted(set(here.drill("count", "")["rows"]["report"]) - set(here.ready["before"]["report"]))


def went_on(here: Installation, seconds: float = 200) -> bool:
    """The worker does what comes back by itself, and the jobs that wait."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if here.drill("waiting", "")["jobs"] == 0:
            return here.worker.process is not None and here.worker.process.poll() is None
        time.sleep(1)
    return False


def checked(here: Installation, answer: Answer, told: list[tuple[str, str]], status: set[int]) -> None:
    assert answer.status in status and answer.headers["retry-after"] == "15", (answer.status, answer.text[:300])
    assert answer.headers["cache-control"] == "no-store"
    assert lines(given_back(answer)) == lines(told)
    assert "<жолу>" not in answer.text and "Send again" in answer.text
    assert "Кундузйөңгүш" not in here.log


def test_on_a_full_disk_nothing_is_half_saved_and_everything_goes_on_when_there_is_room():
    with small_disk() as disk:
        places = {"data": disk / "data"} if ON_SQLITE else {"home": disk}
        with installation(**places, filled=(1, 3, 10)) as here:
            first = report(here)
            assert send(here, first).status == 302
            ballast = disk / "ballast"
            fill(ballast)
            kept, refused = [dict(first)["key"]], None
            for _ in range(300):  # what the database had set aside is used up first
                told = report(here, f"{TEXT} {'узун ' * 1500}")
                answer = send(here, told)
                if answer.status != 302:
                    refused = answer
                    break
                kept.append(dict(told)["key"])
            assert refused is not None
            checked(here, refused, told, {503, 507})
            reads = {path: here.ask("GET", path, "katchy").status for path in ("/", "/reports/", PAGE, "/info/")}
            time.sleep(5)  # the worker meets it as well
            print(f"\nfull: {len(kept)} more were saved, then {refused.status} in {refused.took:.1f} s; reads {reads}")
            assert refused.status == 507 and set(reads.values()) == {200}
            ballast.unlink()
            time.sleep(1)
            back = given_back(refused)
            assert [send(here, back).status for _ in range(3)] == [302, 302, 302]
            kept.append(dict(told)["key"])
            assert went_on(here)
            found = here.drill("count", "")
            assert saved(here) == sorted(kept)
            assert found["whole"]["report"] == found["rows"]["report"]
            assert (found["fault"], found["waiting"], set(found["steps"])) == ("", 0, {10})


@contextmanager
def away(here: Installation) -> Iterator[float]:
    """Without its database, or for SQLite with somebody else in it. Gives the longest a visitor may wait."""
    if here.server is not None:
        here.server.stop()
        yield 6.0
        here.server.start()
        return
    other = sqlite3.connect(f"{here.env['KALKA_DATA']}/kalka.sqlite3", isolation_level=None, timeout=60)
    other.execute("BEGIN IMMEDIATE")
    yield 30.0
    other.execute("ROLLBACK")
    other.close()


def test_while_the_database_is_away_the_text_is_kept_and_the_same_button_saves_it_once():
    with installation(filled=(1, 3, 10)) as here:
        told = report(here)
        assert here.ask("GET", "/", "katchy").status == 200
        with away(here) as patience:
            answer = send(here, told)
            checked(here, answer, told, {503})
            assert answer.took < patience
            again = send(here, given_back(answer))  # pressed too early
            checked(here, again, told, {503})
            took = [answer.took, again.took]
            if here.server is not None:
                took += nobody_waits(here)
            time.sleep(3)  # the worker meets it as well
        began = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            back = list(pool.map(lambda _: here.ask("GET", "/", "katchy"), range(40)))
        print(
            f"\naway: told after {min(took):.2f} to {max(took):.2f} s; back: 40 pages in {time.monotonic() - began:.1f}"
        )
        assert {one.status for one in back} == {200}
        assert [send(here, given_back(again)).status for _ in range(3)] == [302, 302, 302]
        assert saved(here) == [dict(told)["key"]]
        nobody_notices(here)
        assert went_on(here)
        found = here.drill("count", "")
        assert (found["fault"], found["waiting"]) == ("", 0)


def nobody_waits(here: Installation) -> list[float]:
    """Every page says the same and at once; the page for everybody is there; a program is told a code."""
    with ThreadPoolExecutor(16) as pool:
        asked = list(pool.map(lambda n: here.ask("GET", ("/", "/cases/", "/reports/")[n % 3], "sotsial"), range(48)))
    assert {one.status for one in asked} == {503} and len({one.text for one in asked}) == 1
    assert {one.headers["retry-after"] for one in asked} == {"15"}
    assert here.ask("GET", "/info/", "katchy").status == 200
    secret = [("login", "katchy"), ("password", "tumar-kiyiz"), ("csrfmiddlewaretoken", TOKEN)]
    door = send(here, secret, "/sign-in/")
    assert door.status == 503 and "kiyiz" not in door.text
    return [one.took for one in asked]


def nobody_notices(here: Installation) -> None:
    """A server that was started again while nobody asked costs nobody a page: what broke in the pool is replaced."""
    if here.server is not None:
        here.server.kill()
        here.server.start()
    with ThreadPoolExecutor(8) as pool:
        assert {one.status for one in pool.map(lambda _: here.ask("GET", "/", "katchy"), range(32))} == {200}
