"""A clinic and a school beside a case they do not see, and whoever answers for the place."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.cases.rules import Part
from kalka.cases.tests.factories import AIMAK, MAN, NOW, VILLAGE, WOMAN, add, join, opened, post, raion
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.findings import services
from kalka.findings.models import ClinicFinding, SchoolReport
from kalka.findings.rules import Mark, NewFinding, NewSchool
from tests.standing import stands

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BRUISE = Mark("neck", "strangling", "5")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
TOLD, SAID = "Мойнунда муунтуу издери", "Атам апамды урду"


@stands
def world() -> SimpleNamespace:
    at = raion()
    at.clinic, at.school = post("health_worker", place=AIMAK), post("educator", place=AIMAK)
    at.guard = at.children  # child protection of the raion
    at.case = opened(at, by=at.inspector)
    join(at.inspector, at.case, at.worker)
    join(at.inspector, at.case, at.guard)
    return at


def found(
    actor: Actor,
    *,
    now: datetime = NOW,
    id: UUID | None = None,
    photos: tuple[tuple[str, bytes], ...] = (),
    **said: object,
) -> ClinicFinding:
    given = {"place": VILLAGE, "sexual": "yes", "marks": (BRUISE,), "told": TOLD, "name": "Айгүл", **said}
    return services.write_finding(actor, id=id or new_id(), told=NewFinding(**given), photos=photos, now=now)


def reported(actor: Actor, *, now: datetime = NOW, id: UUID | None = None, **said: object) -> SchoolReport:
    given = {"place": VILLAGE, "sex": "f", "age_band": "7-13", "signs": ("told", "fear"), "told": SAID, **said}
    return services.report_child(actor, id=id or new_id(), told=NewSchool(**given), now=now)


def family(at: SimpleNamespace) -> tuple[UUID, UUID]:
    """A mother who speaks for the child, and a father who is said to have done it and is a guardian too."""
    father = add(at.inspector, at.case, MAN, Part.ALLEGED).person_id
    add(at.inspector, at.case, father, Part.GUARDIAN, relation="unknown")
    mother = add(at.inspector, at.case, WOMAN, Part.GUARDIAN, relation="unknown").person_id
    return mother, father
