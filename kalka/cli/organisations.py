"""Organisations, made before anybody can sign in: a post stands in one. Posts and people are made on the pages."""

import json

import click
from django.utils.translation import gettext as _

from kalka.cli.law import LANGUAGES, language_of
from kalka.cli.serving import unwrap_root_key
from kalka.cli.users import CONSOLE
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.directory import selectors, services
from kalka.directory.roles import KINDS
from kalka.ui.words import say


@click.group(help=_("Organisations in which posts stand."))
def organisation() -> None:
    pass


@organisation.command("add", help=_("Make an organisation. KIND is a code; an unknown one lists them."))
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@click.option("--place", required=True, help=_("Code of its territory."))
@click.option("--ky", required=True, help=_("Its name in Kyrgyz."))
@click.option("--ru", required=True, help=_("Its name in Russian."))
@click.option("--en", required=True, help=_("Its name in English."))
@click.option("--parent", type=int, help=_("Number of the organisation above it, to which late duties go on."))
def add(kind: str, place: str, ky: str, ru: str, en: str, parent: int | None) -> None:
    unwrap_root_key()
    names = {"ky": ky, "ru": ru, "en": en}
    try:
        made = services.create_organisation(
            CONSOLE, kind=kind, name=names, place=place, parent_id=parent, now=clock.now()
        )
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Organisation {number} is made.").format(number=made.id))


@organisation.command("list", help=_("List the organisations with their numbers."))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def listing(lang: str | None, as_json: bool) -> None:
    found, language = selectors.organisations(), language_of(lang)
    if as_json:
        rows = [
            {"id": one.id, "kind": one.kind, "place": one.place, "parent": one.parent_id, "name": one.name(language)}
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.id:>6}  {one.kind:<16}{one.place:<18}{one.name(language)}")
