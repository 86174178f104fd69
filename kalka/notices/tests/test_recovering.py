"""Whoever cannot sign in reads no page: that somebody asked for a way in again is said to their posts as well."""

import pytest

from kalka.accounts.models import Recovery
from kalka.accounts.rules import Lost
from kalka.cases.tests.factories import NOW, post
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.notices import delivery, recovering, texts
from kalka.notices.adapters import Message
from kalka.notices.models import Notice
from kalka.strongroom.tests.test_strongroom import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both]
KEEPER = Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE}))


class Outbox(list[Message]):
    def send(self, message: Message) -> None:
        self.append(message)


def asked(login: str, by: Actor = KEEPER) -> Recovery:
    return recovering.ask_recovery(by, login=login, why=Lost.BOTH, now=NOW)[0]


def test_each_post_of_the_person_is_told_without_a_name_and_nobody_else():
    aida, other = somebody("aida"), post("social_worker")
    row, out = asked("aida"), Outbox()
    assert list(Notice.objects.values_list("to_post", "kind", "subject_id")) == [
        (aida.post_id, "account_recovery", row.pk)
    ]
    assert delivery.deliver(out, NOW) == 1 and other.post_id != aida.post_id
    assert [(one.post_id, one.words) for one in out] == [
        (aida.post_id, texts.kinds()["account_recovery"].text.words["ky"])
    ]
    assert "aida" not in repr(out)


def test_asked_twice_each_is_said_since_the_first_may_have_been_read():
    somebody("aida")
    asked("aida")
    asked("aida")
    assert Notice.objects.count() == 2


def test_what_is_refused_is_told_to_nobody():
    aida = somebody("aida")
    with pytest.raises(DomainError, match="accounts.login_unknown"):
        asked("nobody")
    with pytest.raises(AccessDenied):
        asked("aida", by=aida)
    assert (Notice.objects.count(), Recovery.objects.count()) == (0, 0)
