"""Letting a person in again who lost the password or the second step. Nobody can do it alone: one asks, another from
another post confirms, each is given a word, and only the person who is handed both can use them. It is on record at
each step, and shown to the person at the next page while they are signed in anywhere: one press stops it."""

import hmac
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import F

from kalka.accounts import guard, passwords, rules
from kalka.accounts.models import Passkey, Recovery, RecoveryCode, Session, User
from kalka.accounts.rules import Lost
from kalka.accounts.selectors import waiting
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.vault.fields import Sealed

LENGTH = 10  # signs of one of the two words: fifty bits


@command("accounts.ask_recovery", needs=Permission.USERS_MANAGE)
def ask_recovery(actor: Actor, *, login: str, why: Lost, now: datetime) -> tuple[Recovery, str]:
    """The first person. Gives the first word, which is in this answer alone. An earlier request is stopped.

    Refuses one's own account, and a name that nobody has.
    """
    user = User.objects.filter(login__iexact=login[:64], active=True).first()
    if user is None:
        raise DomainError("accounts.login_unknown", field="login")
    if user.id == actor.user_id:
        raise DomainError("accounts.recovery_own", field="login")
    Recovery.objects.filter(user=user, used_at=None, stopped_at=None).update(stopped_at=now, seen_at=now)
    word = rules.new_code(LENGTH)
    asked = Recovery(user=user, why=why, asked_by=actor.user_id, asked_post_id=actor.post_id, asked_at=now)
    asked.first = _mac(asked.id, word)
    asked.save(force_insert=True)
    return asked, rules.shown_code(word)


@command("accounts.confirm_recovery", needs=Permission.OWN_ACCOUNT)
def confirm_recovery(actor: Actor, *, recovery_id: UUID, leading: bool, now: datetime) -> tuple[Recovery, str]:
    """The second person, who keeps accounts or leads where the person works (`leading`). Gives the second word.

    Refuses whoever asked, the person itself, anybody of the post it was asked from, and what does not wait any more:
    all in the same words.
    """
    found = waiting(now=now).select_for_update().filter(id=recovery_id).first()
    allowed = actor.may(Permission.USERS_MANAGE) or leading
    if found is None or not allowed or not rules.is_second(_person(actor), (found.asked_by, found.asked_post_id)):
        raise Stale("accounts.recovery_not_yours")
    if actor.user_id == found.user.id:
        raise Stale("accounts.recovery_not_yours")
    word = rules.new_code(LENGTH)
    found.second, found.confirmed_at = _mac(found.id, word), now
    found.confirmed_by, found.confirmed_post_id = _person(actor)
    found.seen_at = None  # the person is told once more
    found.save(update_fields=["second", "confirmed_at", "confirmed_by", "confirmed_post_id", "seen_at"])
    return found, rules.shown_code(word)


@command("accounts.stop_recovery", needs=Permission.OWN_ACCOUNT)
def stop_recovery(actor: Actor, *, now: datetime) -> list[Recovery]:
    """The person says: it was not me. Whatever waits is over."""
    mine = Recovery.objects.filter(user_id=actor.user_id, used_at=None, stopped_at=None)
    stopped = list(mine)
    mine.update(stopped_at=now)
    Recovery.objects.filter(user_id=actor.user_id, seen_at=None).update(seen_at=now)
    return stopped


@command("accounts.see_recovery", needs=Permission.OWN_ACCOUNT)
def see_recovery(actor: Actor, *, now: datetime) -> list[Recovery]:
    """The person has read what was done, and it was so meant."""
    unseen = list(Recovery.objects.filter(user_id=actor.user_id, seen_at=None))
    Recovery.objects.filter(id__in=[one.id for one in unseen]).update(seen_at=now)
    return unseen


def recover(*, login: str, first: str, second: str, password: str, address: str, now: datetime) -> User:
    """The person, with both words and a new password. Every session ends; the second step is set up at the next
    sign-in. Whatever is wrong with the name or the words has one answer; the password is judged after them."""
    who = guard.whose(login, address)
    guard.refuse_if_locked("words", who, now=now)
    user = User.objects.filter(login__iexact=login[:64], active=True).first()
    found = Recovery.objects.filter(user=user, used_at=None, stopped_at=None).last() if user else None
    if user is None or found is None or not _both(found, first, second, now):
        guard.failed("words", who, now=now)
        audit.refused(Actor(user.id if user else 0, frozenset()), ["accounts.recover"], "accounts.recovery_refused")
        raise DomainError("accounts.recovery_refused")
    passwords.check(password, user.login)
    guard.succeeded("words", who, now=now)
    return _recover(
        Actor(user.id, frozenset({Permission.OWN_ACCOUNT})), recovery_id=found.id, password=password, now=now
    )


@command("accounts.recover", needs=Permission.OWN_ACCOUNT)
def _recover(actor: Actor, *, recovery_id: UUID, password: str, now: datetime) -> User:
    if Recovery.objects.filter(id=recovery_id, used_at=None, stopped_at=None).update(used_at=now, seen_at=None) != 1:
        raise DomainError("accounts.recovery_refused")
    user = User.objects.select_for_update().get(id=actor.user_id)
    user.password, user.totp_step, user.totp = make_password(rules.composed(password)), 0, Sealed(b"")
    user.save(update_fields=["password", "totp_step", "totp"])
    Passkey.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    Session.objects.filter(user=user, ended_at=None).update(ended_at=now)
    return user


def _both(found: Recovery, first: str, second: str, now: datetime) -> bool:
    """Whether both words are right and in time. Every try counts, from wherever it comes and however many at once."""
    Recovery.objects.filter(id=found.id).update(tries=F("tries") + 1)
    tries = Recovery.objects.values_list("tries", flat=True).get(id=found.id) - 1
    written = (_mac(found.id, rules.plain_code(first)), _mac(found.id, rules.plain_code(second)))
    right = [hmac.compare_digest(a, bytes(b)) for a, b in zip(written, (found.first, found.second), strict=True)]
    return all(right) and rules.words_hold(found.confirmed_at, tries, now)


def _person(actor: Actor) -> tuple[int, int | None]:
    return actor.user_id, actor.post_id


def _mac(recovery_id: UUID, word: str) -> bytes:
    return guard.mac("recovery-word", str(recovery_id), word)
