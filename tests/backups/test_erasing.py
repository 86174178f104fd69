"""Requirement 9: a file is destroyed, and no copy of the data with the keys of after brings a word of it back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kalka.backups import folder
from kalka.core import clock
from tests.backups import office
from tests.backups.conftest import Scene
from tests.backups.office import ON_SQLITE, Office
from tests.backups.test_round import opened, restore
from tests.backups.test_shredding import hits

pytestmark = [pytest.mark.both, pytest.mark.deep]


def inside(there: Office, *words: str) -> dict[str, object]:
    return json.loads(there._run("tests.backups.erasing", *words).stdout.splitlines()[-1])


def later(scene: Scene, there: Office, to: Path) -> dict[str, Path]:
    to.mkdir()
    there.kalka("backup", "--to", to, "--recipient", scene.aida.recipient)
    return {one: next(to.glob(f"kalka-{one}-*.age")) for one in ("data", "keys")}


def test_requirement_9_no_combination_of_database_backups_and_keys_brings_it_back(scene, empty, tmp_path):
    restore(scene, empty)
    whole = inside(empty, "try", scene.filled["subject"])
    assert whole["words"] > 0 and whole["keys"] > 3 and whole["seen_by"] > 0, "it could be read before"

    gone = inside(empty, "erase", scene.filled["ref"])
    assert gone["gone"] == len(gone["wrapped"]) > 5 and gone["same"], "what is counted is as it was"
    nothing = {"opened": 0, "words": 0, "keys": 0, "stones": 2, "identifiers": 0, "seen_by": 0}
    left = inside(empty, "try", *gone["subjects"])
    assert left["tried"] > 0 and nothing.items() <= left.items()
    assert empty.inside("told")["fault"] == "", "the record is whole"
    if ON_SQLITE:
        for path in empty.data.rglob("*"):
            assert not path.is_file() or hits(path.read_bytes(), gone["wrapped"]) == [], path.name

    after = later(scene, empty, tmp_path / "after")
    for path in after.values():
        assert hits(opened(path, scene), gone["wrapped"]) == []

    told = scene.filled["ref"], scene.filled["secret"], scene.filled["cookie"]
    for number, (more, streams) in enumerate(((("--newer-keys",), {"keys": after["keys"]}), ((), after))):
        (tmp_path / str(number)).mkdir()
        with office.bare(tmp_path / str(number), scene.office.key) as there:
            restore(scene, there, *more, **streams)
            tried = inside(there, "try", *gone["subjects"])
            assert tried["tried"] > 0 and nothing.items() <= tried.items()
            signed = there.inside("sign_in", *told)
            assert (signed["inside"], signed["status"], signed["words"], signed["fault"]) == ("/", 404, 0, "")


def test_requirement_9_until_the_older_keys_are_gone_they_bring_it_back_and_that_is_said(scene, empty, tmp_path):
    """The honest limit, and its end: thirty-five days, if every copy of the keys went."""
    restore(scene, empty)
    inside(empty, "erase", scene.filled["ref"])
    to = tmp_path / "all"
    later(scene, empty, to)
    for path in scene.folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())

    def listed() -> list[dict[str, object]]:
        return json.loads(empty.kalka("keys", "erased", "--json", KALKA_BACKUP_TO=str(to)))

    assert [(one["ref"], one["ground"], one["held_in"]) for one in listed()] == [(scene.filled["ref"], "court", 1)]
    assert folder.prune(to, clock.now() + timedelta(days=36), data_days=400) == 1
    assert [(one["held_in"], one["until"]) for one in listed()] == [(0, None)]
    assert len(list(to.glob("kalka-data-*.age"))) == 2, "the data of before stay, and say nothing"
