"""Whoever takes the server must not be able to read its backups: the secret key to them is not on it."""

from pathlib import Path

import pyrage
import pytest

from tests.start.test_checks import codes, place, started

__all__ = ["place"]
SECRET = str(pyrage.x25519.Identity.generate())
CODE = "backup_secret_here"


def written(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# created: 2026-11-23\n{SECRET}\n")


@pytest.mark.parametrize("where", ["keeper.txt", "copies/2026/keeper.txt", ".keeper"])
def test_requirement_13_it_is_found_in_the_folder_of_the_data(place, where):
    written(Path(place["KALKA_DATA"], where))
    assert codes(place) == {(CODE, where)}


def test_requirement_13_it_is_found_beside_the_root_key_and_beside_the_backups(place, tmp_path):
    key = tmp_path / "keys" / "root.key"
    key.parent.mkdir()
    Path(place["KALKA_ROOT_KEY_FILE"]).rename(key)
    given = place | {"KALKA_ROOT_KEY_FILE": str(key), "KALKA_BACKUP_TO": str(tmp_path / "backups")}
    for path in (key.parent / "age.txt", tmp_path / "backups" / "age.txt"):
        written(path)
        assert codes(given) == {(CODE, "age.txt")}
        path.unlink()
    assert codes(given) == set()


def test_requirement_13_it_is_found_in_the_environment(place):
    for name in ("KALKA_BACKUP_RECIPIENTS", "KALKA_NOTE"):
        assert (CODE, name) in codes(place | {name: SECRET})


def test_requirement_13_with_it_nothing_starts_and_it_is_not_repeated(place):
    written(Path(place["KALKA_DATA"], "keeper.txt"))
    for words in (["serve", "--port", "1"], ["worker"]):
        answer = started(place, *words)
        assert answer.returncode == 1 and "keeper.txt" in answer.stderr
        assert SECRET not in answer.stderr + answer.stdout


def test_requirement_13_what_only_names_who_may_open_them_is_no_secret(place):
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    Path(place["KALKA_DATA"], "recipients.txt").write_text(recipient)
    assert codes(place | {"KALKA_BACKUP_RECIPIENTS": recipient}) == set()
