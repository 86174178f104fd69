"""The operator puts an approved form into the place that was kept for it."""

from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.cli.law import LANGUAGES, language_of
from kalka.core.errors import DomainError
from kalka.ui.words import say


@click.command("put", help=_("Put in an approved form, such as that of resolution No. 417, out of a file."))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
def put(path: Path, lang: str | None) -> None:
    from kalka.core import clock
    from kalka.core.actors import SYSTEM
    from kalka.core.refs import new_id
    from kalka.risk import services as risk

    with translation.override(language_of(lang)):
        try:
            row = risk.put_in_form(SYSTEM, id=new_id(), content=path.read_bytes(), now=clock.now())
        except DomainError as refusal:
            raise click.ClickException(say(refusal)) from refusal
        told = _("{form}, {edition} is put in and comes first from now on.")
        click.echo(told.format(form=row.instrument, edition=row.edition))
