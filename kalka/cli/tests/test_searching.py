"""`kalka search build` and `kalka search identify`: what people are found by, made at once."""

import pytest
from click.testing import CliRunner

from kalka.cli.importing_places import Bar
from kalka.cli.searching import search
from kalka.jobs.models import Job
from kalka.people import identifying, selectors
from kalka.people.models import Identifier
from kalka.people.tests.factories import NOW, WORKER, added, aisuluu, new_file
from kalka.vault.models import IndexBlock, IndexPointer

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_index_is_made_and_says_how_many_are_in_it():
    for _ in range(3):
        added(aisuluu(), new_file(WORKER))
    done = CliRunner().invoke(search, ["build", "--quiet"])
    assert (done.exit_code, "3" in done.output) == (0, True), done.output
    assert IndexPointer.objects.count() == 1 and IndexBlock.objects.count() > 10
    assert len(selectors.search(WORKER, "Тологонова", now=NOW)) == 3


def test_where_nobody_is_it_is_made_all_the_same():
    done = CliRunner().invoke(search, ["build", "--quiet"])
    assert done.exit_code == 0 and "0" in done.output


def test_the_digests_are_made_for_whoever_has_none_and_made_once():
    for _ in range(3):
        added(aisuluu(), new_file(WORKER))
    were = Identifier.objects.count()
    Identifier.objects.all().delete()
    said = [CliRunner().invoke(search, ["identify", "--quiet"]).output for _ in range(2)]
    assert Identifier.objects.count() == were > 0
    assert str(were) in said[0] and str(were) not in said[1]


def test_stopped_it_says_how_to_go_on(monkeypatch):
    monkeypatch.setattr(identifying, "BATCH", 1)
    first, second = sorted(added(aisuluu(), new_file(WORKER)).pk for _ in range(2))
    monkeypatch.setattr(Bar, "reach", lambda self, done, of: (_ for _ in ()).throw(KeyboardInterrupt))
    done = CliRunner().invoke(search, ["identify", "--quiet"])
    assert done.exit_code == 1 and f"kalka search identify --after {first}" in done.output
    monkeypatch.undo()
    Identifier.objects.filter(person=second).delete()
    done = CliRunner().invoke(search, ["identify", "--quiet", "--after", str(first)])
    assert done.exit_code == 0 and Identifier.objects.filter(person=second).exists()


def test_left_to_the_worker_it_is_a_job():
    done = CliRunner().invoke(search, ["identify", "--by-worker"])
    assert done.exit_code == 0 and Job.objects.get().kind == "people.identify"
