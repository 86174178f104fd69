"""Ids that the installation alone knows of."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection, connections

from kalka.access import sets
from kalka.core.actors import SYSTEM
from kalka.core.commands import command
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
ONE, OTHER = new_id(), new_id()


@command("test.add", needs=Permission.SYSTEM)
def add(actor, *, subject_id):
    sets.add(sets.BAIT, subject_id)


@command("test.add_beside", needs=Permission.SYSTEM)
def add_while_another_does(actor, *, other):
    sets.add(sets.BAIT, ONE)
    other.start()
    sleep(0.3)


def test_two_that_are_the_first_at_the_same_moment_are_both_kept():
    def adding() -> None:
        add(SYSTEM, subject_id=OTHER)
        connections.close_all()

    if connection.vendor == "postgresql":
        other = Thread(target=adding)
        add_while_another_does(SYSTEM, other=other)
        other.join()
    else:  # one write at a time
        add(SYSTEM, subject_id=ONE)
        add(SYSTEM, subject_id=OTHER)
    assert sets.subjects(sets.BAIT) == {ONE, OTHER}


def test_outside_a_command_nothing_is_added():
    with pytest.raises(AccessDenied):
        sets.add(sets.BAIT, ONE)
    assert sets.subjects(sets.BAIT) == frozenset()
