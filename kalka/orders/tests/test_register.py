"""The police register: a file and a double of the other side; what differs is shown and nothing is overwritten."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from kalka.cases.rules import Part
from kalka.cases.tests import factories as cases
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.orders import importing, selectors, services, views
from kalka.orders.adapter import Pulled, pull
from kalka.orders.models import OrderNumber, ProtectedPerson, ProtectionOrder, RegisterLine
from kalka.orders.rules import Numbered
from kalka.orders.rules.listed import Listed
from kalka.orders.selectors import Asked
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, NOW, TODAY
from kalka.orders.tests.test_road import HE, PIN
from kalka.orders.tests.test_views import ask, text
from kalka.sheets import loading

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    made = make.world()
    made.man = cases.add(made.inspector, made.case, HE, Part.ALLEGED).person_id
    return made


def line(world, number="77/1", **said):
    told = Listed(Numbered(world.office.pk, number), TODAY, TODAY + 30 * DAY, ("no_contact",), pin=PIN)
    return replace(told, **said)


def taken(world, told=None, *, by=None, id=None, now=NOW):
    return services.take_listed(by or world.inspector, id=id or new_id(), told=told or line(world), now=now)


def standing(world):
    found = Duty.objects.standing().filter(subject_id=world.case.subject_id)
    return set(found.values_list("kind", flat=True))


def test_an_order_of_the_one_case_that_has_this_man_is_registered_there_with_all_that_follows(world):
    taken(world)
    order = ProtectionOrder.objects.dated().get()
    assert (order.case_ref, order.respondent_id, order.starts, order.ends) == (
        world.case.ref,
        world.man,
        TODAY,
        TODAY + 30 * DAY,
    )
    assert set(ProtectedPerson.objects.values_list("person", flat=True)) == {world.she, world.child}
    assert {"order.serve", "order.check_compliance", "order.before_expiry"} <= standing(world)
    assert selectors.in_no_case(world.inspector, now=NOW) == ()
    entry = AuditEntry.objects.latest("id")
    assert entry.command == "orders.take_listed"


def test_a_pending_order_of_that_day_gets_its_number_and_no_second_one_is_made(world):
    order = make.registered(world, make.pending(world))
    taken(world, line(world, conditions=()))
    assert OrderNumber.objects.get().order_id == order.pk
    assert ProtectionOrder.objects.count() == 1


def test_taken_again_by_whoever_of_the_office_it_is_there_once_and_other_words_are_refused(world):
    id = new_id()
    for by in (world.inspector, world.officer):
        taken(world, by=by, id=id)
    assert (RegisterLine.objects.count(), ProtectionOrder.objects.count()) == (1, 1)
    refused = make.refusal(lambda: taken(world, line(world, last_day=TODAY + 9 * DAY), id=id))
    assert refused.code == "core.id_taken"


def test_what_differs_is_shown_asked_about_and_never_overwritten(world):
    order = make.registered(world, make.paper(world, "77/1"))
    kept = ("issued_at", "starts", "ends", "stated", "conditions", "basis", "digest")
    before = ProtectionOrder.objects.values(*kept).get()
    taken(world, line(world, last_day=TODAY + 10 * DAY, conditions=("leave_home",)))
    assert ProtectionOrder.objects.values(*kept).get() == before
    page = selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW)
    assert page.register is not None
    assert (page.register.differs, page.register.last_day) == (("last_day", "conditions"), TODAY + 10 * DAY)
    assert "order.explain_register" in standing(world)
    shown = text(ask(views.order, world.inspector, world.case.ref, order.pk))
    assert "The register of the police says otherwise" in shown and "Nothing was changed here" in shown


def test_what_says_the_same_or_less_is_no_difference(world):
    order = make.registered(world, make.paper(world, "77/1"))
    taken(world, line(world, conditions=()))
    page = selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW)
    assert page.register is None and "order.explain_register" not in standing(world)


def test_the_newest_line_counts(world):
    order = make.registered(world, make.paper(world, "77/1"))
    taken(world, line(world, last_day=TODAY + 10 * DAY))
    taken(world, line(world, conditions=()), now=NOW + timedelta(hours=1))
    page = selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW + timedelta(hours=2))
    assert page.register is None


@pytest.mark.parametrize("pin", ["", "21111199000011"])
def test_a_namesake_of_the_same_year_has_nothing_placed_into_his_file(world, pin):
    order = make.registered(world, make.pending(world))
    before = standing(world)
    taken(world, line(world, pin=pin, name="Асанов Бакыт", year=1985))
    assert list(ProtectionOrder.objects.values_list("pk", flat=True)) == [order.pk]
    assert not OrderNumber.objects.exists() and standing(world) == before
    assert len(selectors.in_no_case(world.inspector, now=NOW)) == 1


@pytest.mark.parametrize("how", ["nobody", "two", "closed to me", "not said to have done it"])
def test_without_one_case_of_ones_own_it_stays_beside_and_is_found_on_the_road(world, how):
    told, by = line(world), world.inspector
    if how == "nobody":
        told = replace(told, pin="21111199000011", name="Садыков Эрмек", year=1990)
    elif how == "two":
        other = cases.opened(world)
        cases.add(world.inspector, other, HE, Part.ALLEGED)
    elif how == "closed to me":
        by = cases.post("police_inspector", place=cases.FAR)
    else:
        other = cases.opened(world)
        told = replace(told, pin="21111199000011")
        cases.add(world.inspector, other, replace(HE, pin="21111199000011"), Part.OTHER)
    taken(world, told, by=by)
    assert not ProtectionOrder.objects.exists()
    (shown,) = selectors.in_no_case(by, now=NOW)
    assert (shown.issued_on, shown.last_day, shown.codes) == (TODAY, TODAY + 30 * DAY, ("no_contact",))
    far = cases.post("police_inspector", place=cases.FAR)
    for asked in (Asked(number="77/1"), Asked(pin=told.pin)):
        assert [one.id for one in selectors.listed_elsewhere(far, asked, now=NOW)] == [shown.id]
    assert selectors.listed_elsewhere(far, Asked(pin=told.pin), now=NOW + 31 * DAY) == ()
    assert selectors.listed_elsewhere(world.prosecutor, Asked(pin=told.pin), now=NOW) == ()


def test_a_line_is_replaced_by_whoever_brought_it_and_anothers_stands_beside_it(world):
    far, pin = cases.post("police_inspector", place=cases.FAR), "21111199000011"
    taken(world, line(world, pin=pin))
    taken(world, line(world, pin=pin, last_day=TODAY), by=far, now=NOW + timedelta(hours=1))
    later = NOW + timedelta(days=2)
    (shown,) = selectors.listed_elsewhere(far, Asked(pin=pin), now=later)
    assert shown.last_day == TODAY + 30 * DAY
    assert [one.id for one in selectors.in_no_case(world.inspector, now=later)] == [shown.id]
    taken(world, line(world, pin=pin, last_day=TODAY + DAY), now=NOW + timedelta(hours=2))
    assert selectors.listed_elsewhere(far, Asked(pin=pin), now=later) == ()


def test_by_name_and_year_it_is_found_and_says_so(world):
    taken(world, line(world, pin="", name="Садыков Эрмек Болотович", year=1990))
    (found,) = selectors.listed_elsewhere(world.inspector, Asked(name="Ermek Sadykov", year=1990), now=NOW)
    assert found.by_name
    asked = Asked(pin=PIN, name="Ermek Sadykov", year=1990)
    assert [one.by_name for one in selectors.listed_elsewhere(world.inspector, asked, now=NOW)] == [True]
    assert selectors.listed_elsewhere(world.inspector, Asked(name="Ermek Sadykov", year=1991), now=NOW) == ()


def test_who_is_found_by_number_is_not_somebody_who_is_called_so(world):
    taken(world, line(world, pin="21111199000011", name="Садыков Эрмек", year=1990))
    asked = Asked(pin="21111199000011", name="Садыков Эрмек", year=1990)
    assert [one.by_name for one in selectors.listed_elsewhere(world.inspector, asked, now=NOW)] == [False]


def test_nothing_that_can_be_read_is_kept_of_him(world):
    taken(world, line(world, pin="21111199000011", name="Садыков Эрмек", year=1990))
    kept = str(RegisterLine.objects.values().get())
    for word in ("Садыков", "Эрмек", "21111199000011", "77/1", "1990"):
        assert word not in kept


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"issued_on": TODAY + DAY, "last_day": TODAY + 2 * DAY}, "orders.day_to_come"),
        ({"last_day": TODAY - DAY}, "orders.ends_before_start"),
        ({"last_day": TODAY + 400 * DAY}, "orders.ends_too_late"),
        ({"conditions": ("no_tea",)}, "orders.unknown_code"),
        ({"numbered": Numbered(0, "1")}, "orders.no_such_authority"),
    ],
)
def test_a_line_that_cannot_be_is_refused(world, said, code):
    assert make.refusal(lambda: taken(world, line(world, **said))).code == code
    assert not RegisterLine.objects.exists()


FILE = """number;Берилген күнү;Акыркы күнү;Зомбулук жасаган адамдын аты-жөнү;Туулган жылы;ИПН;Тыюулар жана шарттар
77/1;23.11.2026;23.12.2026;Асанов Бакыт;1985;20101198500123;no_contact; leave_home
77/2;20.11.2026;20.12.2026;Садыков Эрмек;1990;21111199000011;
""".replace("no_contact; leave_home", '"no_contact; leave_home"').encode()


def test_an_export_loads_in_one_step_and_again_changes_nothing(world):
    for again in range(2):
        found = loading.check(importing.LOADER, world.inspector, FILE, "korgoo.csv", now=NOW)
        assert (found.errors, len(found.new), found.there) == ((), 0 if again else 2, 2 if again else 0)
        loading.take_in(importing.LOADER, world.inspector, found.new, now=NOW)
    order = ProtectionOrder.objects.get()
    assert (order.respondent_id, order.conditions) == (world.man, "leave_home,no_contact")
    assert RegisterLine.objects.count() == 2
    assert len(selectors.in_no_case(world.inspector, now=NOW)) == 1


@dataclass
class Double:
    """The other side, with what it sends again and what it sends wrong."""

    sent: list[Listed] = field(default_factory=list)

    def since(self, day):
        return [one for one in self.sent if one.issued_on >= day]


def test_the_other_side_is_asked_and_a_wrong_line_holds_up_no_other(world):
    other = Double([line(world), line(world), line(world, "??"), line(world, "77/3", issued_on=TODAY - 9 * DAY)])
    found = pull(other, world.inspector, TODAY, now=NOW)
    assert found == Pulled(2, ("orders.not_a_number",))
    assert (RegisterLine.objects.count(), ProtectionOrder.objects.count()) == (1, 1)


def test_what_two_posts_bring_of_one_order_stands_once_and_what_one_of_them_says_otherwise_beside_it(world):
    told = line(world, pin="21111199000011", name="Садыков Эрмек", year=1990)
    asked = Asked(number="77/1")
    for by in (world.inspector, world.officer):
        taken(world, told, by=by)
    assert RegisterLine.objects.count() == 2
    assert len(selectors.listed_elsewhere(world.inspector, asked, now=NOW)) == 1
    taken(world, replace(told, last_day=TODAY + 9 * DAY), by=world.officer, now=NOW + timedelta(hours=1))
    found = selectors.listed_elsewhere(world.inspector, asked, now=NOW + timedelta(hours=2))
    assert [one.last_day - TODAY for one in found] == [9 * DAY, 30 * DAY]
