"""The root key at rest, its copies in other hands, and what is done with the keys below it."""

from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kalka.cli.keys_erasing import erase, erased
from kalka.cli.keys_parting import combine, split
from kalka.cli.keys_rotating import rotate
from kalka.cli.keys_strongroom import strongroom
from kalka.cli.private import write
from kalka.cli.serving import passphrase
from kalka.core import rootfile
from kalka.core.errors import DomainError
from kalka.ui.words import say

NEW = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help=_("The keys: put the root key under a passphrase, keep copies of it; change keys, destroy a file's."))
def keys() -> None:
    pass


for one in (rotate, erase, erased, split, combine, strongroom):
    keys.add_command(one)


@keys.command(help=_("Put the root key under a passphrase. Without the passphrase nothing can be read any more."))
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


@keys.command(
    help=_("Make a pair of keys for opening backups: the secret one into a file, the recipient on the screen.")
)
@click.option("--to", type=NEW, required=True, help=_("File for the secret key; it must never lie on the server."))
def identity(to: Path) -> None:
    from pyrage.x25519 import Identity

    made = Identity.generate()
    write(to, f"# public key: {made.to_public()}\n{made}\n".encode())
    click.echo(_("The recipient, for KALKA_BACKUP_RECIPIENTS:"), err=True)
    click.echo(str(made.to_public()))


@keys.command(
    help=_("Write a copy of the root key, sealed, to be kept apart from the backups. A passphrase stays on it.")
)
@click.option("--to", type=NEW, required=True, help=_("File for the sealed copy."))
@click.option("--recipient", "given", multiple=True, metavar="age1…", help=_("Who can open it alone; repeatable."))
def seal(to: Path, given: tuple[str, ...]) -> None:
    import pyrage

    from kalka.backups import sealing

    try:
        write(to, pyrage.encrypt(Path(settings.ROOT_KEY_FILE).read_bytes(), sealing.recipients(given)))
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    except FileNotFoundError:
        raise click.ClickException(say(DomainError("core.root_key_missing"))) from None
    click.echo(_("Done. Whoever has this copy, its secret key and a backup can read everything: keep them apart."))


@keys.command("open", help=_("Put a sealed copy of the root key back where there is none."))
@click.option("--from", "source", type=FILE, required=True, help=_("The sealed copy."))
@click.option("--identity", "secret", type=FILE, required=True, help=_("File with the secret key of a recipient."))
def open_(source: Path, secret: Path) -> None:
    import pyrage

    from kalka.backups import sealing

    try:
        opened_by = sealing.identities(secret.read_text("utf-8", errors="replace"))
        data = pyrage.decrypt(source.read_bytes(), opened_by)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    except pyrage.DecryptError:
        raise click.ClickException(say(DomainError("backups.identity_wrong", name=source.name))) from None
    write(Path(settings.ROOT_KEY_FILE), data)
    click.echo(_("The root key is in its place: {path}").format(path=settings.ROOT_KEY_FILE))
