"""A decision as it stands after what was corrected beside it."""

from collections.abc import Iterable
from datetime import date

from kalka.sittings.models import Addendum, CaseDecision, OwnDecision
from kalka.sittings.rules import Change

AnyDecision = CaseDecision | OwnDecision


def standing(row: AnyDecision, changes: Iterable[Addendum]) -> tuple[date, int, bool]:
    """By when, whose, and whether it was withdrawn, after the addenda in their order."""
    by, responsible, withdrawn = row.by, row.responsible_id, False
    for one in changes:
        by = one.by or by
        responsible = one.responsible_id or responsible
        withdrawn = withdrawn or one.change == Change.WITHDRAWN
    return by, responsible, withdrawn
