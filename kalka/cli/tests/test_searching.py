"""`kalka search build`: the index of names, made at once."""

import pytest
from click.testing import CliRunner

from kalka.cli.searching import search
from kalka.people import selectors
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
