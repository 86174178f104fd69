"""Requirement 10: with which root key nothing starts. Requirement 67: what happens when it goes while people work."""

import os
from pathlib import Path

import pytest

from config import checks
from kalka.accounts.models import Draft
from kalka.core import clock, root
from kalka.core.errors import DomainError
from kalka.core.refs import new_id
from kalka.vault import keys
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _as_before():
    """Whatever key a test was given, the next one reads its own."""
    yield
    forgotten()


@pytest.fixture
def placed(settings, tmp_path):
    """A key file of these bytes and this mode; what a start would say of it."""

    def place(data: bytes, mode: int = 0o600, path: Path = tmp_path / "key") -> set[str]:
        path.write_bytes(data)
        path.chmod(mode)
        settings.ROOT_KEY_FILE = path
        return said()

    return place


def said() -> set[str]:
    return {code for code, _about in checks.faults() if code.startswith("root_key")} - {"root_key_beside_data"}


GOOD = bytes(range(32))


def test_requirement_10_a_good_key_is_not_complained_of(placed):
    assert placed(GOOD) == set()


@pytest.mark.parametrize(
    "data", [bytes(32), b"\xff" * 32, b"ab" * 16, b"", GOOD[:31], GOOD + b"\0", b"SQLite format 3\0" * 9]
)
def test_requirement_10_zeros_and_what_is_no_key_are_refused(placed, data):
    assert placed(data) == {"root_key_unusable"}
    root.forget()
    with pytest.raises(DomainError, match="core.root_key_unusable"):
        root.derive("anything")


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o640, 0o666, 0o602])
def test_requirement_10_a_key_others_may_read_is_refused(placed, mode):
    assert placed(GOOD, mode) == {"root_key_readable"}
    root.forget()
    with pytest.raises(DomainError, match="core.root_key_readable_by_others"):
        root.derive("anything")


def test_requirement_10_no_key_is_refused(settings, tmp_path):
    settings.ROOT_KEY_FILE = tmp_path / "nowhere"
    assert said() == {"root_key_missing"}


def test_requirement_10_a_key_in_the_folder_of_the_program_is_refused(placed, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "CODE", tmp_path.resolve())
    assert placed(GOOD) == {"root_key_in_code"}
    assert (Path(checks.__file__).resolve().parents[1] / "pyproject.toml").exists()


def test_requirement_10_a_key_beside_the_data_is_refused_on_sqlite(settings, tmp_path):
    settings.DATA, settings.ROOT_KEY_FILE = tmp_path, tmp_path / "root.key"
    root.create(settings.ROOT_KEY_FILE)
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
    assert "root_key_beside_data" in {code for code, _about in checks.faults()}


def written() -> Draft:
    row = Draft(id=new_id(), subject_id=new_id(), kind="x", saved_at=clock.now())
    keys.new_keys(row.subject_id, [Klass.OWN]).put(row, "values", {"told": "Айгүл"})
    row.save()
    return row


def read(row: Draft) -> object:
    passage = keys.Passage(frozenset({row.subject_id}), frozenset({Klass.OWN}))
    stored = keys.unlock_stored(passage, SubjectKey.objects.filter(subject_id=row.subject_id))
    return stored.get(Draft.objects.get(pk=row.pk), "values")


def forgotten() -> None:
    """As in a process that has just started."""
    root.forget()
    keys.forget()


def test_requirement_10_another_secret_key_keeps_everything_readable(settings):
    row, digest = written(), keys.fingerprint("a", 1)
    settings.SECRET_KEY = "another one, changed while people work, 0123456789"
    forgotten()
    assert (read(row), keys.fingerprint("a", 1)) == ({"told": "Айгүл"}, digest)


def test_requirement_67_who_has_read_the_key_goes_on_without_its_file(settings, tmp_path):
    row = written()
    settings.ROOT_KEY_FILE = tmp_path / "gone"
    assert read(row) == read(written()) == {"told": "Айгүл"}


def test_requirement_67_without_the_root_key_nothing_is_written_in_the_clear_and_nothing_is_lost(settings, tmp_path):
    row, before = written(), (SubjectKey.objects.count(), Draft.objects.count())
    settings.ROOT_KEY_FILE = tmp_path / "gone"
    forgotten()
    for do in (written, lambda: read(row)):
        with pytest.raises(DomainError, match="core.root_key_missing"):
            do()
    assert (SubjectKey.objects.count(), Draft.objects.count()) == before


def test_requirement_67_another_root_key_opens_nothing_and_spoils_nothing(settings, tmp_path):
    row, here = written(), settings.ROOT_KEY_FILE
    settings.ROOT_KEY_FILE = tmp_path / "other"
    settings.ROOT_KEY_FILE.write_bytes(os.urandom(32))
    settings.ROOT_KEY_FILE.chmod(0o600)
    forgotten()
    for do in (written, lambda: read(row)):
        with pytest.raises(Refused):
            do()
    settings.ROOT_KEY_FILE = here
    forgotten()
    assert read(row) == {"told": "Айгүл"}
