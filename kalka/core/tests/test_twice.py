"""Two of the same at the same moment: the second fails on what the first has just written, and then finds it."""

import pytest
from django.db import IntegrityError

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission

pytestmark = [pytest.mark.django_db, pytest.mark.both]

SOMEBODY = Actor(7, frozenset({Permission.TODAY}))


def test_a_command_that_met_its_own_id_is_tried_once_more():
    tries = []

    @command("test.make", needs=Permission.TODAY)
    def make(actor):
        tries.append(AuditEntry.objects.count())
        if len(tries) == 1:
            raise IntegrityError
        return "made"

    assert make(SOMEBODY) == "made"
    assert tries == [0, 0]
    assert AuditEntry.objects.get().kind == "done"


def test_what_fails_again_fails():
    @command("test.make", needs=Permission.TODAY)
    def make(actor):
        raise IntegrityError

    with pytest.raises(IntegrityError):
        make(SOMEBODY)
    assert not AuditEntry.objects.exists()
