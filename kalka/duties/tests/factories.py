"""Posts of two organisations, and duties of theirs."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TypeVar
from uuid import UUID

import pytest
from django.db.models import QuerySet

from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.core.actors import SYSTEM, Actor, organisation_holder, post_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id
from kalka.directory.models import Holding, Organisation, Post
from kalka.duties import services
from kalka.duties.models import Duty, DutyEnd
from kalka.lawbook.book import Law
from kalka.places import selectors as places
from kalka.places.services import install_builtin
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)  # 08:40 in Bishkek, a Monday
TODAY = date(2026, 11, 23)
LAW = Law(TODAY)
REF = "7K3M9QX2BD"
T = TypeVar("T")


@command("test.step", needs=P.SYSTEM)
def _step(actor: Actor, *, do: Callable[[], T]) -> T:
    return do()


def in_a_command(do: Callable[[], T]) -> T:
    """A primitive, as a step calls it."""
    return _step(SYSTEM, do=do)


RAION, HERE, THERE, FAR = "41704245000000", "417D0410100000", "417D0410101000", "417D0510100000"


def organisation(place: str = HERE, parent: Organisation | None = None, name: str = "Ak-Jar police") -> Organisation:
    if places.get(place) is None:
        install_builtin(SYSTEM, now=NOW, demo=True)
    return Organisation.objects.create(
        kind="police", name={"ky": name, "ru": name, "en": name}, place=place, parent=parent
    )


def post(of: Organisation, *, leads: bool = False, held_by: int | None = 0, substitute: Post | None = None) -> Post:
    made = Post.objects.create(
        role="police_inspector",
        organisation=of,
        place=of.place,
        leads=leads,
        substitute=substitute,
        since=date(2020, 1, 1),
    )
    if held_by is not None:
        Holding.objects.create(post=made, user_id=held_by or 100 + made.pk, since=date(2020, 1, 1))
    return made


def acting(post: Post, *more: P, user_id: int = 0, without: tuple[P, ...] = ()) -> Actor:
    permissions = {P.DUTY_END, P.TODAY, *((P.DUTY_OVERSEE,) if post.leads else ()), *more}
    return Actor(
        user_id or 100 + post.pk,
        frozenset(permissions - set(without)),
        (post_holder(post.pk), organisation_holder(post.organisation_id)),
        post_id=post.pk,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
        leads=post.leads,
    )


def subject() -> UUID:
    made = new_id()
    new_keys(made, [Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT])
    return made


def give_file(subject_id: UUID, post: Post) -> None:
    in_a_command(lambda: grants.grant(subject_id, post_holder(post.pk), why="team", scope=Scope.FILE, now=NOW))


def wall(subject_id: UUID, user_id: int) -> None:
    in_a_command(lambda: grants.wall(subject_id, user_id, why="kin", now=NOW))


def duty(post: Post, kind: str = "risk.assess", **given: object) -> Duty:
    told = {
        "subject_id": given.get("subject_id") or subject(),
        "due_at": NOW,
        "basis": LAW["risk.assess_every_report"],
        "now": NOW,
        "about": REF,
        "post_id": post.pk,
    }
    return in_a_command(lambda: services.assign(kind, **told | given))


def team() -> SimpleNamespace:
    """An office of three: an inspector, a colleague and the post that leads them."""
    office = organisation()
    return SimpleNamespace(office=office, inspector=post(office), colleague=post(office), lead=post(office, leads=True))


def standing() -> QuerySet[Duty]:
    return Duty.objects.standing()


def ends_of(made: Duty) -> list[tuple[str, int, int | None]]:
    return list(DutyEnd.objects.filter(duty=made).values_list("how", "author_id", "to_post_id"))


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = (Duty.objects.count(), DutyEnd.objects.count(), standing().count())
    with pytest.raises(DomainError) as refused:
        do()
    assert (Duty.objects.count(), DutyEnd.objects.count(), standing().count()) == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
