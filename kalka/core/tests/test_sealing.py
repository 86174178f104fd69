"""The quick sibling of the deep one: writers who also fail, two sealers, and every entry sealed once, in order."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections

from kalka.core import audit, chain
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry, AuditSeal
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.verifying import Verified, verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
AIGUL = Actor(7, frozenset({Permission.CASE_WORK}), ("post:3",), post_id=3)
WRITERS, EACH = 4, 12


@command("test.fail_now_and_then", needs=Permission.CASE_WORK)
def act(actor, *, number):
    if number % 3 == 0:
        raise DomainError("test.no")
    audit.read(actor, "cases.page", [new_id(), new_id()])


def writing(_writer: int) -> None:
    for number in range(EACH):
        try:
            act(AIGUL, number=number)
        except DomainError:
            pass
    connections.close_all()


def sealing(over: Event) -> None:
    while not over.wait(0.01):
        chain.seal()
    connections.close_all()


def test_requirement_52_every_entry_that_was_committed_is_sealed_once():
    over = Event()
    if (
        connection.vendor == "sqlite"
    ):  # a database in memory is locked by every thread; its writers stand in line anyway
        writing(0)
    else:
        with ThreadPoolExecutor(WRITERS + 2) as threads:
            sealers = [threads.submit(sealing, over) for _ in range(2)]
            [one.result() for one in [threads.submit(writing, n) for n in range(WRITERS)]]
            over.set()
            [one.result() for one in sealers]
    chain.seal()
    sealed = Counter(AuditSeal.objects.values_list("entry", flat=True))
    assert sealed == Counter(AuditEntry.objects.values_list("id", flat=True)) and set(sealed.values()) == {1}
    assert len(sealed) == (EACH // 3 + 2 * (EACH - EACH // 3)) * (1 if connection.vendor == "sqlite" else WRITERS)
    assert verify() == Verified(sealed=len(sealed), waiting=0, fault=None)


def test_requirement_53_a_refusal_stands_in_the_record_though_all_else_was_undone():
    with pytest.raises(DomainError):
        act(AIGUL, number=0)
    assert list(AuditEntry.objects.values_list("kind", "refusal")) == [("refused", "test.no")]
