"""Row errors in the words of whoever chose the file."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.errors import DomainError
from kalka.sheets.table import Column, RowError
from kalka.ui import words


def lines(errors: Iterable[RowError], columns: Sequence[Column]) -> list[str]:
    """One line an error: where it stands, and what to do."""
    titles = {column.name: column.title(get_language() or "") for column in columns}
    return [line(error, titles.get(error.column, error.column)) for error in errors]


def line(error: RowError, title: str = "") -> str:
    problem = words.say(DomainError(error.code, **error.facts))
    if not title:
        return _("Row %(row)s: %(problem)s") % {"row": error.row, "problem": problem}
    return _("Row %(row)s, column “%(column)s”: %(problem)s") % {
        "row": error.row,
        "column": title,
        "problem": problem,
    }
