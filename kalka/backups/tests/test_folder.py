import json
from datetime import timedelta

import pytest

from kalka.backups import folder
from kalka.backups.tests.factories import NOW, a_pair
from kalka.core.errors import DomainError

DAY = timedelta(days=1)


def names(place) -> set[str]:
    return {one.name for one in place.iterdir()}


def test_pairs_are_found_by_their_manifests(tmp_path):
    old, new = a_pair(tmp_path, NOW - DAY), a_pair(tmp_path, NOW)
    assert folder.pairs(tmp_path) == [old, new] and folder.newest(tmp_path) == new
    (tmp_path / new.data.name).write_bytes(b"cut")
    assert folder.newest(tmp_path) == old, "a pair that is not whole is not the newest"
    (tmp_path / old.keys.name).unlink()
    with pytest.raises(DomainError) as refused:
        folder.newest(tmp_path)
    assert refused.value.code == "backups.none_there"


def test_old_keys_go_before_old_data_and_the_manifest_with_the_last(tmp_path):
    for days in (500, 300, 36, 34, 0):
        a_pair(tmp_path, NOW - days * DAY)
    (tmp_path / "kalka-data-mine.age").write_text("mine")
    (tmp_path / "kalka-keys-20200101T000000Z.age").write_text("no manifest names it")
    assert folder.prune(tmp_path, NOW, data_days=400) == 4
    left = folder.pairs(tmp_path)
    assert [(NOW - pair.at).days for pair in left] == [300, 36, 34, 0]
    keys = [(NOW - pair.at).days for pair in left if (tmp_path / pair.keys.name).exists()]
    assert keys == [34, 0]
    assert {"kalka-data-mine.age", "kalka-keys-20200101T000000Z.age"} <= names(tmp_path)
    assert folder.prune(tmp_path, NOW, data_days=400) == 0


def test_the_last_good_pair_stays_however_old_it_is(tmp_path):
    good, cut = a_pair(tmp_path, NOW - 900 * DAY), a_pair(tmp_path, NOW - 800 * DAY)
    (tmp_path / cut.keys.name).write_bytes(b"")
    folder.prune(tmp_path, NOW, data_days=10)
    assert folder.pairs(tmp_path) == [good] and folder.is_whole(tmp_path, good)


@pytest.mark.parametrize("name", ["../outside.age", "letters.txt", "kalka-data-20260101T000000Z.age"])
def test_a_manifest_that_names_something_else_is_not_ours(tmp_path, name):
    (tmp_path / "to").mkdir()
    (tmp_path / "outside.age").write_text("not in the folder")
    pair = a_pair(tmp_path / "to", NOW - 900 * DAY)
    a_pair(tmp_path / "to", NOW)
    path = tmp_path / "to" / pair.manifest
    told = json.loads(path.read_text())
    told["data"]["name"] = name
    path.write_text(json.dumps(told))
    before = names(tmp_path / "to")
    assert folder.prune(tmp_path / "to", NOW, data_days=10) == 0
    assert names(tmp_path / "to") == before and (tmp_path / "outside.age").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"at": 1}', "\x00"])
def test_what_is_no_manifest_is_left_alone(tmp_path, content):
    (tmp_path / "kalka-20260101T000000Z.json").write_text(content)
    assert folder.pairs(tmp_path) == [] and folder.prune(tmp_path, NOW, data_days=1) == 0
    assert names(tmp_path) == {"kalka-20260101T000000Z.json"}


def test_unfinished_files_of_ours_go_and_no_others(tmp_path):
    data, to = tmp_path / "data", tmp_path / "to"
    to.mkdir()
    for name in (".kalka-keys-20260101T000000Z.age.part", ".kalka-20260101T000000Z.json.part", ".mine.part"):
        (to / name).write_text("half")
    with folder.receiving(to, data):
        assert names(to) == {".mine.part"}
    with pytest.raises(ValueError), folder.receiving(to, data) as place:
        with place.part("kalka-data-20260101T000000Z.age") as file:
            file.write(b"half")
            raise ValueError
    assert names(to) == {".mine.part"}


def test_a_folder_that_is_away_or_inside_the_data_is_refused(tmp_path):
    for where, code in ((tmp_path / "away", "folder_missing"), (tmp_path, "folder_in_data")):
        with pytest.raises(DomainError) as refused, folder.receiving(where, tmp_path):
            raise AssertionError
        assert refused.value.code == f"backups.{code}"
    assert names(tmp_path) == set()


def test_a_second_one_in_the_same_second_writes_over_nothing(tmp_path):
    pair = a_pair(tmp_path, NOW)
    with pytest.raises(DomainError) as refused:
        a_pair(tmp_path, NOW)
    assert refused.value.code == "backups.already_there" and folder.is_whole(tmp_path, pair)
