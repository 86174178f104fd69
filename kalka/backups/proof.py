"""Inside the installation that a drill throws away again: bring it back, then open one case of it."""

import secrets
from pathlib import Path
from uuid import UUID

from kalka.access import services as access
from kalka.backups import restoring, sealing
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.vault.classes import Klass
from kalka.vault.models import SubjectKey

TRIES = 50


def restore(identity: str, *streams: str) -> dict[str, object]:
    """How much came back, and a case to open: none where the installation has none that anybody may open."""
    opened_by = sealing.identities(Path(identity).read_text())
    done = restoring.restore([Path(one) for one in streams], opened_by, newer_keys=False, now=clock.now())
    case = _some_case()
    return {
        "error": "backups.drill_record" if done.fault else "",
        "rows": done.rows,
        "subject": str(case) if case else "",
    }


def open_case(subject: str) -> dict[str, object]:
    """As its page opens it. Nothing of it leaves this process."""
    actor, now = _whoever_sees(UUID(subject)), clock.now()
    case = cases.case_of(actor, UUID(subject), now=now)
    page = cases.case_page(actor, case.ref, now=now)
    cases.identity(actor, case.ref, now=now)
    return {"error": "", "opened": int(page.head.ref == case.ref)}


def _some_case() -> UUID | None:
    """Drawn at random among the subjects that are cases and that somebody works on."""
    keys = SubjectKey.objects.filter(klass=Klass.NARRATIVE).order_by("id")
    last = keys.last()
    if last is None:
        return None
    drawn = [secrets.randbelow(last.pk + 1) for _ in range(TRIES)]
    for number in (*drawn, 0):
        for subject in keys.filter(pk__gte=number).values_list("subject_id", flat=True)[: TRIES if not number else 1]:
            if _is_case(subject):
                return subject
    return None


def _is_case(subject: UUID) -> bool:
    try:
        cases.case_of(_whoever_sees(subject), subject, now=clock.now())
    except AccessDenied:
        return False
    return True


def _whoever_sees(subject: UUID) -> Actor:
    """The installation itself, with the sight of those who work on the subject."""
    holders = tuple(access.holders_of(subject, now=clock.now()))
    return Actor(SYSTEM_ID, frozenset({Permission.SYSTEM, Permission.CASE_READ}), holders=holders)
