"""Is the record whole, and may this installation start?"""

import json

import click
from django.utils.translation import gettext as _

from config import checks
from kalka.cli.faults import words
from kalka.cli.serving import unwrap_root_key
from kalka.core import chain


@click.command(help=_("Walk the record of who did and saw what, and name the first entry that was changed."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def verify(as_json: bool) -> None:
    unwrap_root_key()
    chain.seal()
    found = chain.verify()
    if as_json:
        fault = found.fault
        shown = {"what": fault.what, "position": fault.position, "entry": fault.entry} if fault else None
        click.echo(json.dumps({"sealed": found.sealed, "waiting": found.waiting, "fault": shown}))
    elif found.fault:
        click.echo(_fault(found.fault), err=True)
    else:
        click.echo(_("Whole: {count} entries in order, none changed.").format(count=found.sealed))
    raise SystemExit(1 if found.fault else 0)


@click.command(help=_("Say everything that keeps this installation from starting safely."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def check(as_json: bool) -> None:
    found = checks.faults()
    if as_json:
        click.echo(json.dumps([{"code": code, "about": about} for code, about in found]))
    else:
        for code, about in found:
            click.echo(f"✗ {words(code, about)}", err=True)
        if not found:
            click.echo(_("Nothing is wrong."))
    raise SystemExit(1 if found else 0)


def _fault(fault: chain.Fault) -> str:
    said = {
        "altered": _("Entry {entry} at position {position} was changed."),
        "missing": _("The entry at position {position} is missing."),
        "reordered": _("Entry {entry} does not belong at position {position}."),
        "head": _("The end of the record, at position {position}, was written by another hand."),
        "unsealed": _("After position {position} there are entries that no command wrote."),
    }
    return said[fault.what].format(entry=fault.entry, position=fault.position)
