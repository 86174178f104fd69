"""The drill: the newest pair comes back somewhere else, one case is opened, nothing is left but a line about it."""

import json

import pytest

from tests.backups import office
from tests.backups.office import ON_SQLITE, psycopg

pytestmark = [pytest.mark.both, pytest.mark.deep]


def drill(scene, identity, *more, refused=False):
    return scene.office.kalka("drill", "--identity", identity, "--from", scene.folder, *more, refused=refused)


def left(scene) -> list[str]:
    """What is still there of it."""
    files = [one.name for one in (scene.office.data / "copying").iterdir()]
    if ON_SQLITE:
        return files
    asked = "SELECT datname FROM pg_database WHERE datname LIKE 'kalka\\_drill\\_%'"
    return files + [name for (name,) in psycopg.connect(scene.office.url).execute(asked).fetchall()]


def test_one_case_is_opened_with_its_keys_and_that_is_on_record(scene, tmp_path):
    before = scene.office.inside("told")
    told = json.loads(drill(scene, scene.bakyt.file, "--json"))
    assert (told["error"], told["opened"], told["rows"] > 100) == ("", 1, True)
    after = scene.office.inside("told")
    assert after["drills"] == [*before["drills"], ["", 1]]
    assert after["reads"] == before["reads"] + 1 and after["fault"] == ""
    assert left(scene) == []


def test_what_does_not_come_back_is_a_code(scene, tmp_path):
    stranger = office.keeper(tmp_path)
    before = scene.office.inside("told")
    said = drill(scene, stranger.file, refused=True)
    assert "The drill failed" in said
    after = scene.office.inside("told")
    assert after["drills"] == [*before["drills"], ["backups.identity_wrong", 0]]
    assert after["reads"] == before["reads"]
    assert left(scene) == []


def test_without_a_backup_there_is_nothing_to_try(scene, tmp_path):
    said = scene.office.kalka("drill", "--identity", scene.aida.file, "--from", tmp_path, refused=True)
    assert "no whole backup" in said


def test_the_root_key_goes_and_comes_apart_from_the_backups(scene, tmp_path):
    there = office.Office(tmp_path / "data", tmp_path / "back" / "root.key", scene.office.url)
    scene.office.kalka("key", "seal", "--to", tmp_path / "root.age", "--recipient", scene.aida.recipient)
    assert (tmp_path / "root.age").read_bytes().startswith(b"age-encryption.org/v1\n")
    refused = there.kalka("key", "open", "--from", tmp_path / "root.age", "--identity", scene.bakyt.file, refused=True)
    assert "does not open root.age" in refused and not there.key.exists()
    there.kalka("key", "open", "--from", tmp_path / "root.age", "--identity", scene.aida.file)
    assert there.key.read_bytes() == scene.office.key.read_bytes() and there.key.stat().st_mode & 0o777 == 0o600
    again = there.kalka("key", "open", "--from", tmp_path / "root.age", "--identity", scene.aida.file, refused=True)
    assert "not touched" in again


def test_a_pair_of_keys_is_made_at_the_console(scene, tmp_path):
    recipient = scene.office.kalka("key", "identity", "--to", tmp_path / "secret.txt").strip()
    (tmp_path / "to").mkdir()
    scene.office.kalka("backup", "--to", tmp_path / "to", KALKA_BACKUP_RECIPIENTS=recipient)
    words = ("drill", "--identity", tmp_path / "secret.txt", "--json")
    told = json.loads(scene.office.kalka(*words, KALKA_BACKUP_TO=str(tmp_path / "to")))
    assert (told["error"], told["opened"]) == ("", 1)
