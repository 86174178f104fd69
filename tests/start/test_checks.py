"""An installation that is not safe does not start, and says everything that keeps it from starting."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from kalka.core import root, rootfile
from tests import ready

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k9-" * 20


@pytest.fixture
def place(tmp_path):
    """A production installation as it should be, but for its key, which lies beside its data."""
    data = tmp_path / "data"
    data.mkdir()
    root.create(data / "root.key")
    return {
        "KALKA_DATA": str(data),
        "KALKA_ROOT_KEY_FILE": str(data / "root.key"),
        "KALKA_SECRET_KEY": SECRET,
        "KALKA_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }


def kalka(given: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return ready.run("kalka.cli", *words, env=surroundings(given))


def started(given: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """From nothing, as the machine starts it."""
    call = [sys.executable, "-m", "kalka.cli", *words]
    env = surroundings(given)
    return subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


def surroundings(given: dict[str, str]) -> dict[str, str]:
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "DATABASE_", "DJANGO_"))
    }
    return known | given


def codes(given: dict[str, str]) -> set[tuple[str, str]]:
    import json

    answer = kalka(given, "check", "--json")
    found = {(one["code"], one["about"]) for one in json.loads(answer.stdout)}
    assert answer.returncode == (1 if found else 0)
    return found


def test_nothing_is_wrong_where_nothing_is(place):
    assert codes(place) == set()
    for answer in (kalka(place, "check"), started(place, "check")):
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "Nothing is wrong.\n", "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"KALKA_SECRET_KEY": ""}, ("secret_unset", "KALKA_SECRET_KEY")),
        ({"KALKA_SECRET_KEY": "demo-only-not-a-secret"}, ("secret_of_a_demo", "KALKA_SECRET_KEY")),
        ({"KALKA_SECRET_KEY": "short"}, ("secret_of_a_demo", "KALKA_SECRET_KEY")),
        ({"KALKA_ROOT_KEY_FILE": "nowhere.key"}, ("root_key_missing", "KALKA_ROOT_KEY_FILE")),
        ({"DATABASE_URL": ""}, ("root_key_beside_data", "KALKA_ROOT_KEY_FILE")),
        ({"KALKA_DEMO": "true"}, ("demo", "KALKA_DEMO")),
    ],
)
def test_each_fault_is_named(place, change, fault):
    assert codes(place | change) == {fault}


def test_a_key_others_may_read_is_named(place):
    Path(place["KALKA_ROOT_KEY_FILE"]).chmod(0o644)
    assert codes(place) == {("root_key_readable", "KALKA_ROOT_KEY_FILE")}


def test_the_folder_of_a_demo_is_never_an_installation(place):
    Path(place["KALKA_DATA"], "demo").touch()
    assert codes(place) == {("root_key_of_a_demo", "KALKA_ROOT_KEY_FILE")}


def test_several_faults_are_all_said_and_the_server_does_not_start(place):
    answer = started(place | {"KALKA_SECRET_KEY": "", "DATABASE_URL": ""}, "serve", "--port", "1")
    assert answer.returncode == 1
    assert ["KALKA_SECRET_KEY" in answer.stderr, "same disk" in answer.stderr] == [True, True]


def test_under_a_passphrase_the_key_may_lie_beside_the_data(place, tmp_path):
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("juniper felt apricot wool\n")
    given = place | {"DATABASE_URL": "", "KALKA_PASSPHRASE_FILE": str(passphrase)}
    before = Path(place["KALKA_ROOT_KEY_FILE"]).read_bytes()
    assert kalka(given, "key", "wrap").returncode == 0
    data = Path(place["KALKA_ROOT_KEY_FILE"]).read_bytes()
    assert rootfile.is_wrapped(data) and before not in data
    assert rootfile.unwrap(data, "juniper felt apricot wool") == before
    assert codes(given) == set()
    assert kalka(given, "key", "wrap").returncode == 1


def test_requirement_10_django_itself_warns_of_nothing(place):
    known = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "DATABASE_"))}
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    given = place | {"KALKA_SECRET_KEY": secrets.token_urlsafe(50)}
    answer = subprocess.run(words, env=known | given, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (answer.returncode, answer.stdout) == (0, "System check identified no issues (1 silenced).\n")


HELP = ["--help"], ["serve", "--help"], ["import", "--help"], ["law", "--help"]


def test_help_speaks_three_languages(place):
    said = [[kalka(place | {"KALKA_LANG": language}, *words) for words in HELP] for language in ("ky", "ru", "en")]
    assert {answer.returncode for answers in said for answer in answers} == {0}
    assert [len({answer.stdout for answer in pages}) for pages in zip(*said, strict=True)] == [3, 3, 3, 3]


def test_what_is_not_understood_ends_with_two(place):
    assert kalka(place, "nonsense").returncode == 2
    assert kalka(place, "law", "order.duration_days", "--on", "yesterday").returncode == 2


def test_an_unreadable_setting_stops_the_start_and_is_named(place):
    answer = started(place | {"KALKA_HTTPS": "perhaps"}, "check")
    assert answer.returncode != 0 and "KALKA_HTTPS" in answer.stderr


def test_a_key_handed_over_by_the_system_may_show_a_group(place, tmp_path):
    Path(place["KALKA_ROOT_KEY_FILE"]).chmod(0o440)
    assert codes(place | {"CREDENTIALS_DIRECTORY": str(tmp_path / "data")}) == set()
    assert codes(place | {"CREDENTIALS_DIRECTORY": str(tmp_path / "elsewhere")}) == {
        ("root_key_readable", "KALKA_ROOT_KEY_FILE")
    }
