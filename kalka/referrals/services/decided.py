"""A committee decided that somebody is referred. A primitive, called inside the command of its sitting."""

from datetime import datetime
from uuid import UUID

from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases import walling
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.referrals import effects
from kalka.referrals.models import Intake, Need
from kalka.referrals.rules.needs import Urgency, Wish
from kalka.vault.rows import written


def decide_need(actor: Actor, *, id: UUID, case_ref: str, code: str, now: datetime) -> UUID:
    """What she needs, as a committee saw it. She herself is still to be asked: that is the duty of whoever answers for
    her case, where that is somebody who may refer. A need that is there already stays as she left it."""
    if not commands.inside():
        raise AccessDenied("referrals.outside_a_command")
    case = cases.get_case(actor, case_ref, now=now, scope=Scope.DUTIES)
    with beyond():
        if (there := Need.objects.filter(case=case, code=code).first()) is not None:
            return there.pk
        shared = written(actor, id=id, subject_id=case.subject_id, content=[id, code], now=now)
        intake = Intake(**shared, case=case, case_ref=case.ref)
        intake.save(force_insert=True)
        need = Need(
            **(shared | {"id": derived(id, code)}),
            intake=intake,
            case=case,
            case_ref=case.ref,
            place=case.place,
            code=code,
            urgency=Urgency.DAYS,
            wish=Wish.NOT_ASKED,
        )
        need.save(force_insert=True)
        owner = directory.post(walling.owner(case, day_of(now)) or 0)
        if owner is not None and Permission.REFERRAL_MAKE in ROLES[owner.role].permissions:
            effects.ask_her(need, owner.id, now=now)
    return need.pk
