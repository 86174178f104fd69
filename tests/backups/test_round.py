"""A family is written down, everything is lost, two files and a secret key bring it back."""

import json
import os
import subprocess
from pathlib import Path

import pyrage
import pytest

from kalka.backups import sealing
from kalka.backups.sealing import Stream
from tests.backups import office
from tests.backups.conftest import Scene
from tests.backups.office import ON_SQLITE, Office

pytestmark = pytest.mark.both


def restore(scene: Scene, there: Office, *more: object, refused: bool = False, **given: Path) -> str:
    named = {"data": scene.data, "keys": scene.keys, "identity": scene.aida.file} | given
    words = [word for name, path in named.items() if path for word in (f"--{name}", path)]
    return there.kalka("restore", *words, *more, refused=refused)


def is_bare(there: Office) -> bool:
    if ON_SQLITE:
        return not there.data.exists() or {one.name for one in there.data.rglob("*")} <= {"copying"}
    asked = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    return office.psycopg.connect(there.url).execute(asked).fetchone() == (0,)


def opened(path: Path, scene: Scene) -> bytes:
    identity = sealing.identities(scene.aida.file.read_text())
    return pyrage.decrypt(path.read_bytes(), identity)


def test_what_was_written_is_read_again_after_a_password_and_a_code(scene, empty):
    said = restore(scene, empty)
    assert "Restored as it was today" in said and "The record is whole" in said and "Next: set KALKA_DATA" in said
    seen = empty.inside("sign_in", scene.filled["ref"], scene.filled["secret"], scene.filled["cookie"])
    assert (seen["inside"], seen["status"], seen["words"] > 0) == ("/", 200, True)
    assert seen["before"] == 302, "whoever was signed in when the backup was made is not any more"
    assert (seen["fault"], seen["waiting"], seen["seen"]) == ("", 0, True), "the record goes on where it was restored"
    assert empty.inside("told")["fault"] == ""


def test_the_other_keeper_opens_it_alone_and_the_files_may_be_named_the_wrong_way_round(scene, empty):
    restore(scene, empty, identity=scene.bakyt.file, data=scene.keys, keys=scene.data)
    seen = empty.inside("sign_in", scene.filled["ref"], scene.filled["secret"], scene.filled["cookie"])
    assert (seen["status"], seen["words"] > 0) == (200, True)


def test_a_restored_installation_is_backed_up_and_goes_on(scene, empty, tmp_path):
    restore(scene, empty)
    (tmp_path / "again").mkdir()
    empty.kalka("backup", "--to", tmp_path / "again", "--recipient", scene.aida.recipient)
    drilled = json.loads(empty.kalka("drill", "--identity", scene.aida.file, "--from", tmp_path / "again", "--json"))
    assert (drilled["error"], drilled["opened"]) == ("", 1)


@pytest.mark.parametrize("only", ["data", "keys"])
def test_one_of_the_two_is_not_enough(scene, empty, only):
    other = {"data": "keys", "keys": "data"}[only]
    assert "needs both files" in restore(scene, empty, refused=True, **{other: None})
    assert "needs both files" in restore(scene, empty, refused=True, **{other: getattr(scene, only)})
    assert is_bare(empty)


def test_a_stranger_opens_nothing(scene, empty, tmp_path):
    stranger = office.keeper(tmp_path)
    said = restore(scene, empty, refused=True, identity=stranger.file)
    assert f"does not open {scene.data.name}" in said and is_bare(empty)
    stranger.file.write_text(stranger.recipient)
    assert "AGE-SECRET-KEY" in restore(scene, empty, refused=True, identity=stranger.file)


def altered(path: Path, into: Path, how: str) -> Path:
    data, copy = bytearray(path.read_bytes()), into / path.name
    match how:
        case "a byte in the middle":
            data[len(data) // 2] ^= 1
        case "cut":
            del data[-1:]
        case "longer":
            data += b"\0"
    copy.write_bytes(data)
    return copy


@pytest.mark.parametrize("how", ["a byte in the middle", "cut", "longer"])
@pytest.mark.parametrize("which", ["data", "keys"])
def test_an_altered_file_leaves_nothing_behind(scene, empty, tmp_path, which, how):
    bad = altered(getattr(scene, which), tmp_path, how)
    said = restore(scene, empty, refused=True, **{which: bad})
    assert "was altered or cut" in said and is_bare(empty)


def test_what_is_no_backup_is_said_to_be_none(scene, empty, tmp_path):
    (tmp_path / "notes.txt").write_text("kalka")
    assert "not a backup" in restore(scene, empty, refused=True, data=tmp_path / "notes.txt")
    sealed = pyrage.encrypt(b"something\nelse", sealing.recipients([scene.aida.recipient]))
    (tmp_path / "foreign.age").write_bytes(sealed)
    assert "not a backup" in restore(scene, empty, refused=True, data=tmp_path / "foreign.age")
    assert is_bare(empty)


def test_another_root_key_is_noticed_before_anything_is_written(scene, empty, tmp_path):
    there = Office(empty.data, tmp_path / "other.key", empty.url)
    assert "no root key" in restore(scene, there, refused=True)
    there.key.write_bytes(os.urandom(32))
    there.key.chmod(0o600)
    assert "not the one the backup was made with" in restore(scene, there, refused=True)
    assert is_bare(there)


def test_a_place_that_is_not_empty_is_left_as_it_is(scene, empty, tmp_path):
    assert "not empty" in restore(scene, scene.office, refused=True)
    assert scene.office.inside("told")["fault"] == ""
    if ON_SQLITE:
        empty.data.mkdir(parents=True)
        (empty.data / "letters.txt").write_text("mine")
        assert "not empty" in restore(scene, empty, refused=True)
        assert [one.name for one in empty.data.iterdir()] == ["letters.txt"]


def test_a_folder_is_named_by_an_option(scene, tmp_path):
    into = tmp_path / "chosen"
    said = restore(scene, scene.office, "--into", into, "--json", refused=not ON_SQLITE)
    if ON_SQLITE:
        assert json.loads(said)["whole"] is True and (into / "kalka.sqlite3").stat().st_mode & 0o777 == 0o600
    else:
        assert "another kind of database" in said and not (into / "kalka.sqlite3").exists()


def test_an_ordinary_tool_opens_the_files(scene):
    """What docs/deploy.md says: the first line aside, it is a database of SQLite or an archive of pg_restore."""
    for path in (scene.data, scene.keys):
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ")
        assert path.stat().st_mode & 0o777 == 0o600
    line, _end, rest = opened(scene.data, scene).partition(b"\n")
    assert json.loads(line)["kind"] == "data"
    assert rest.startswith(b"SQLite format 3\0" if ON_SQLITE else b"PGDMP")


def test_the_manifest_lets_a_copy_be_checked_without_opening_it(scene):
    told = json.loads(next(scene.folder.glob("kalka-*.json")).read_text())
    for path, name in ((scene.data, "data"), (scene.keys, "keys")):
        summed = subprocess.run(["sha256sum", path], capture_output=True, text=True).stdout.split()[0]
        assert told[name] == {"name": path.name, "size": path.stat().st_size, "sha256": summed}


def test_the_head_counts_every_row(scene):
    data, keys = (
        Stream(path, sealing.identities(scene.aida.file.read_text())).head for path in (scene.data, scene.keys)
    )
    assert data.pair == keys.pair and data.at == keys.at
    assert keys.rows["vault_subjectkey"] == scene.filled["keys"] == opened(scene.keys, scene).count(b"subject\t")
    assert data.rows["cases_case"] == 1 and not set(data.rows) & set(keys.rows)
    assert data.position > 0
