"""The root key in parts on paper, and back from them."""

import sys
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.cli.private import write
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.ui import writing
from kalka.ui.words import say

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(help=_("Part the root key among holders, in words on paper: any so many of them give it back."))
@click.option("--of", "of", type=int, default=5, show_default=True, help=_("How many holders."))
@click.option("--need", type=int, default=3, show_default=True, help=_("How many of them are needed."))
@click.option("--installation", default="Kalka", show_default=True, help=_("What stands on the sheets as its name."))
@click.option("--to", type=FOLDER, help=_("Write the sheets into this folder, to be printed. They lie there in clear."))
def split(of: int, need: int, installation: str, to: Path | None) -> None:
    """Without a folder each holder in turn sees his own words on the screen and writes them down."""
    from kalka.core import root
    from kalka.custody import parting

    unwrap_root_key()
    try:
        key = root.whole()
        parts = parting.part(key, need=need, of=of)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    told = {"of": of, "need": need, "installation": installation, "mark": parting.mark(key)}
    handed_out(parts, told, to)
    click.echo(_("Mark of the key, to be compared when it is put together: {mark}").format(mark=told["mark"]))


@click.command(help=_("Put the root key together again from the words of its holders, where there is none."))
def combine() -> None:
    from kalka.custody.parting import mark

    path = Path(settings.ROOT_KEY_FILE)
    if path.exists():
        raise click.ClickException(_("{path} is there already. It was not touched.").format(path=path))
    key = key_of_holders()
    write(path, key)
    click.echo(_("The root key is in its place: {path}").format(path=path))
    click.echo(_("Mark of the key: {mark}. It must be the one on the sheets.").format(mark=mark(key)))
    click.echo(_("It lies there without a passphrase. Now: “kalka keys wrap”, “kalka check”, “kalka verify”."))


def key_of_holders() -> bytes:
    """Out of the words that are typed, one holder after the other. A slip is said, and that holder types again."""
    from kalka.custody.parting import Gathering

    gathered = Gathering()
    while not gathered.whole:
        asked = _("Words of a holder ({done} read)").format(done=len(gathered.words))
        try:
            gathered.take(click.prompt(asked))
            if sys.stdout.isatty():
                click.clear()
        except DomainError as refusal:
            click.echo(say(refusal), err=True)
    try:
        return gathered.key()
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal


def handed_out(parts: list[str], told: dict[str, object], to: Path | None) -> None:
    """On sheets in a folder, or on the screen, to one holder after the other."""
    if to is None:
        _shown(parts, told)
    else:
        _written(to, parts, told)


def _shown(parts: list[str], told: dict[str, object]) -> None:
    """One after the other, and wiped from the screen."""
    if not sys.stdout.isatty():
        raise click.ClickException(_("The words are shown on a terminal alone. For sheets to be printed: --to FOLDER."))
    for number, words in enumerate(parts, 1):
        click.prompt(
            _("Holder {number} alone before the screen, then Enter").format(number=number),
            default="",
            show_default=False,
        )
        for place, word in enumerate(words.split(), 1):
            click.echo(f"{place:3} {word}")
        click.prompt(_("Written down and read again, then Enter"), default="", show_default=False)
        click.clear()


def _written(to: Path, parts: list[str], told: dict[str, object]) -> None:
    from django.template.loader import get_template

    sheet = get_template("custody/part.html")
    for number, words in enumerate(parts, 1):
        shown = {**told, "number": number, "words": words.split(), "day": writing.day(clock.day_of(clock.now()))}
        page = sheet.render({**shown, "LANGUAGE_CODE": get_language()})
        write(to / f"part-{number}-of-{told['of']}.html", page.encode())
    click.echo(
        _("{count} sheets in {folder}, in clear. Print each, hand it over, then destroy the files: shred -u.").format(
            count=len(parts), folder=to
        )
    )
