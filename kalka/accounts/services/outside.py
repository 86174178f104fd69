"""Signing in by an outside provider. Whom it means is proposed by whoever keeps accounts and true once the person has
agreed: so nobody lends themselves an account. No account is made by it, and no right."""

from datetime import datetime

from kalka.accounts import outside
from kalka.accounts.models import OutsideName, User
from kalka.accounts.rules import Stage
from kalka.accounts.services.entering import next_stage
from kalka.accounts.services.sessions import Opened, open_session
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission


def sign_in_outside(came: outside.Came, *, second_factor_required: bool, now: datetime) -> Opened:
    """The first step, or both where the provider asked for enough. A name nobody has agreed to opens nothing."""
    row = OutsideName.objects.filter(mac=came.mac, ended_at=None).exclude(agreed_at=None).select_related("user").first()
    if row is None or not row.user.active:
        refusal = outside.refused()
        audit.refused(Actor(row.user.id if row else 0, frozenset()), ["accounts.sign_in_outside"], refusal.code)
        raise refusal
    audit.done(Actor(row.user.id, frozenset()), ["accounts.sign_in_outside"], row.user)
    stage = Stage.FULL if came.strong else next_stage(row.user, required=second_factor_required)
    return open_session(row.user, stage=stage, now=now)


@command("accounts.propose_outside_name", needs=Permission.USERS_MANAGE)
def propose_outside_name(actor: Actor, *, login: str, said: str, now: datetime) -> OutsideName:
    """The number or name by which the provider knows the person; only its keyed hash is kept. A former one ends once
    the person agrees. Refuses one's own account and a number that is somebody's already."""
    user = User.objects.filter(login__iexact=login[:64], active=True).first()
    if user is None:
        raise DomainError("accounts.login_unknown", field="login")
    if user.id == actor.user_id:
        raise DomainError("accounts.outside_own", field="login")
    mac = outside.name_mac(said)
    OutsideName.objects.filter(user=user, agreed_at=None, ended_at=None).update(ended_at=now)
    if OutsideName.objects.filter(mac=mac, ended_at=None).exists():
        raise DomainError("accounts.outside_taken", field="said")
    return OutsideName.objects.create(user=user, mac=mac, proposed_by=actor.user_id, proposed_at=now)


@command("accounts.answer_outside_name", needs=Permission.OWN_ACCOUNT)
def answer_outside_name(actor: Actor, *, agreed: bool, now: datetime) -> list[OutsideName]:
    """The person agrees to what was proposed, or ends whatever there is."""
    mine = OutsideName.objects.select_for_update().filter(user_id=actor.user_id, ended_at=None)
    rows = list(mine)
    if not agreed:
        mine.update(ended_at=now)
    elif any(row.agreed_at is None for row in rows):
        mine.exclude(agreed_at=None).update(ended_at=now)
        OutsideName.objects.filter(user_id=actor.user_id, ended_at=None, agreed_at=None).update(agreed_at=now)
    return rows
