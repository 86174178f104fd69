"""The two who may know: asked, seated, stepping back."""

from datetime import datetime
from uuid import UUID

from kalka.cases import services as cases
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families import asking, selectors
from kalka.families.means import with_means
from kalka.families.models import FamilyAtRisk, Seat
from kalka.families.seating import seat, seats


@command("families.take", needs=Permission.FAMILY_NOTE)
def take_seat(actor: Actor, *, id: UUID, case_ref: str, now: datetime) -> Seat:
    """Whoever was asked says yes, before anything of the family was shown. AccessDenied for everybody else."""
    asked = selectors.asked_seat(actor, case_ref, now=now)
    cases.take_up(actor, id=id, case_ref=case_ref, now=now)
    asked.taken_at = now
    asked.save(update_fields=["taken_at"])
    asking.pass_on(actor, asked.family, now=now)
    return asked


@command("families.decline", needs=Permission.FAMILY_NOTE)
def decline_seat(actor: Actor, *, id: UUID, case_ref: str, now: datetime) -> Seat:
    """Whoever was asked says no, without a reason: the place is empty again, and nothing was shown."""
    asked = selectors.asked_seat(actor, case_ref, now=now)
    _leave(actor, asked, id=id, now=now)
    return asked


@command("families.ask", needs=Permission.FAMILY_NOTE)
def ask_second(actor: Actor, *, id: UUID, case_ref: str, post_id: int, now: datetime) -> FamilyAtRisk:
    """Ask somebody of the committee for the other place. Whoever was asked before and did not answer is asked no more.

    Refuses `families.not_a_colleague`, and `families.pair_is_whole` where both are seated.
    """
    family = selectors.working(actor, case_ref, now=now)
    if not selectors.is_colleague(actor, post_id, now=now):
        raise DomainError("families.not_a_colleague", field="second")
    standing = seats(family)
    if any(one.holder_id == post_id for one in standing):
        return family  # sent twice
    if len([one for one in standing if one.taken_at]) > 1:
        raise DomainError("families.pair_is_whole", field="second")
    for one in standing:
        if one.taken_at is None:
            _leave(actor, one, id=derived(id, f"leave {one.pk}"), now=now)
    _ask(actor, family, post_id, id=id, now=now)
    return family


@command("families.step_back", needs=Permission.FAMILY_NOTE)
def step_back(
    actor: Actor, *, id: UUID, case_ref: str, why: str, instead: int | None = None, now: datetime
) -> FamilyAtRisk:
    """One of the two is too near, or cannot go on: blind from this moment on, in every list and every number.

    Refuses to leave a family to nobody: `families.nobody_left` until somebody is asked instead.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    standing = seats(family)
    others = [one for one in standing if one.holder_id != actor.post_id]
    if instead is not None:
        if not selectors.is_colleague(actor, instead, now=now):
            raise DomainError("families.not_a_colleague", field="instead")
        if instead not in {one.holder_id for one in others}:
            _ask(actor, family, instead, id=id, now=now)
    elif not any(one.taken_at for one in others):
        raise DomainError("families.nobody_left", field="instead")
    for one in standing:
        if one.holder_id == actor.post_id:
            _close(one, now)
    asking.pass_on(actor, family, now=now)
    cases.declare_conflict(actor, typed_ref=family.case_ref, why=why, now=now)
    return family


def _ask(actor: Actor, family: FamilyAtRisk, post_id: int, *, id: UUID, now: datetime) -> None:
    opener = with_means(actor, Permission.CASE_WORK)
    cases.ask_in(opener, id=derived(id, f"ask {post_id}"), case_ref=family.case_ref, post_id=post_id, now=now)
    seat(actor, family, post_id, taken=None, now=now)


def _leave(actor: Actor, one: Seat, *, id: UUID, now: datetime) -> None:
    """Asked, and not seated: not even the code is shown any more."""
    _close(one, now)
    cases.stop_asking(actor, id=id, case_ref=one.case_ref, post_id=one.holder_id, now=now)


def _close(one: Seat, now: datetime) -> None:
    one.left_at = now
    one.save(update_fields=["left_at"])
