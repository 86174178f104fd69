"""A committee with a secretary and three members, two of whom work with a family; and a sitting of it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.rules import NewConsent
from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.families.tests import factories as families
from kalka.sittings import selectors, services
from kalka.sittings.models import Item, Sitting
from kalka.sittings.rules import NewDecision, NewItem, NewSitting
from tests.standing import stands

DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=1)
UNTIL = TODAY + 90 * DAY


@stands
def world() -> SimpleNamespace:
    made = families.world.__wrapped__()  # type: ignore[attr-defined]  # in one place to stand on
    family = families.paired(made.secretary, made.member)
    made.family = SimpleNamespace(case_ref=family.case_ref, subject_id=family.subject_id)
    made.sitting = planned(made.secretary).pk
    made.holdings = {
        one.post_id: one.holding_id for one in selectors.members(made.secretary, made.secretary.organisation_id, TODAY)
    }
    return made


def planned(by: Actor, *, kind: str = "violence", at=NOW, id: UUID | None = None, now=NOW) -> Sitting:
    return services.plan_sitting(by, id=id or new_id(), told=NewSitting(kind, at), now=now)


def put(
    by: Actor, sitting: UUID, topic: str = "help", *, ref: str = "", id: UUID | None = None, now=NOW, **more
) -> Item:
    until = UNTIL if ref else None
    given = {"agreed_until": until} | {name: more.pop(name) for name in ("agreed_until",) if name in more}
    told = NewItem(topic, ref, **more)
    return services.put_item(by, id=id or new_id(), sitting_id=sitting, told=told, now=now, **given)


def came(world: SimpleNamespace, *who: Actor, sitting: UUID | None = None, now=NOW):
    holdings = [world.holdings[one.post_id] for one in (who or (world.secretary, world.member, world.third))]
    return services.hold_sitting(
        world.secretary, id=new_id(), sitting_id=sitting or world.sitting, came=holdings, now=now
    )


def decided(world: SimpleNamespace, item: Item, measure: str = "talk", *, who=None, by=None, id=None, now=NOW, **more):
    holding = world.holdings[(who or world.member).post_id]
    told = NewDecision(measure, holding, by or TODAY + 14 * DAY, **more)
    return services.decide(world.secretary, id=id or new_id(), item_id=item.pk, told=told, now=now)


def agrees(world: SimpleNamespace, case, organisation: int | None = None, purpose: str = "committee") -> None:
    """She says it to whoever works with her."""
    person = case_selectors.protected_person(world.worker, case.subject_id, now=NOW)
    told = NewConsent(organisation or world.secretary.organisation_id, purpose, person, TODAY + 30 * DAY)
    cases.give_consent(world.worker, id=new_id(), case_ref=case.ref, told=told, now=NOW)
