"""Is the record whole?"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key
from kalka.core import chain, checkpoints, ratchet, verifying
from kalka.core.checkpoints import Checkpoint
from kalka.core.errors import DomainError
from kalka.core.models import AuditKey
from kalka.core.verifying import Fault, Verified
from kalka.ui.words import say

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Walk the record of who did and saw what, and name the first entry that was changed."))
@click.option("--checkpoint", "held", type=FILE, multiple=True, help=_("A checkpoint kept elsewhere; repeatable."))
@click.option("--key", default="", help=_("The public key it was signed with, where it is not this installation's."))
@click.option("--identity", "secret", type=FILE, help=_("The auditor's secret key: every entry is proven by its MAC."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def verify(held: tuple[Path, ...], key: str, secret: Path | None, as_json: bool) -> None:
    unwrap_root_key()
    try:
        given = [checkpoints.read(path.read_text("utf-8", errors="replace"), key) for path in held]
        keys = _opened(secret) if secret else {}
        chain.seal()
        found = verifying.verify(keys=keys, held=given)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_as_json(found)) if as_json else _tell(found, given, with_keys=secret is not None)
    raise SystemExit(1 if found.fault else 0)


def _opened(secret: Path) -> Mapping[int, bytes]:
    """The keys of all days that can be worked out of those sealed to this auditor; another may have come since."""
    import pyrage

    from kalka.backups import sealing

    identities = sealing.identities(secret.read_text("utf-8", errors="replace"))
    rows, sealed = list(AuditKey.objects.order_by("number")), dict[int, bytes]()
    for row in rows:
        with suppress(pyrage.DecryptError):
            sealed |= {row.number: pyrage.decrypt(bytes(row.sealed), identities)} if row.sealed else {}
    if not sealed and any(row.sealed for row in rows):
        raise DomainError("core.keys_of_another")
    return ratchet.opened(sealed, rows)


def _as_json(found: Verified) -> str:
    fault = found.fault
    shown = (
        {"what": fault.what, "position": fault.position, "entry": fault.entry, "upto": fault.upto} if fault else None
    )
    told = {"sealed": found.sealed, "waiting": found.waiting, "proven": found.proven}
    return json.dumps({**told, "fault": shown, "set_back": list(found.set_back)})


def _tell(found: Verified, held: list[Checkpoint], *, with_keys: bool) -> None:
    if found.fault:
        click.echo(_fault(found.fault), err=True)
    else:
        click.echo(_("Whole: {count} entries in order, none changed.").format(count=found.sealed))
        for one in held:
            click.echo(_("It goes on from the checkpoint of {size} entries.").format(size=one.size))
    if with_keys:
        said = _("The MAC of {proven} entries out of {count} was checked.")
        click.echo(said.format(proven=found.proven, count=found.sealed))
    if found.set_back[0]:
        times, position = found.set_back
        said = _(
            "The clock was set back, as the times of the entries show: {times} times, first at position {position}."
        )
        click.echo(said.format(times=times, position=position))


def _fault(fault: Fault) -> str:
    said = {
        "altered": _("Entry {entry} at position {position} was changed."),
        "missing": _("The entry at position {position} is missing."),
        "reordered": _("Entry {entry} does not belong at position {position}."),
        "head": _("The end of the record, at position {position}, was written by another hand."),
        "unsealed": _("After position {position} there are entries that no command wrote."),
        "rewritten": _("From position {position} up to {upto} the record is not the one a checkpoint was made of."),
        "shortened": _("A checkpoint knows {upto} entries; from position {position} on they are missing."),
        "forked": _("Two checkpoints of {position} entries differ: whoever signed both kept two records."),
        "keys": _("The keys sealed to the auditor are not those of the checkpoint of {position} entries."),
    }
    return said[fault.what].format(entry=fault.entry, position=fault.position, upto=fault.upto)
