"""What is put back later than it may be says so: whoever restores looks for a newer pair before anybody works."""

import json

import pytest

from tests.backups.conftest import Scene
from tests.backups.office import Office

pytestmark = pytest.mark.both


def put_back(scene: Scene, there: Office, days: int, *more: str) -> str:
    named = ("--data", str(scene.data), "--keys", str(scene.keys), "--identity", str(scene.aida.file))
    return str(there.inside("later", str(days), "restore", *named, *more)["said"])


def test_requirement_13_a_restore_older_than_a_night_is_reported(scene, empty):
    said = put_back(scene, empty, 3)
    assert "Restored as it was" in said
    assert "older than a backup may be" in said and "newer" in said
    seen = empty.inside("sign_in", scene.filled["ref"], scene.filled["secret"], scene.filled["cookie"])
    assert (seen["status"], seen["words"] > 0) == (200, True)


def test_requirement_13_a_machine_is_told_too(scene, empty):
    assert json.loads(put_back(scene, empty, 3, "--json").splitlines()[-1])["late"] is True


def test_requirement_13_one_of_last_night_is_not(scene, empty):
    assert "older than" not in put_back(scene, empty, 0)
