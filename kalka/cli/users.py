"""The first administrator of an installation, and tokens for programs. Everybody else is made on the pages."""

import secrets
from datetime import datetime
from uuid import UUID

import click
from django.utils.translation import gettext as _

from kalka.accounts import selectors as known
from kalka.accounts import services as accounts
from kalka.accounts.rules import Lost
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.scopes import TokenScope
from kalka.directory import selectors as posts
from kalka.directory import services as directory
from kalka.notices import recovering
from kalka.ui import writing
from kalka.ui.words import say

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE, Permission.POSTS_MANAGE, Permission.OWN_ACCOUNT}))
ADMINISTRATOR = "administrator"


@click.group(help=_("Accounts made from the console."))
def user() -> None:
    pass


@user.command("add", help=_("Make an account and appoint it to a post."))
@click.argument("login")
@click.option("--name", required=True, help=_("The person's name."))
@click.option("--post", type=int, help=_("Number of the post."))
@click.option("--administrator-of", "at", type=int, help=_("Number of the organisation it administers the system for."))
def add(login: str, name: str, post: int | None, at: int | None) -> None:
    """Without a post the account may do nothing until somebody appoints it."""
    unwrap_root_key()
    password, now = secrets.token_urlsafe(15), clock.now()
    if post is not None and post not in {one.id for one in posts.staffed(clock.day_of(now))}:
        raise click.ClickException(_("There is no post {post}. Nothing was made.").format(post=post))
    try:
        post = _administrators_post(at, now) if at is not None else post
        made = accounts.create_user(CONSOLE, login=login, name=name, password=password, now=now)
        if post is not None:
            directory.appoint(CONSOLE, post_id=post, user_id=made.id, since=clock.day_of(now), now=now)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(
        _("Account {login} is made. Its password, shown once: {password}").format(login=login, password=password)
    )


@user.command("token", help=_("Issue a token, with which a program of this account acts in one post."))
@click.argument("login")
@click.option("--post", type=int, required=True, help=_("Number of the post."))
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in TokenScope]),
    multiple=True,
    required=True,
    help=_("What it is for; may be given several times. It never allows more than the post."),
)
@click.option("--days", type=int, default=90, show_default=True, help=_("How long it runs, at most 365 days."))
def token(login: str, post: int, scopes: tuple[str, ...], days: int) -> None:
    unwrap_root_key()
    user_id, now = _account(login), clock.now()
    if post not in {held.id for held in posts.posts_of(user_id, clock.day_of(now))}:
        raise click.ClickException(
            _("{login} does not hold post {post}. Nothing was issued.").format(login=login, post=post)
        )
    try:
        session, opened = accounts.issue_token(
            CONSOLE, user_id=user_id, post_id=post, scopes=[TokenScope(one) for one in scopes], days=days, now=now
        )
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    ends = writing.day(session.ends_at)
    click.echo(
        _("The token of {login}, until {day}. It is shown once and kept nowhere:").format(login=login, day=ends),
        err=True,
    )
    click.echo(opened.token)


@user.command("tokens", help=_("List the tokens that run, and for what they were issued; never the tokens themselves."))
@click.argument("login", required=False)
def tokens(login: str | None) -> None:
    now = clock.now()
    running = known.tokens(CONSOLE, now=now, user_id=_account(login) if login else None)
    for line in running:
        days = (writing.day(at) for at in (line.started_at, line.seen_at, line.ends_at))
        click.echo("\t".join((line.login, str(line.post_id), " ".join(line.scopes), *days)))
    if not running:
        click.echo(_("No token runs."), err=True)


@user.command("end-tokens", help=_("End all tokens of an account at once."))
@click.argument("login")
def end_tokens(login: str) -> None:
    unwrap_root_key()
    ended = accounts.end_tokens(CONSOLE, user_id=_account(login), now=clock.now())
    click.echo(_("Tokens ended: {count}.").format(count=len(ended)))


@user.command("ask-recovery", help=_("Ask to let somebody in again; a person at a page confirms it."))
@click.argument("login")
@click.option("--lost", type=click.Choice([one.value for one in Lost]), default=Lost.BOTH.value, show_default=True)
def ask_recovery(login: str, lost: str) -> None:
    """The console is one person of the two, never both."""
    unwrap_root_key()
    try:
        asked, word = recovering.ask_recovery(CONSOLE, login=login, why=Lost(lost), now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Asked for, number {id}. The first word, shown once:").format(id=asked.pk), err=True)
    click.echo(word)


@user.command("confirm-recovery", help=_("Confirm what a person at a page has asked for: the second of two."))
@click.argument("number", type=click.UUID)
def confirm_recovery(number: UUID) -> None:
    unwrap_root_key()
    try:
        _found, word = accounts.confirm_recovery(CONSOLE, recovery_id=number, leading=False, now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Confirmed. The second word, shown once:"), err=True)
    click.echo(word)


@user.command("recoveries", help=_("List what waits for its second person: number and user name."))
def recoveries() -> None:
    for line in known.recoveries(CONSOLE, now=clock.now()):
        click.echo(f"{line.id}\t{line.login}")


@user.command("suspend", help=_("Suspend an account and end its sessions and tokens at once."))
@click.argument("login")
def suspend(login: str) -> None:
    unwrap_root_key()
    accounts.suspend_user(CONSOLE, user_id=_account(login), now=clock.now())
    click.echo(_("Account {login} is suspended.").format(login=login))


def _administrators_post(organisation_id: int, now: datetime) -> int:
    """The one of that organisation, made where there is none yet."""
    found = next((one.id for one in posts.posts_at(organisation_id) if one.role == ADMINISTRATOR), None)
    if found is not None:
        return found
    place = next((one.place for one in posts.organisations() if one.id == organisation_id), "")
    made = directory.create_post(
        CONSOLE,
        role=ADMINISTRATOR,
        organisation_id=organisation_id,
        place=place,
        since=clock.day_of(now),
        leads=True,
        now=now,
    )
    return int(made.id)


def _account(login: str) -> int:
    user_id = known.id_of(login)
    if user_id is None:
        raise click.ClickException(_("There is no account {login}, or it is suspended.").format(login=login))
    return user_id
