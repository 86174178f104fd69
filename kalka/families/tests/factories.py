"""A committee of several neighbours in one aimak, the staff around it, and a family two of them may know of."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.accounts import services as accounts
from kalka.cases.tests.factories import AIMAK, NOW, TODAY, office, post, raion
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.demo.staffing import FOUNDER
from kalka.families import services
from kalka.families.models import FamilyAtRisk
from kalka.families.rules import NewContact, NewEnd, NewFamily, NewWork
from tests.standing import stands

DAY = timedelta(days=1)
WORDS = "Күйөөсү иштебейт, кечинде ичет. Бала мектепке барбай калды."


@stands
def world() -> SimpleNamespace:
    """The secretary, three members and a stranger's committee. Everybody has an account, for their names are shown."""
    made = raion()
    made.committee = office("committee", AIMAK)
    made.elsewhere = office("committee", "417D0510100000")
    made.secretary = seated(made.committee, "committee_secretary", "katchy-b", "Бурул Жээнбекова", leads=True)
    made.member = seated(made.committee, "committee_member", "mucho-t", "Токтогул Осмонов")
    made.third = seated(made.committee, "committee_member", "mucho-a", "Айша Бекова")
    made.fourth = seated(made.committee, "committee_member", "mucho-d", "Дамира Акматова")
    made.other = seated(made.elsewhere, "committee_secretary", "katchy-z", "Зулфия Мирзаева", place="417D0510100000")
    made.region = post("regional_coordinator", place="41704000000000")
    made.far_region = post("regional_coordinator", place="41705000000000")
    return made


def seated(organisation: object, role: str, login: str, name: str, *, place: str = AIMAK, leads: bool = False) -> Actor:
    user = accounts.create_user(FOUNDER, login=login, name=name, password=None, now=NOW)
    return post(role, place=place, organisation=organisation, user_id=user.pk, leads=leads)


def noted(by: Actor, second: Actor | None = None, *, id: UUID | None = None, now=NOW, **told: object) -> FamilyAtRisk:
    given = {"how": "round", "signs": ("alcohol", "school"), "sex": "f", "band": "25-34", "told": WORDS, **told}
    asked = second.post_id if second else None
    return services.note_family(by, id=id or new_id(), told=NewFamily(second=asked, **given), now=now)


def paired(by: Actor, second: Actor, *, now=NOW, **told: object) -> FamilyAtRisk:
    family = noted(by, second, now=now, **told)
    services.take_seat(second, id=new_id(), case_ref=family.case_ref, now=now)
    return family


def contact(by: Actor, family: FamilyAtRisk, *, on=TODAY, now=NOW, id: UUID | None = None, **told: object):
    given = {"way": "visit", "met": "spoke", **told}
    said = NewContact(on=on, **given)
    return services.record_contact(by, id=id or new_id(), case_ref=family.case_ref, told=said, now=now)


def work(by: Actor, family: FamilyAtRisk, kind: str, *, on=TODAY, now=NOW, **told: object):
    said = NewWork(kind=kind, on=on, **told)
    return services.record_work(by, id=new_id(), case_ref=family.case_ref, told=said, now=now)


def ended(by: Actor, family: FamilyAtRisk, how: str = "passed", *, on=TODAY, now=NOW):
    return services.record_outcome(by, id=new_id(), case_ref=family.case_ref, told=NewEnd(how, on), now=now)
