"""Lists that other modules keep, in the language of the page."""

from datetime import date

from django.utils.translation import get_language

from kalka.lawbook import codes
from kalka.people import relations
from kalka.places import selectors as places
from kalka.ui.text import StrOrPromise

# The law that first named forms of violence. What happened before is recorded by its first list.
FIRST_LIST = date(2017, 4, 27)


def form_titles(on: date) -> dict[str, StrOrPromise]:
    """The forms of violence to record for a day, also those the law did not name then."""
    return {form.code: form.title[lang()] for form in codes.forms_on(max(on, FIRST_LIST))}


def relation_choices(on: date) -> list[tuple[str, StrOrPromise]]:
    return list(relations.choices(on, lang()))


def relation(code: str) -> str:
    return relations.title(code, lang())


def lang() -> str:
    return (get_language() or "ky")[:2]


def place_choices(place: str) -> list[tuple[str, StrOrPromise]]:
    """The places of the same raion, without villages; all of them where the place lies in none."""
    above = places.chain(place)
    return [*places.choices(under=above[1] if len(above) > 1 else "", lang=lang())]
