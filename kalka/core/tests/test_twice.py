"""Two of the same at the same moment: the second fails on what the first has just written, and then finds it."""

import pytest
from django.db import IntegrityError

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
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


def test_a_command_refused_because_its_twin_was_faster_finds_what_the_twin_did():
    tries = []

    @command("test.make", needs=Permission.TODAY)
    def make(actor):
        tries.append(None)
        if len(tries) == 1:
            commands.found_free(lambda: True)  # nobody's when it looked, the twin's when it looks again
            raise DomainError("test.already_done")
        return "made"

    assert make(SOMEBODY) == "made"
    assert len(tries) == 2
    assert AuditEntry.objects.get().kind == "done"


def test_a_command_that_is_refused_for_another_reason_is_refused_once():
    tries = []

    @command("test.make", needs=Permission.TODAY)
    def make(actor):
        tries.append(None)
        commands.found_free(lambda: False)
        raise DomainError("test.not_so")

    with pytest.raises(DomainError):
        make(SOMEBODY)
    assert len(tries) == 1
    assert AuditEntry.objects.get().kind == "refused"
