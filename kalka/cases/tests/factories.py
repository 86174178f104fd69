"""A raion with everybody a case needs, a report in it, and the case it becomes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TypeVar
from uuid import UUID

from kalka.access import services as access
from kalka.cases import services
from kalka.cases.models import Case, Incident, Participant
from kalka.cases.rules import NewIncident, Part
from kalka.core.actors import SYSTEM, Actor, organisation_holder, post_holder
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import ROLES
from kalka.intake import services as intake
from kalka.intake.models import Report
from kalka.intake.rules import NewReport
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.places.services import install_builtin
from tests.standing import stands

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)  # 08:40 in Bishkek, a Monday
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
RAION, AIMAK, VILLAGE, FAR = "41704245000000", "417D0410100000", "417D0410101000", "417D0510100000"
T = TypeVar("T")

TOLD = NewReport(
    danger="yes",
    told_on=TODAY,
    way="visit",
    by_whom="neighbour",
    place=VILLAGE,
    what="Кечинде үйүнөн кыйкырык угулду.",
    happened="2026-11-22",
    where="Дүкөндүн жаны",
    children="yes",
    children_count=2,
)
WOMAN = NewPerson(
    sex="f",
    names=(Name("Токтосунова", "Гүлнара"),),
    birth_year=1991,
    contact=Contact(
        phone="+996555121234",
        address="Ак-Жар, Мектеп көчөсү 4",
        safe=Safe(when=(Window((0, 1, 2, 3, 4), "09:00", "13:00"),), by_whom="woman", say="Дарыканадан"),
    ),
)
MAN = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), band="35-44")
CHILD = NewPerson(sex="f", band="7-13")


@command("cases.in_test", needs=Permission.SYSTEM)
def _in_test(actor: Actor, *, do: Callable[[], T]) -> T:
    return do()


def in_a_command(do: Callable[[], T]) -> T:
    return _in_test(SYSTEM, do=do)


def office(kind: str = "police", place: str = AIMAK) -> Organisation:
    return Organisation.objects.create(kind=kind, name={"ky": kind, "ru": kind, "en": kind}, place=place)


def post(
    role: str,
    *,
    place: str = AIMAK,
    organisation: Organisation | None = None,
    user_id: int = 0,
    leads: bool = False,
) -> Actor:
    """A held post, and whoever acts in it."""
    organisation = organisation or office(place=place)
    since = date(2020, 1, 1)
    made = Post.objects.create(role=role, organisation=organisation, place=place, since=since, leads=leads)
    user_id = user_id or 10**9 + made.pk  # never the number of an account
    Holding.objects.create(post=made, user_id=user_id, since=date(2020, 1, 1))
    return Actor(
        user_id,
        ROLES[role].permissions,
        (post_holder(made.pk), organisation_holder(organisation.pk)),
        post_id=made.pk,
        organisation_id=organisation.pk,
        role=role,
        place=place,
        leads=leads,
    )


@stands
def raion() -> SimpleNamespace:
    """Everybody around a case in one aimak, a psychologist with a colleague in a centre, and a stranger elsewhere."""
    install_builtin(SYSTEM, now=NOW, demo=True)
    centre = office("crisis_centre", RAION)
    return SimpleNamespace(
        centre=centre,
        worker=post("social_worker"),
        inspector=post("police_inspector"),
        officer=post("supervising_officer", place=RAION),
        coordinator=post("window_coordinator", place=RAION),
        children=post("child_protection", place=RAION),
        psychologist=post("psychologist", place=RAION, organisation=centre),
        colleague=post("psychologist", place=RAION, organisation=centre),
        crisis=post("crisis_worker", place=RAION, organisation=centre),
        stranger=post("social_worker", place=FAR),
    )


def reported(by: Actor, **said: object) -> Report:
    return intake.receive_report(by, id=new_id(), told=replace(TOLD, **said), now=NOW)


def opened(
    world: SimpleNamespace, *, protected: NewPerson | None = WOMAN, by: Actor | None = None, **said: object
) -> Case:
    """A case from a report of the inspector, who may triage it. Without children unless the report says so."""
    by = by or world.inspector
    report = reported(by, **({"children": "no", "children_count": None} | said))
    return services.open_case(by, id=new_id(), report_id=report.pk, protected=protected, now=NOW)


def add(
    actor: Actor, case: Case, person: NewPerson | UUID = MAN, part: Part = Part.ALLEGED, **more: object
) -> Participant:
    told = {"relation": "spouse" if part is Part.ALLEGED else "unknown", "now": NOW} | more
    return services.add_participant(actor, id=new_id(), case_ref=case.ref, person=person, part=part, **told)


def join(actor: Actor, case: Case, other: Actor, **more: object) -> object:
    told = {"now": NOW} | more
    return services.add_member(actor, id=new_id(), case_ref=case.ref, post_id=other.post_id, **told)


def incident(actor: Actor, case: Case, *, now: datetime = NOW, id: UUID | None = None, **said: object) -> Incident:
    told = replace(NewIncident(on=TODAY, forms=("physical",), what="Урду."), **said)
    return services.record_incident(actor, id=id or new_id(), case_ref=case.ref, told=told, now=now)


def protected_of(case: Case) -> UUID:
    return Participant.objects.get(case=case, part=Part.PROTECTED).person_id


def wall(subject_id: UUID, user_id: int) -> None:
    in_a_command(lambda: access.wall(subject_id, user_id, why="kin", now=NOW))
