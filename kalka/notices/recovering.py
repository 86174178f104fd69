"""Asking to let somebody in again, so that it is not only said on pages: whoever cannot sign in reads none."""

from datetime import datetime
from typing import Any

from kalka.accounts import services as accounts
from kalka.accounts.rules import Lost
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.notices import services

KIND = "account_recovery"


@command("notices.ask_recovery", needs=Permission.USERS_MANAGE)
def ask_recovery(actor: Actor, *, login: str, why: Lost, now: datetime) -> tuple[Any, str]:
    """As `accounts.ask_recovery`. A message without a name goes to every post the person holds today."""
    asked, word = accounts.ask_recovery(actor, login=login, why=why, now=now)
    for post in directory.posts_of(asked.user.id, day_of(now)):
        services.alert(post.id, KIND, subject_id=asked.pk, now=now)
    return asked, word
