"""The authenticator app as a second step: set up on the way in, or later on one's own page.

The secret that is shown is made for one session, and is stored with its first right code alone. Whoever knew the
password and looked at that page before has seen another one; and whoever looked at it and waited comes too late.
"""

import base64
import hmac
from datetime import datetime

import pyotp

from kalka.accounts import guard
from kalka.accounts.models import Session, User
from kalka.accounts.own import own_keys
from kalka.accounts.rules import Stage
from kalka.accounts.services.entering import no_second_step_yet, wrong_code
from kalka.accounts.services.sessions import Opened, half_open, let_in, running
from kalka.core import root
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission

SIZE = 20  # bytes: thirty-two letters to be typed where a picture cannot be read


def begin_enrolment(token: str, *, now: datetime) -> tuple[str, str]:
    """The secret to show, and the address an authenticator reads. The same for as long as the session lasts."""
    session = half_open(token, Stage.ENROL, now)
    no_second_step_yet(session.user)
    return _shown(session)


def finish_enrolment(token: str, *, code: str, now: datetime) -> Opened:
    """Refuses an account that has a second step by now, set up by somebody else who was on the way in."""
    session = half_open(token, Stage.ENROL, now)
    no_second_step_yet(session.user)
    actor = Actor(session.user.id, frozenset({Permission.OWN_ACCOUNT}))
    _proved(actor, session, code, limit="second", step="accounts.finish_enrolment", first=True, now=now)
    return let_in(session, now, by="accounts.second_factor")


def begin_app(actor: Actor) -> tuple[str, str]:
    """As `begin_enrolment`, for somebody who is signed in: beside a passkey, or on another phone."""
    return _shown(running(actor))


def set_app(actor: Actor, *, code: str, now: datetime) -> User:
    """A former one stops working with the first right code."""
    return _proved(actor, running(actor), code, limit="own", step="accounts.set_app", first=False, now=now)


def _proved(actor: Actor, session: Session, code: str, *, limit: str, step: str, first: bool, now: datetime) -> User:
    user = session.user
    guard.refuse_if_locked(limit, str(user.id), now=now)
    secret = _secret(session)
    found = guard.matching_step(secret, code, now=now)
    if found is None:
        wrong_code(user, limit, step, now)
        raise DomainError("accounts.code_wrong", field="code")
    guard.succeeded(limit, str(user.id), now=now)
    return _keep(actor, secret=secret, used=found, before=user.totp_step, first=first, now=now)


@command("accounts.set_app", needs=Permission.OWN_ACCOUNT)
def _keep(actor: Actor, *, secret: str, used: int, before: int, first: bool, now: datetime) -> User:
    """`used`: the step of the code, which works no second time. `before`: what the secret was shown beside."""
    user = User.objects.select_for_update().get(id=actor.user_id)
    if first:
        no_second_step_yet(user)
    if user.totp_step != before:
        raise AccessDenied("accounts.no_such_step")
    own_keys(user.subject_id).put(user, "totp", secret)
    user.totp_step = used
    user.save(update_fields=["totp", "totp_step"])
    return user


def _shown(session: Session) -> tuple[str, str]:
    secret = _secret(session)
    return secret, pyotp.TOTP(secret).provisioning_uri(name=session.user.login, issuer_name="Kalka")


def _secret(session: Session) -> str:
    """Another one for each session, and once it is used for the same session as well."""
    said = f"{session.id}|{session.user.subject_id}|{session.user.totp_step}".encode()
    return base64.b32encode(hmac.digest(root.derive("authenticator"), said, "sha256")[:SIZE]).decode()
