"""Words written through the real pages stand nowhere in the clear: not in a column, a file, a log, an address."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from kalka.vault.fields import SealedField
from tests.architecture.tree import ROOT
from tests.security.markers import forms, found
from tools import postgres

# Sealed fields that no canary can stand in, with the reason.
NO_WORDS = {
    "people.Person.traits": "answers of the Washington Group: codes",
    "people.PersonChange.traits": "as above",
    "risk.Judgement.answers": "answers to the questions of a form: codes",
    "accounts.User.totp": "a secret drawn by the machine; looked for by itself",
    "findings.ClinicFinding.assaulted_at": "a time",
    "findings.ClinicFinding.marks": "the body chart: codes",
    "findings.SchoolReport.signs": "codes",
    "risk.Assessment.result": "levels, rules that fired and flags: codes",
    "accounts.Passkey.kept": "what a device drew",
    "strongroom.HolderKey.secret": "a key drawn by the machine",
    "prevention.Photo.picture": "a picture made anew: of the words beside it nothing is kept",
    "followup.Visit.zone": "inside or outside: codes",
    "training.Certificate.code": "drawn by the machine; looked for by itself",
}


@dataclass
class Watched:
    """What stood in a folder at any time while it was watched."""

    folder: Path
    hits: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        known: dict[str, tuple[int, int]] = {}
        while not self.over.wait(0.005):
            for path in sorted(self.folder.rglob("*")):
                self._look(path, known)

    def _look(self, path: Path, known: dict[str, tuple[int, int]]) -> None:
        try:
            told = path.stat()
            if not path.is_file() or known.get(str(path)) == (told.st_size, told.st_mtime_ns):
                return
            known[str(path)] = (told.st_size, told.st_mtime_ns)
            self.seen.add(path.name)
            if found(path.name.encode()) or found(path.read_bytes()):
                self.hits.add(str(path))
        except OSError:
            return  # gone again


@contextmanager
def database() -> Iterator[str]:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    with postgres.server() as url:
        yield url


def in_files(homes: list[Path], more: frozenset[bytes]) -> tuple[list[str], int]:
    """The files that hold a canary in name or content, and how many bytes were looked at."""
    hits, looked = [], 0
    for path in sorted(one for home in homes for one in home.rglob("*") if one.is_file()):
        try:
            data = path.read_bytes()
        except FileNotFoundError:  # the server makes some of its files anew
            continue
        looked += len(data)
        if found(path.name.encode()) or found(data) or any(one in data for one in more):
            hits.append(str(path))
    return hits, looked


@dataclass
class Walked:
    told: dict
    hits: list[str]
    looked: int
    log: bytes
    temporary: Watched
    files: list[str]


@pytest.fixture(scope="module")
def walked() -> Iterator[Walked]:
    with tempfile.TemporaryDirectory(prefix="kalka-canaries-") as name, database() as url:
        folder = Path(name)
        (folder / "tmp").mkdir()
        temporary = Watched(folder / "tmp")
        thread = threading.Thread(target=temporary.run)
        thread.start()
        try:
            yield walk(folder, url, temporary)
        finally:
            temporary.over.set()
            thread.join()


def walk(folder: Path, url: str, temporary: Watched) -> Walked:
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("KALKA_", "PYTEST_"))},
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "KALKA_DATA": str(folder / "data"),
        "TMPDIR": str(folder / "tmp"),
    }
    with (folder / "err").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.security.child"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            line = child.stdout.readline()
            assert line, (folder / "err").read_text()[-4000:]
            told = json.loads(line)
            # while it is open: what is in the -wal and the -shm, in the WAL and the log of the server
            homes = [Path(one) for one in told["homes"]]
            hits, looked = in_files(homes, frozenset[bytes]().union(*map(forms, told["secrets"])))
            files = sorted(one.name for home in homes for one in home.iterdir())
        finally:
            child.kill()
            child.communicate()
    return Walked(told, hits, looked, (folder / "err").read_bytes(), temporary, files)


def test_every_sealed_field_of_the_project_held_a_canary(walked):
    sealed = {
        f"{model._meta.label}.{one.name}"
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, SealedField)
    }
    assert sealed - set(walked.told["covered"]) == NO_WORDS.keys()
    assert walked.told["drawn"] > 80


def test_no_column_of_any_table_holds_one(walked):
    assert walked.told["columns"] == []


def test_no_file_of_the_database_holds_one(walked):
    assert walked.hits == []
    assert walked.looked > 500_000
    expected = {"data", "log"} if "log" in walked.files else {"kalka.sqlite3", "kalka.sqlite3-wal", "kalka.sqlite3-shm"}
    assert expected <= set(walked.files)


def test_no_line_of_the_log_holds_one(walked):
    assert walked.log.count(b'"event": "page"') > 60
    assert found(walked.log) == []


def test_nothing_is_written_but_the_installations_own_files(walked):
    assert walked.told["written"] == []
    assert walked.temporary.hits == set()


def test_no_address_and_no_cookie_holds_one(walked):
    assert walked.told["asked"] > 300
    assert walked.told["openly"] == []


def test_the_watch_over_a_folder_finds_what_was_there_for_a_moment(tmp_path):
    watched = Watched(tmp_path)
    thread = threading.Thread(target=watched.run)
    thread.start()
    (tmp_path / "spooled").write_text("Кундузйөңгүш", encoding="utf-16")
    threading.Event().wait(0.3)
    (tmp_path / "spooled").unlink()
    watched.over.set()
    thread.join()
    assert watched.hits == {str(tmp_path / "spooled")}
