"""May this installation start, and what of it needs care?"""

import json
from typing import Any

import click
import psycopg
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from config import checks
from kalka.backups import selectors as backups
from kalka.backups.labels import ALARMS
from kalka.cli.faults import words
from kalka.core import clock, head, waiting
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.BACKUP_READ}))


@click.command(help=_("Say everything that keeps this installation from starting safely."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def check(as_json: bool) -> None:
    """Exit code 1: it must not start. 3: it may, but its backups or its record need care."""
    found, alarms = checks.faults(), _alarms()
    if as_json:
        told = [*found, *((code, about) for code, about, _words in alarms)]
        click.echo(json.dumps([{"code": code, "about": about} for code, about in told]))
    else:
        for code, about in found:
            click.echo(f"✗ {words(code, about)}", err=True)
        for _code, _about, said in alarms:
            click.echo(f"! {said}", err=True)
        if not found and not alarms:
            click.echo(_("Nothing is wrong."))
    raise SystemExit(1 if found else 3 if alarms else 0)


def _alarms() -> list[tuple[str, str, str]]:
    """Nothing where there is no database yet: `kalka prepare` comes first. One that is away is not waited for."""
    now = clock.now()
    try:
        if connection.vendor == "postgresql":
            psycopg.connect(**_told(), connect_timeout=2).close()
        found = [
            (f"backup_{alarm}", "KALKA_BACKUP_TO", f"{ALARMS[alarm].title}. {ALARMS[alarm].then}")
            for alarm in backups.alarms(CONSOLE, now=now)
        ]
        if waiting.too_long(now):
            said = _("Entries of the record wait for more than a minute to be sealed. See that the worker runs.")
            found.append(("record_unsealed", "kalka worker", said))
        if not head.look().ours:
            said = _("The end of the record was written by another hand. Run kalka verify before anything else.")
            found.append(("record_touched", "kalka verify", said))
        return found
    except (DatabaseError, psycopg.OperationalError):
        return []


def _told() -> dict[str, Any]:
    told = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: told[key] for name, key in named.items() if told[key]}
