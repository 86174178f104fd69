"""A key in the person's own device: beside the password, instead of it and the second step, or to confirm.

Whatever a device was asked is asked once: the attempt is gone before its answer is looked at.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from kalka.accounts import attempts, guard, webauthn
from kalka.accounts.models import Passkey, Session, User
from kalka.accounts.own import own_keys
from kalka.accounts.rules import Purpose, Stage
from kalka.accounts.services.confirming import confirmed
from kalka.accounts.services.entering import no_second_step_yet
from kalka.accounts.services.sessions import Opened, half_open, let_in, open_session, running
from kalka.accounts.webauthn import Site
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission

MOST = 10  # of one person
STEP_OF = {Purpose.SECOND: Stage.CODE, Purpose.ENROL: Stage.ENROL}


def ask_passkey(token: str, *, purpose: Purpose, site: Site, address: str, now: datetime) -> str:
    """What somebody on the way in hands on to the device. Counts and refuses as any beginning of an address."""
    guard.begun(address, now=now)
    if purpose is Purpose.ALONE:
        if not settings.PASSKEY_ALONE:
            raise AccessDenied("accounts.no_such_step")
        challenge, options = webauthn.to_use([], site)
        attempts.begin(challenge, purpose, now=now)
        return options
    return _asked(half_open(token, STEP_OF[purpose], now), purpose, site, now)


def ask_own_passkey(actor: Actor, *, purpose: Purpose, site: Site, now: datetime) -> str:
    """What somebody who is signed in hands on: to add a key, or to confirm by one."""
    return _asked(running(actor), purpose, site, now)


def sign_in_by_passkey(answer: str, *, site: Site, now: datetime) -> Opened:
    """Both factors in one: the device, and whatever it asked its holder. Only where the installation allows it."""
    if not settings.PASSKEY_ALONE:
        raise AccessDenied("accounts.no_such_step")
    passkey = _used(answer, Purpose.ALONE, None, site, now)
    if webauthn.credential_of(answer)[1] != passkey.subject_id.bytes:
        raise _refused(passkey.user, Purpose.ALONE)
    audit.done(Actor(passkey.user.id, frozenset()), ["accounts.sign_in_by_passkey"], passkey.user)
    return open_session(passkey.user, stage=Stage.FULL, now=now)


def enter_by_passkey(token: str, *, answer: str, site: Site, now: datetime) -> Opened:
    session = half_open(token, Stage.CODE, now)
    _used(answer, Purpose.SECOND, session, site, now)
    return let_in(session, now, by="accounts.second_factor")


def confirm_by_passkey(actor: Actor, *, answer: str, site: Site, now: datetime) -> str:
    """The session's new token, as `confirm` gives it."""
    _used(answer, Purpose.CONFIRM, running(actor), site, now)
    return confirmed(actor, now=now)


def enrol_passkey(token: str, *, answer: str, name: str, site: Site, now: datetime) -> Opened:
    """The first second step of an account, set up on the way in. Refuses an account that has one by now."""
    session = half_open(token, Stage.ENROL, now)
    found = _made(answer, Purpose.ENROL, session, site, now)
    _add(Actor(session.user.id, frozenset({Permission.OWN_ACCOUNT})), made=found, name=name, first=True, now=now)
    return let_in(session, now, by="accounts.second_factor")


def add_passkey(actor: Actor, *, answer: str, name: str, site: Site, now: datetime) -> Passkey:
    found = _made(answer, Purpose.ADD, running(actor), site, now)
    return _add(actor, made=found, name=name, first=False, now=now)


@command("accounts.add_passkey", needs=Permission.OWN_ACCOUNT)
def _add(actor: Actor, *, made: webauthn.Made, name: str, first: bool, now: datetime) -> Passkey:
    user = User.objects.select_for_update().get(id=actor.user_id)
    if first:
        no_second_step_yet(user)
    if Passkey.objects.filter(mac=_mac(made.credential)).exists():
        raise webauthn.refused()
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise DomainError("accounts.passkeys_many", most=MOST)
    row = Passkey(user=user, subject_id=user.subject_id, mac=_mac(made.credential), signed=made.signed, added_at=now)
    kept = {"credential": webauthn.b64(made.credential), "key": webauthn.b64(made.public_key), "name": name[:60]}
    own_keys(user.subject_id).put(row, "kept", kept)
    row.save(force_insert=True)
    return row


@command("accounts.remove_passkey", needs=Permission.OWN_ACCOUNT)
def remove_passkey(actor: Actor, *, passkey_id: UUID, now: datetime) -> User:
    """Refuses the last second step there is: another is set up first. Another's answers like none."""
    user = User.objects.select_for_update().get(id=actor.user_id)
    row = Passkey.objects.filter(id=passkey_id, user=user).first()
    if row is None:
        raise AccessDenied("accounts.passkey_unknown")
    if not user.totp_step and Passkey.objects.filter(user=user).count() == 1:
        raise DomainError("accounts.last_second_factor")
    row.delete()
    return user


def _asked(session: Session, purpose: Purpose, site: Site, now: datetime) -> str:
    known = [webauthn.unb64(kept["credential"]) for kept in _kept(session.user)]
    if purpose in {Purpose.ENROL, Purpose.ADD}:
        challenge, options = webauthn.to_make(session.user, known, site)
    elif known:
        challenge, options = webauthn.to_use(known, site)
    else:  # without a name of its own, the device would offer whatever it has
        raise AccessDenied("accounts.no_such_step")
    attempts.begin(challenge, purpose, session_id=session.id, now=now)
    return options


def _kept(user: User) -> list[dict[str, str]]:
    keys = own_keys(user.subject_id)
    return [keys.get(row, "kept") for row in Passkey.objects.filter(user=user).order_by("added_at")]


def _made(answer: str, purpose: Purpose, session: Session, site: Site, now: datetime) -> webauthn.Made:
    challenge = webauthn.challenge_of(answer)
    if attempts.finish(challenge, purpose, session_id=session.id, now=now) is None:
        raise _refused(session.user, purpose)
    try:
        return webauthn.made(answer, challenge, site)
    except DomainError as error:
        raise _refused(session.user, purpose) from error


def _used(answer: str, purpose: Purpose, session: Session | None, site: Site, now: datetime) -> Passkey:
    """The key that answered. Refuses one that is not this person's, and whatever the standard refuses."""
    whose = session.user if session else None
    challenge, (credential, _) = webauthn.challenge_of(answer), webauthn.credential_of(answer)
    begun = attempts.finish(challenge, purpose, session_id=session.id if session else 0, now=now)
    row = Passkey.objects.filter(mac=_mac(credential)).select_related("user").first()
    if begun is None or row is None or not row.user.active or (whose and row.user.id != whose.id):
        raise _refused(whose or (row.user if row else None), purpose)
    try:
        signed = webauthn.used(answer, challenge, row, site)
    except DomainError as error:
        raise _refused(row.user, purpose) from error
    if Passkey.objects.filter(id=row.id, signed=row.signed).update(signed=signed, used_at=now) != 1:
        raise _refused(row.user, purpose)  # two answers with one count: one of them is a copy
    return row


def _refused(user: User | None, purpose: Purpose) -> DomainError:
    audit.refused(
        Actor(user.id if user else 0, frozenset()), [f"accounts.passkey_{purpose}"], "accounts.passkey_refused"
    )
    return webauthn.refused()


def _mac(credential: bytes) -> bytes:
    return guard.mac("passkey", credential.hex())
