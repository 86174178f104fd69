"""What the streams do not hold, and what becomes of a file whose keys were destroyed."""

import re
import threading
from pathlib import Path

import pytest

from kalka.backups.sealing import Stream, identities
from tests.backups.conftest import Scene
from tests.backups.office import ON_SQLITE
from tests.backups.test_round import is_bare, opened, restore
from tests.security.markers import forms, found
from tests.security.test_canaries import Watched

pytestmark = [pytest.mark.both, pytest.mark.deep]


def shapes(value: str) -> set[bytes]:
    data = bytes.fromhex(value)
    return {data, value.encode(), value.upper().encode()}


def hits(where: bytes, values: list[str]) -> list[str]:
    return [value for value in values if any(shape in where for shape in shapes(value))]


def test_the_data_hold_no_key_and_no_word(scene):
    inside, told = opened(scene.data, scene), scene.office.inside("secrets")
    if not ON_SQLITE:
        inside = archive(scene, inside)
    assert scene.filled["keys"] == len(told["wrapped"]) > 10
    assert hits(inside, told["wrapped"]) == [] and hits(inside, told["open"]) == []
    assert hits(inside, [told["root"]]) == []
    assert found(inside) == [] and not any(form in inside for form in forms(scene.filled["secret"]))
    assert b"vault_subjectkey" in inside, "the table itself is there"


def archive(scene: Scene, inside: bytes) -> bytes:
    """An archive of pg_dump is compressed by table: as the program itself gives it out."""
    import subprocess

    from kalka.backups import programs

    path = scene.folder.parent / "archive"
    path.write_bytes(inside.partition(b"\n")[2])
    done = subprocess.run([programs.find("pg_restore", 15), "-f", "-", path], capture_output=True, check=True)
    path.unlink()
    assert re.search(rb"COPY public\.cases_case ", done.stdout)
    assert not re.search(rb"COPY public\.vault_(subject|keyencryption)key ", done.stdout)
    return done.stdout


def test_the_keys_are_wrapped_and_the_root_key_is_not_among_them(scene):
    inside, told = opened(scene.keys, scene), scene.office.inside("secrets")
    assert len(hits(inside, told["wrapped"])) == len(told["wrapped"])
    assert hits(inside, told["open"]) == [] and hits(inside, [told["root"]]) == []
    assert found(inside) == []


def test_the_sealed_files_and_the_manifest_show_nothing(scene):
    told = scene.office.inside("secrets")
    for path in scene.folder.iterdir():
        data = path.read_bytes()
        assert found(data) == [] and hits(data, [*told["wrapped"], *told["open"], told["root"]]) == []
        assert b"vault_subjectkey" not in data and scene.filled["ref"].encode() not in data


def test_while_it_is_made_nothing_lies_outside_in_the_clear(scene, tmp_path):
    """Watched: the folder of backups, and where programs put what is temporary. The copy lies in the data alone."""
    for name in ("to", "tmp"):
        (tmp_path / name).mkdir()
    watched = Watched(tmp_path)
    thread = threading.Thread(target=watched.run)
    thread.start()
    try:
        words = ("backup", "--to", tmp_path / "to", "--recipient", scene.aida.recipient)
        scene.office.kalka(*words, TMPDIR=str(tmp_path / "tmp"))
        watched_names = set(watched.seen)
    finally:
        watched.over.set()
        thread.join()
    assert watched.hits == set() and list((tmp_path / "tmp").iterdir()) == []
    assert all(
        re.fullmatch(r"\.?kalka-(data-|keys-)?\d{8}T\d{6}Z\.(age|json)(\.part)?", name) for name in watched_names
    )
    assert list((scene.office.data / "copying").iterdir()) == []


def test_a_destroyed_file_stays_shut_unless_keys_of_before_are_used(scene, empty, tmp_path):
    """The old data with today's keys: everything but what was destroyed since. Old keys with newer data: never."""
    there = empty
    restore(scene, there)
    assert there.inside("shred", scene.filled["subject"])["gone"] > 0
    (tmp_path / "later").mkdir()
    there.kalka("backup", "--to", tmp_path / "later", "--recipient", scene.aida.recipient)
    later = {one: next((tmp_path / "later").glob(f"kalka-{one}-*.age")) for one in ("data", "keys")}
    head = Stream(later["keys"], identities(scene.aida.file.read_text())).head
    assert head.rows["vault_subjectkey"] < scene.filled["keys"]

    from tests.backups import office

    with office.bare(tmp_path, scene.office.key) as third:
        assert "different moments" in restore(scene, third, refused=True, keys=later["keys"])
        assert "different moments" in restore(scene, third, "--newer-keys", refused=True, data=later["data"])
        assert is_bare(third)
        restore(scene, third, "--newer-keys", keys=later["keys"])
        signed = third.inside("sign_in", scene.filled["ref"], scene.filled["secret"], scene.filled["cookie"])
        assert (signed["inside"], signed["words"]) == ("/", 0), "she comes in, and the file is shut"
        assert signed["status"] != 200


def test_a_full_disk_leaves_nothing_half(scene, tmp_path):
    """The disk takes no file of more than 64 kilobytes."""
    import resource
    import subprocess
    import sys

    from tests.architecture.tree import ROOT

    (tmp_path / "to").mkdir()
    words = [sys.executable, "-m", "kalka.cli", "backup", "--to", tmp_path / "to"]
    done = subprocess.run(
        [*words, "--recipient", scene.aida.recipient],
        cwd=ROOT,
        env=scene.office.told(),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16)),
    )
    assert done.returncode == 1 and "disk is full" in done.stderr, done.stderr[-2000:]
    assert list((tmp_path / "to").iterdir()) == []
    assert list(Path(scene.office.data, "copying").iterdir()) == []
