"""Destroying a closed file for good: one person asks, another agrees, both signed in at the console."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key
from kalka.cli.signing_in import signed_in
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, show_ref
from kalka.ui import writing
from kalka.ui.words import say

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.ERASE}))


@click.command(
    help=_(
        "Destroy a closed case for good, by destroying its keys; or what is sealed of an event, a story or the names of"
        " a course, by the id in the address of its page. Two persons of two posts are needed."
    )
)
@click.argument("case", required=False)
@click.option("--ground", help=_("court: a decision in force; authority: a written order of the data authority."))
@click.option("--paper", help=_("Number of that decision."))
@click.option("--paper-on", type=click.DateTime(["%Y-%m-%d"]), help=_("Its day, as 2026-11-23."))
@click.option(
    "--agree", type=click.UUID, metavar="ID", help=_("The second person: do what was asked under this number.")
)
@click.option("--refuse", type=click.UUID, metavar="ID", help=_("The second person: do not do it."))
@click.option("--as", "login", required=True, help=_("User name of whoever does this; asked for password and code."))
def erase(
    case: str | None,
    ground: str | None,
    paper: str | None,
    paper_on: datetime | None,
    agree: UUID | None,
    refuse: UUID | None,
    login: str,
) -> None:
    unwrap_root_key()
    if (case is None) == (agree is None and refuse is None) or (agree and refuse):
        raise click.UsageError(_("Name a case, or what to agree to, or what to refuse."))
    if case is not None and not (ground and paper and paper_on):
        raise click.UsageError(
            _("Say the ground, and the number and day of the decision: --ground, --paper, --paper-on.")
        )
    try:
        with signed_in(login) as actor:
            if case is not None:
                told = {
                    "case_ref": case,
                    "ground": ground,
                    "paper": paper,
                    "paper_on": paper_on.date() if paper_on else None,
                }
                click.echo(_asked(actor, told))
            else:
                click.echo(_decided(actor, agree or refuse, agreed=agree is not None))
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal


@click.command(help=_("List what was destroyed, and until when copies of the keys can still bring it back."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def erased(as_json: bool) -> None:
    from kalka.backups import holding
    from kalka.custody import selectors as custody

    now = clock.now()
    found = [(line, holding.of(settings.BACKUP_TO, line.at)) for line in custody.erased(CONSOLE, now=now)]
    if as_json:
        click.echo(json.dumps([_plain(line, held) for line, held in found]))
        return
    for line, held in found:
        about = "\t".join((_named(line.ref), line.ground, writing.day(clock.day_of(line.at))))
        click.echo(f"{about}\t{_until(held)}")
    for one in custody.waiting(CONSOLE, now=now):
        click.echo(_("Waits for a second person: {ref}, {id}").format(ref=_named(one.ref), id=one.id))
    if not found:
        click.echo(_("Nothing was destroyed."), err=True)


def _named(ref: str) -> str:
    """A case as people read it; an id as it is."""
    return show_ref(ref) if 0 < len(ref) <= 12 else ref or "–"


def _asked(actor: Actor, told: dict[str, Any]) -> str:
    from kalka.custody import services as custody

    made = custody.ask_erasure(actor, id=new_id(), now=clock.now(), **told)
    return _(
        "Asked. Nothing was destroyed yet. The second person, of another post: kalka keys erase --agree {id}"
    ).format(id=made.pk)


def _decided(actor: Actor, id: UUID | None, *, agreed: bool) -> str:
    from kalka.custody import services as custody

    assert id is not None
    row = custody.decide_erasure(actor, id=new_id(), erasure_id=id, agreed=agreed, now=clock.now())
    if not row.agreed:
        return _("Refused. Nothing was destroyed.")
    return _(
        "Destroyed: {count} keys. Older copies of the keys can bring it back until they are gone: kalka keys erased."
    ).format(count=row.keys)


def _plain(line: Any, held: Any) -> dict[str, object]:
    until = held.until.isoformat() if held.until else None
    at = line.at.isoformat()
    return {
        "ref": line.ref,
        "ground": line.ground,
        "at": at,
        "held_in": held.streams if held.seen else None,
        "until": until,
    }


def _until(held: Any) -> str:
    if not held.seen:
        day = writing.day(clock.day_of(held.until))
        return _("no folder of backups to look into; keys of before that day are to be gone by {day}").format(day=day)
    if held.until is None:
        return _("in no keys of this folder any more")
    return _("still in {count} keys of this folder; the last may go on {day}").format(
        count=held.streams, day=writing.day(clock.day_of(held.until))
    )
