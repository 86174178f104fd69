"""The root key at rest."""

from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kalka.cli.serving import passphrase
from kalka.core import rootfile
from kalka.core.errors import DomainError
from kalka.ui.words import say


@click.group(help=_("The root key: put it under a passphrase."))
def key() -> None:
    pass


@key.command(help=_("Put the root key under a passphrase. Without the passphrase nothing can be read any more."))
def wrap() -> None:
    path = Path(settings.ROOT_KEY_FILE)
    data = path.read_bytes()
    if rootfile.is_wrapped(data):
        raise click.ClickException(_("The root key is under a passphrase already."))
    try:
        rootfile.rewrite(path, rootfile.wrap(data, passphrase(twice=True)))
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Done. Write the passphrase down on paper and lock it away."))
