"""Killed at any moment, it leaves no half file with a good name; what it leaves at all goes with the next one."""

import json
import re

import pyrage
import pytest

from kalka.backups import folder, sealing
from tests.backups.office import ON_SQLITE

pytestmark = [pytest.mark.both, pytest.mark.deep]
GOOD = re.compile(r"kalka-(data-|keys-)?\d{8}T\d{6}Z\.(age|json)")


def test_killed_at_each_step_it_leaves_whole_files_or_none(scene, empty, tmp_path):
    to = tmp_path / "to"
    to.mkdir()
    told = scene.office.inside("die", str(to), scene.aida.recipient)
    assert told["deaths"] > (15 if ON_SQLITE else 10)
    assert sum(bool(left) for left in told["left"]) > 5, "some died with files begun"
    assert told["copying"] == [] and [one.name for one in to.iterdir() if one.name.endswith(".part")] == []
    secret = sealing.identities(scene.aida.file.read_text())
    for path in to.glob("*.age"):
        pyrage.decrypt(path.read_bytes(), secret)
    for path in to.glob("*.json"):
        json.loads(path.read_text())
    assert all(GOOD.fullmatch(path.name) for path in to.iterdir())
    assert folder.newest(to) == max(folder.pairs(to), key=lambda pair: pair.at)


def test_a_second_one_waits_its_turn(scene, tmp_path):
    from kalka.backups import workroom

    (tmp_path / "to").mkdir()
    words = ("backup", "--to", tmp_path / "to", "--recipient", scene.aida.recipient)
    with workroom.held(scene.office.data / "copying"):
        assert "Another backup" in scene.office.kalka(*words, refused=True)
    assert list((tmp_path / "to").iterdir()) == []
