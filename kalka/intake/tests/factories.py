"""A territory with posts that look at reports, people who act in them, and a report."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.access.models import Grant
from kalka.core.actors import SYSTEM, Actor, organisation_holder, post_holder
from kalka.core.refs import new_id
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import ROLES
from kalka.duties.models import Duty
from kalka.intake import services
from kalka.intake.models import Report
from kalka.intake.rules import NewReport
from kalka.places.services import install_builtin
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)  # 08:40 in Bishkek, a Monday
TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
RAION, AIMAK, VILLAGE, FAR = "41704245000000", "417D0410100000", "417D0410101000", "417D0510100000"

TOLD = NewReport(
    danger="no",
    told_on=TODAY,
    way="visit",
    by_whom="neighbour",
    place=VILLAGE,
    what="Кечинде үйүнөн кыйкырык угулду.",
    happened="2026-11-22",
    where="Дүкөндүн жаны",
    children="yes",
    children_count=2,
    interpreter=True,
    language="өзбекче",
    phone="+996555121234",
    safe="Түшкө чейин, кошунасы болуп",
    reporter_name="Салтанат Эсенова",
    reporter_phone="+996700112233",
)


def post(role: str, *, place: str = AIMAK, user_id: int = 0, organisation: Organisation | None = None) -> Actor:
    """A held post and whoever holds it, with the permissions of the role and a compartment for drafts."""
    organisation = organisation or Organisation.objects.create(
        kind="committee", name={"ky": "Ак-Жар", "ru": "Ак-Жар", "en": "Ak-Jar"}, place=place
    )
    made = Post.objects.create(role=role, organisation=organisation, place=place, since=date(2020, 1, 1))
    user_id = user_id or 100 + made.pk
    Holding.objects.create(post=made, user_id=user_id, since=date(2020, 1, 1))
    own = new_id()
    new_keys(own, [Klass.OWN])
    return Actor(
        user_id,
        ROLES[role].permissions,
        (post_holder(made.pk), organisation_holder(organisation.pk)),
        post_id=made.pk,
        organisation_id=organisation.pk,
        role=role,
        place=place,
        subject_id=own,
        name="Бакыт Асанов",
    )


def village() -> SimpleNamespace:
    """An aimak with a secretary, a social worker and an inspector; a social worker elsewhere."""
    install_builtin(SYSTEM, now=NOW, demo=True)
    return SimpleNamespace(
        secretary=post("committee_secretary"),
        worker=post("social_worker"),
        inspector=post("police_inspector"),
        foreign=post("social_worker", place=FAR),
    )


def received(by: Actor, *, id: UUID | None = None, now: datetime = NOW, **said: object) -> Report:
    return services.receive_report(by, id=id or new_id(), told=replace(TOLD, **said), now=now)


def standing(report: Report) -> Duty:
    return Duty.objects.get(subject_id=report.subject_id, kind="intake.triage", ended_at=None)


def holders(report: Report) -> set[tuple[str, str]]:
    return set(Grant.objects.filter(subject_id=report.subject_id, until=None).values_list("holder", "why"))
