"""A story with what was found in it pointed at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kalka.library import labels
from kalka.library.rules import Find
from kalka.library.selectors import MaterialPage
from kalka.ui import writing
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Piece:
    """`what` is empty for what nothing was found in."""

    text: str
    what: StrOrPromise = ""
    hard: bool = False


def own_handings(page: MaterialPage) -> list[tuple[str, str]]:
    """What the own organisation wrote down and has not taken back, to choose from."""
    said = _("{copies}: {name}, {day}")
    return [
        (str(one.id), said.format(copies=writing.number(one.copies), name=one.name, day=writing.day(one.on)))
        for one in page.handings
        if one.own and not one.why
    ]


def pieces(text: str, finds: Iterable[Find]) -> list[Piece]:
    found, at = [], 0
    for one in finds:
        found += [Piece(text[at : one.start])] if one.start > at else []
        found.append(Piece(text[one.start : one.end], labels.FINDS[one.what], one.hard))
        at = one.end
    return [*found, Piece(text[at:])] if at < len(text) else found
