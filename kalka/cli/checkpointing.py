"""A checkpoint of the record, for whoever keeps it out of our reach."""

import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key
from kalka.core import chain, checkpoints, clock
from kalka.core.errors import DomainError
from kalka.ui.words import say

NEW = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Sign how long the record is and what it is now, to be kept by somebody else."))
@click.option("--to", type=NEW, help=_("File for it; without one it is shown."))
@click.option(
    "--after", type=FILE, help=_("An earlier checkpoint: the proof that the record goes on from it is added.")
)
@click.option("--key", "key_only", is_flag=True, help=_("Show the public key that checkpoints are checked with."))
def checkpoint(to: Path | None, after: Path | None, key_only: bool) -> None:
    unwrap_root_key()
    if key_only:
        click.echo(checkpoints.public_key())
        return
    chain.seal()
    try:
        made = checkpoints.make(now=clock.now())
        earlier = checkpoints.read(after.read_text("utf-8", errors="replace")) if after else None
        text = checkpoints.continued(earlier, made) if earlier else made.note
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    if to is None:
        sys.stdout.write(text)
        return
    try:
        with to.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(_("{path} is there already. It was not touched.").format(path=to)) from None
    click.echo(_("Done: {size} entries. Give it to somebody whom we cannot ask to change it.").format(size=made.size))
