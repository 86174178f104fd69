"""Is the record whole, and may this installation start?"""

import json
from typing import Any

import click
import psycopg
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from config import checks
from kalka.backups import selectors as backups
from kalka.backups.labels import ALARMS
from kalka.backups.rules import Alarm
from kalka.cli.faults import words
from kalka.cli.serving import unwrap_root_key
from kalka.core import chain, clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.BACKUP_READ}))


@click.command(help=_("Walk the record of who did and saw what, and name the first entry that was changed."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def verify(as_json: bool) -> None:
    unwrap_root_key()
    chain.seal()
    found = chain.verify()
    if as_json:
        fault = found.fault
        shown = {"what": fault.what, "position": fault.position, "entry": fault.entry} if fault else None
        click.echo(
            json.dumps(
                {"sealed": found.sealed, "waiting": found.waiting, "fault": shown, "set_back": list(found.set_back)}
            )
        )
    elif found.fault:
        click.echo(_fault(found.fault), err=True)
    else:
        click.echo(_("Whole: {count} entries in order, none changed.").format(count=found.sealed))
    if found.set_back[0] and not as_json:
        times, position = found.set_back
        said = _(
            "The clock was set back, as the times of the entries show: {times} times, first at position {position}."
        )
        click.echo(said.format(times=times, position=position))
    raise SystemExit(1 if found.fault else 0)


@click.command(help=_("Say everything that keeps this installation from starting safely."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def check(as_json: bool) -> None:
    """Exit code 1: it must not start. 3: it may, but its backups need care."""
    found, alarms = checks.faults(), _alarms()
    if as_json:
        told = [*found, *((f"backup_{alarm}", "KALKA_BACKUP_TO") for alarm in alarms)]
        click.echo(json.dumps([{"code": code, "about": about} for code, about in told]))
    else:
        for code, about in found:
            click.echo(f"✗ {words(code, about)}", err=True)
        for alarm in alarms:
            click.echo(f"! {ALARMS[alarm].title}. {ALARMS[alarm].then}", err=True)
        if not found and not alarms:
            click.echo(_("Nothing is wrong."))
    raise SystemExit(1 if found else 3 if alarms else 0)


def _alarms() -> tuple[Alarm, ...]:
    """Nothing where there is no database yet: `kalka prepare` comes first. One that is away is not waited for."""
    try:
        if connection.vendor == "postgresql":
            psycopg.connect(**_told(), connect_timeout=2).close()
        return backups.alarms(CONSOLE, now=clock.now())
    except (DatabaseError, psycopg.OperationalError):
        return ()


def _told() -> dict[str, Any]:
    told = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: told[key] for name, key in named.items() if told[key]}


def _fault(fault: chain.Fault) -> str:
    said = {
        "altered": _("Entry {entry} at position {position} was changed."),
        "missing": _("The entry at position {position} is missing."),
        "reordered": _("Entry {entry} does not belong at position {position}."),
        "head": _("The end of the record, at position {position}, was written by another hand."),
        "unsealed": _("After position {position} there are entries that no command wrote."),
    }
    return said[fault.what].format(entry=fault.entry, position=fault.position)
