"""The first administrator of an installation. Everybody else is made on the pages."""

import secrets

import click
from django.utils.translation import gettext as _

from kalka.accounts import services as accounts
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory import services as directory
from kalka.ui.words import say

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE, Permission.POSTS_MANAGE}))


@click.group(help=_("Accounts made from the console."))
def user() -> None:
    pass


@user.command("add", help=_("Make an account and appoint it to a post."))
@click.argument("login")
@click.option("--name", required=True, help=_("The person's name."))
@click.option("--post", type=int, help=_("Number of the post."))
def add(login: str, name: str, post: int | None) -> None:
    unwrap_root_key()
    password, now = secrets.token_urlsafe(15), clock.now()
    try:
        made = accounts.create_user(CONSOLE, login=login, name=name, password=password, now=now)
        if post is not None:
            directory.appoint(CONSOLE, post_id=post, user_id=made.id, since=clock.day_of(now), now=now)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(
        _("Account {login} is made. Its password, shown once: {password}").format(login=login, password=password)
    )
