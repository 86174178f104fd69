"""Whoever asks for messages, and a way out that keeps what it was given."""

from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.tests import factories as directory
from kalka.notices import services
from kalka.notices.adapters import Message
from kalka.notices.models import Chosen, Notice
from kalka.notices.rules import Way
from kalka.people.models import Person
from kalka.people.tests.factories import NOW, worker
from kalka.vault.rows import written

CLERK = worker(3, 5, Permission.TODAY)


class Kept:
    """An adapter that keeps the messages, or fails as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.messages: list[Message] = []
        self._fails = fails

    def send(self, message: Message) -> None:
        if self._fails:
            self._fails -= 1
            raise OSError("+996700123456 does not answer")
        self.messages.append(message)

    @property
    def words(self) -> list[str]:
        return [message.words for message in self.messages]


def a_post() -> int:
    directory.territory()
    return int(directory.post(directory.organisation()).pk)


@command("notices.alert_in_test", needs=Permission.CASE_WORK)
def alert(actor: Actor, post_id: int, kind: str, subject_id: UUID, *, now=NOW) -> Notice:
    return services.alert(post_id, kind, subject_id=subject_id, now=now)


@command("notices.chose_in_test", needs=Permission.CASE_WORK)
def chose(actor: Actor, subject_id: UUID, *, now: datetime) -> None:
    """Whoever of the file has chosen nothing yet chooses SMS."""
    chosen = set(Chosen.objects.filter(subject_id=subject_id).values_list("person_id", flat=True))
    for person in Person.objects.filter(subject_id=subject_id).exclude(pk__in=chosen):
        row = written(actor, id=new_id(), subject_id=subject_id, content=[person.pk], now=now)
        Chosen(**row, person_id=person.pk, way=Way.SMS).save(force_insert=True)


@command("notices.tell_in_test", needs=Permission.CASE_WORK)
def _tell(actor: Actor, person_id: UUID, subject_id: UUID, kind: str, *, now: datetime) -> Notice:
    return services.tell(person_id, subject_id, kind, now)


def tell(
    actor: Actor, person_id: UUID, subject_id: UUID, kind: str = "please_call", *, now=NOW, asked: bool = True
) -> Notice:
    """`asked`: whoever of the file was not asked yet how they want to be told is asked before, once it is there."""
    if asked:
        chose(actor, subject_id, now=max(now, NOW))
    return _tell(actor, person_id, subject_id, kind, now=now)
