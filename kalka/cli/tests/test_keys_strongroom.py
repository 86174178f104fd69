"""The recovery key of the strongroom from the console: made on paper, and a post that nobody is left in is opened."""

import re
from datetime import date

import pytest
from click.testing import CliRunner

from kalka.cases.tests.factories import NOW
from kalka.cli.keys import keys
from kalka.cli.tests.test_keys import misread
from kalka.core import clock, rootfile
from kalka.directory.models import Holding
from kalka.strongroom import services
from kalka.strongroom.models import HeldKey, PostKey, RecoveryKey
from kalka.strongroom.tests.test_strongroom import WORDS, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _lighter(monkeypatch):
    monkeypatch.setattr(rootfile, "MEMORY_KIB", 64)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def run(*words, input: str = ""):
    return CliRunner().invoke(keys, ["strongroom", *map(str, words)], input=input)


def sheets(folder) -> list[str]:
    files = sorted(folder.iterdir())
    return [" ".join(re.findall(r"<li>([a-z]+)</li>", one.read_text())) for one in files]


def test_it_is_made_once_on_sheets_and_stored_nowhere(tmp_path):
    done = run("make", "--of", 3, "--need", 2, "--to", tmp_path / "sheets")
    assert done.exit_code == 0, done.output
    words = sheets(tmp_path / "sheets")
    assert [len(one.split()) for one in words] == [33, 33, 33] and RecoveryKey.objects.count() == 1
    first = bytes(RecoveryKey.objects.get().public)
    again = run("make", "--to", tmp_path / "more")
    assert again.exit_code == 1 and not (tmp_path / "more").exists()
    assert bytes(RecoveryKey.objects.get().public) == first


def test_without_sheets_there_is_no_key_either(tmp_path):
    assert run("make").exit_code == 1, "on a terminal alone"
    assert run("make", "--of", 2, "--need", 3, "--to", tmp_path / "x").exit_code == 1
    (tmp_path / "file").write_text("")
    assert run("make", "--to", tmp_path / "file").exit_code != 0
    assert not RecoveryKey.objects.exists()


def test_a_post_that_nobody_is_left_in_is_listed_and_opened_again(tmp_path):
    run("make", "--of", 3, "--need", 2, "--to", tmp_path / "sheets")
    words = sheets(tmp_path / "sheets")
    aida = somebody("aida")
    services.enrol(aida, words=WORDS, now=NOW)
    services.make_post_key(aida, now=NOW)
    assert run("shut").output == ""
    Holding.objects.filter(user_id=aida.user_id).update(until=date(2021, 1, 1))
    new = somebody("cholpon", like=aida)
    assert run("shut").output.startswith(f"{aida.post_id}\t")
    told = ("recover", "--post", aida.post_id, "--to", "cholpon")
    read = f"{words[2]}\n{words[0]}\n"
    assert run(*told, input=read).exit_code == 1, "no words were chosen yet"
    services.enrol(new, words=WORDS, now=NOW)
    slip = misread(words[2])
    done = run(*told, input=f"{slip}\n{read}")
    assert done.exit_code == 0 and run("shut").output == "", done.output
    assert HeldKey.objects.filter(post_key=PostKey.objects.get(), holder__user_id=new.user_id).count() == 1


def test_nobody_and_a_post_without_a_key_are_refused_in_words(tmp_path):
    run("make", "--of", 3, "--need", 2, "--to", tmp_path / "sheets")
    words = sheets(tmp_path / "sheets")
    assert run("recover", "--post", 1, "--to", "nobody").exit_code == 1
    somebody("aida")
    done = run("recover", "--post", 1, "--to", "aida", input=f"{words[0]}\n{words[1]}\n")
    assert done.exit_code == 1 and "Traceback" not in done.output
