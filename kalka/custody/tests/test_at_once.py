"""Two who ask at the same moment that the same file be destroyed: one request, not two."""

from threading import Thread
from time import sleep
from types import SimpleNamespace

import pytest
from django.db import connection, connections

from kalka.closure import services as closure
from kalka.closure.tests import factories
from kalka.closure.tests.factories import AFTER, WORD
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import services
from kalka.custody.models import Erasure
from kalka.custody.tests.test_erasing import AIDA, BAKYT, PAPER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@command("test.ask_slowly", needs=Permission.ERASE)
def ask_slowly(actor, *, ref, other):
    services.ask_erasure(actor, id=new_id(), case_ref=ref, now=AFTER, **PAPER)
    other.start()
    sleep(0.5)


def test_two_who_ask_at_the_same_moment_ask_once():
    at: SimpleNamespace = factories.done(factories.world())
    closure.close_case(at.worker, id=new_id(), case_ref=at.case.ref, reason="safe", word=WORD, now=AFTER)
    said: list[str] = []

    def asking() -> None:
        try:
            services.ask_erasure(BAKYT, id=new_id(), case_ref=at.case.ref, now=AFTER, **PAPER)
        except DomainError as refusal:
            said.append(refusal.code)
        connections.close_all()

    other = Thread(target=asking)
    if connection.vendor == "postgresql":
        ask_slowly(AIDA, ref=at.case.ref, other=other)
        other.join()
    else:  # one write at a time; a database in memory is of one thread
        services.ask_erasure(AIDA, id=new_id(), case_ref=at.case.ref, now=AFTER, **PAPER)
        asking()
    assert (said, Erasure.objects.count()) == (["custody.asked_already"], 1)
