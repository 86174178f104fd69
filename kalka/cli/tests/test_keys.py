"""`kalka keys`: change them, destroy a file's, part the root key among people and put it together again."""

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyotp
import pytest
from click.testing import CliRunner, Result

from kalka.accounts import services as accounts
from kalka.accounts.models import User
from kalka.accounts.own import own_keys
from kalka.cases.tests.factories import NOW, post
from kalka.cli import keys_erasing, keys_parting, keys_rotating, signing_in
from kalka.cli.keys import keys
from kalka.cli.main import commands
from kalka.closure import services as closure
from kalka.closure.tests import factories
from kalka.core import clock, root
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import parting
from kalka.custody.models import Erasure, ErasureDecision
from kalka.directory.models import Holding
from kalka.vault import rotation
from kalka.vault.classes import Klass

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PASSWORD = "juniper felt apricot wool"


@pytest.fixture(autouse=True)
def _open_key(monkeypatch):
    """A key under a passphrase has its own tests."""
    for module in (keys_erasing, keys_parting, keys_rotating):
        monkeypatch.setattr(module, "unwrap_root_key", lambda: None)


def run(*words: object, input: str = "") -> Result:
    return CliRunner().invoke(keys, [str(word) for word in words], input=input)


def test_it_is_also_called_as_before_and_listed_once():
    assert commands.get_command(None, "key") is commands.get_command(None, "keys") is keys
    assert [name for name in commands.list_commands(None) if name.startswith("key")] == ["keys"]


def test_key_encryption_keys_are_changed():
    told = json.loads(run("rotate", "--json").stdout)
    assert (told["shut"], told["destroyed"], told["versions"]["narrative"]) == (0, len(Klass), 2)
    assert run("rotate", "--klass", "note").exit_code == 0
    assert (rotation.versions()["note"], rotation.versions()["own"]) == ([3], [2])


def test_a_change_is_begun_for_the_worker():
    assert run("rotate", "--by-worker").exit_code == 0
    assert rotation.versions()["own"] == [1, 2]


@pytest.fixture
def moved(settings, tmp_path):
    """The root key of these tests, in a place where it may be lost."""
    key = root.whole()
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    settings.ROOT_KEY_FILE.write_bytes(key)
    settings.ROOT_KEY_FILE.chmod(0o600)
    return key


def words_on(sheet: Path) -> str:
    return " ".join(re.findall(r"<li>([a-z]+)</li>", sheet.read_text()))


def misread(part: str) -> str:
    """With another last word than it has, whichever that is."""
    *kept, last = part.split()
    return " ".join([*kept, "acid" if last == "academic" else "academic"])


def test_the_root_key_is_parted_and_put_together_again(moved, settings, tmp_path):
    done = run("split", "--of", 5, "--need", 3, "--installation", "Талас", "--to", tmp_path / "sheets")
    sheets = sorted((tmp_path / "sheets").iterdir())
    assert done.exit_code == 0 and [one.name for one in sheets] == [f"part-{n}-of-5.html" for n in range(1, 6)]
    mark = parting.mark(moved)
    assert mark in done.stdout and all(mark in one.read_text() and "Талас" in one.read_text() for one in sheets)
    assert all(one.stat().st_mode & 0o777 == 0o600 and "http" not in one.read_text() for one in sheets)
    words = [words_on(sheet) for sheet in sheets]
    settings.ROOT_KEY_FILE.unlink()
    slip = misread(words[0])
    read = "\n".join([slip, words[4].upper(), words[4], words[1], words[2]]) + "\n"
    said = run("combine", input=read)
    assert said.exit_code == 0 and mark in said.stdout
    assert settings.ROOT_KEY_FILE.read_bytes() == moved and settings.ROOT_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert run("combine").exit_code == 1, "a key that is there is never written over"


def test_parts_are_shown_on_a_terminal_alone(moved):
    done = run("split")
    assert done.exit_code == 1 and not any(len(line.split()) > 20 for line in done.output.splitlines())


@pytest.mark.parametrize("told", [("--need", 1), ("--need", 6), ("--of", 17, "--need", 9), ("--of", 1, "--need", 1)])
def test_a_parting_that_protects_nothing_is_refused(moved, told, tmp_path):
    assert run("split", *told, "--to", tmp_path / "sheets").exit_code == 1
    assert not (tmp_path / "sheets").exists()


def signed_up(login: str, role: str) -> str:
    """Somebody in a post, with a second step; the secret of it."""
    user = accounts.create_user(
        Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE})), login=login, name=login, password=PASSWORD, now=NOW
    )
    made = post(role, user_id=user.id)
    Holding.objects.filter(post_id=made.post_id).update(since=date(2020, 1, 1))
    user = User.objects.get(pk=user.pk)
    secret = pyotp.random_base32()
    own_keys(user.subject_id).put(user, "totp", secret)
    user.totp_step = 1
    user.save()
    return secret


@pytest.fixture
def closed() -> SimpleNamespace:
    at = factories.done(factories.world())
    told = {"case_ref": at.case.ref, "reason": "safe", "word": factories.WORD, "now": factories.AFTER}
    closure.close_case(at.worker, id=new_id(), **told)
    at.aida, at.bakyt = signed_up("aida", "auditor"), signed_up("bakyt", "ministry_coordinator")
    return at


def answers(secret: str) -> str:
    return f"{PASSWORD}\n{pyotp.TOTP(secret).at(int(clock.now().timestamp()))}\n"


def test_a_closed_case_is_destroyed_by_two_who_sign_in(closed, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: factories.AFTER)
    told = ("--ground", "court", "--paper", "АД-12/26", "--paper-on", "2026-11-20")
    asked = run("erase", closed.case.ref, *told, "--as", "aida", input=answers(closed.aida))
    assert asked.exit_code == 0, asked.output
    (row,) = Erasure.objects.all()
    assert str(row.pk) in asked.output and str(row.pk) in run("erased").output
    wrong = run("erase", "--agree", row.pk, "--as", "bakyt", input="another password\n000000\n")
    assert wrong.exit_code == 1 and not ErasureDecision.objects.exists()
    agreed = run("erase", "--agree", row.pk, "--as", "bakyt", input=answers(closed.bakyt))
    assert agreed.exit_code == 0 and ErasureDecision.objects.get().agreed
    settings.BACKUP_TO = tmp_path
    (line,) = json.loads(run("erased", "--json").stdout)
    assert (line["ref"], line["ground"], line["held_in"], line["until"]) == (closed.case.ref, "court", 0, None)
    assert "АД" not in run("erased").output


def test_whoever_has_no_second_step_or_no_post_for_it_is_refused(closed, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: factories.AFTER)
    User.objects.filter(login="aida").update(totp_step=0)
    told = ("--ground", "court", "--paper", "АД-12/26", "--paper-on", "2026-11-20")
    assert run("erase", closed.case.ref, *told, "--as", "aida", input=answers(closed.aida)).exit_code == 1
    secret = signed_up("social", "social_worker")
    assert run("erase", closed.case.ref, *told, "--as", "social", input=answers(secret)).exit_code == 1
    assert not Erasure.objects.exists() and signing_in


@pytest.mark.parametrize(
    "words", [(), ("ABCDE", "--agree", new_id()), ("--agree", new_id(), "--refuse", new_id()), ("ABC",)]
)
def test_what_is_not_said_whole_is_not_begun(words):
    assert run("erase", *words, "--as", "aida").exit_code == 2
