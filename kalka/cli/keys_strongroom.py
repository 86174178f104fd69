"""The recovery key of the strongroom: made once and parted on paper, and used when nobody of a post is left."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from kalka.cli.keys_parting import FOLDER, handed_out, key_of_holders
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.actors import SYSTEM, SYSTEM_ID, Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.ui.words import say

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.POSTS_MANAGE}))


@click.group(
    help=_("What is sealed to named posts: its recovery key on paper, and posts that nobody can open any more.")
)
def strongroom() -> None:
    pass


@strongroom.command(
    help=_("Make the recovery key, once, and part it among holders who are in no post. It is stored nowhere.")
)
@click.option("--of", "of", type=int, default=5, show_default=True, help=_("How many holders."))
@click.option("--need", type=int, default=3, show_default=True, help=_("How many of them are needed."))
@click.option("--installation", default="Kalka", show_default=True, help=_("What stands on the sheets as its name."))
@click.option("--to", type=FOLDER, help=_("Write the sheets into this folder, to be printed. They lie there in clear."))
def make(of: int, need: int, installation: str, to: Path | None) -> None:
    """The sheets first: a key that is in force and on no paper would be no way back."""
    from kalka.custody import parting
    from kalka.strongroom import lacking, services
    from kalka.vault import boxes

    unwrap_root_key()
    try:
        lacking.no_recovery_yet()
        private, public = boxes.pair()
        parts = parting.part(private, need=need, of=of)
        told = {"of": of, "need": need, "installation": installation, "mark": parting.mark(private), "strongroom": True}
        handed_out(parts, told, to)
        services.set_recovery(SYSTEM, public=public, now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Mark of the key, to be compared when it is put together: {mark}").format(mark=told["mark"]))


@strongroom.command(help=_("List the posts of which no holder of today can open anything: number and name."))
def shut() -> None:
    from kalka.directory import selectors as directory
    from kalka.strongroom import selectors

    for post_id in selectors.shut_posts(CONSOLE, now=clock.now()):
        post = directory.post(post_id)
        click.echo(f"{post_id}\t{post.label_here if post else ''}")


@strongroom.command(
    help=_("Give a post's key to a holder of today, out of the words of the holders of the recovery key.")
)
@click.option("--post", "post_id", type=int, required=True, help=_("Number of the post, as “shut” lists it."))
@click.option("--to", "login", required=True, help=_("User name of whoever gets it; must have chosen words."))
def recover(post_id: int, login: str) -> None:
    from kalka.accounts import selectors as accounts
    from kalka.strongroom import services

    unwrap_root_key()
    user_id = accounts.id_of(login)
    if user_id is None:
        raise click.ClickException(_("There is no account {login}, or it is suspended.").format(login=login))
    recovery = key_of_holders()
    try:
        services.recover(SYSTEM, post_id=post_id, to_user=user_id, recovery=recovery, now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Done. {login} opens what is sealed to the post with their own words.").format(login=login))
