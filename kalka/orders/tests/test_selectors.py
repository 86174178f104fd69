import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalka.cases import selectors as case_selectors
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.orders import selectors
from kalka.orders.models import ProtectionOrder, dated
from kalka.orders.rules import NewBreach, State
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, HOUR, ISSUED, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.world()


def reads() -> list[str]:
    return list(AuditEntry.objects.filter(kind="read").order_by("id").values_list("command", flat=True))


def running(world, at=NOW, by=None):
    return selectors.running(by or world.inspector, world.case.subject_id, now=at)


# Of one case


def test_what_runs_is_shown_with_its_issuer_and_its_law(world):
    order = make.registered(world)
    (line,) = running(world)
    assert (line.id, line.ref, line.authority, line.state, line.last_day) == (
        order.pk,
        world.case.ref,
        "police",
        State.RUNNING,
        TODAY + 30 * DAY,
    )
    assert (line.pending, line.served, line.extended, line.runs, line.counting_is_set) == (
        False,
        False,
        False,
        True,
        False,
    )
    assert "161" in line.cite


def test_a_pending_order_runs_and_says_so(world):
    make.registered(world, make.pending(world, authority=world.office.pk))
    assert [(line.state, line.pending, line.authority) for line in running(world)] == [(State.PENDING, True, "police")]


@pytest.mark.parametrize("who", ["stranger", "prosecutor", "coordinator"])
def test_whoever_does_not_see_the_file_finds_no_order_in_it(world, who):
    make.registered(world)
    actor = getattr(world, who)
    assert running(world, by=actor) == ()
    assert not selectors.runs(actor, world.case.subject_id, now=NOW)
    assert selectors.open_work(actor, world.case.subject_id, now=NOW) == ()
    assert selectors.timeline(actor, world.case.subject_id, now=NOW) == []


def test_whoever_is_walled_off_finds_none_either(world):
    order = make.registered(world)
    cases.wall(world.case.subject_id, world.inspector.user_id)
    assert running(world) == ()
    with pytest.raises(AccessDenied):
        selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW)


STEPS = st.lists(st.tuples(st.integers(0, 70), st.integers(1, 60), st.booleans(), st.booleans()), max_size=4)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(-5, 120))
def test_the_database_and_the_rule_agree_on_what_runs(world, steps, later):
    ProtectionOrder.objects.all()
    for ago, _longer, number, _end in steps:
        told = make.paper(world, numbered=None, issued_at=ISSUED - ago * DAY)
        order = make.registered(world, told)
        if number:
            make.completed(world, order, f"{order.pk.int}"[:30])
        if _end:
            make.revoked(world, order) if ago < 30 else None
        elif ago < 30:
            make.extended(world, order, order.ends + _longer * DAY)
    at = NOW + later * DAY
    by_rule = {one.pk for one in ProtectionOrder.objects.dated() if dated(one).runs(at)}
    assert set(ProtectionOrder.objects.running(at).values_list("pk", flat=True)) == by_rule


def test_the_card_of_a_case_opens_no_number(world):
    make.registered(world)
    head = case_selectors.case_page(world.inspector, world.case.ref, now=NOW).head
    before = len(reads())
    panel = selectors.panel(world.inspector, head, now=NOW)
    assert ([line.authority for line in panel.orders], panel.may_register) == (["police"], True)
    assert len(reads()) == before


def test_an_order_that_runs_unserved_or_without_a_number_keeps_a_case_open(world):
    make.registered(world, make.pending(world))
    codes = [blocker.code for blocker in selectors.open_work(world.inspector, world.case.subject_id, now=NOW)]
    assert codes == ["orders.running", "orders.unserved", "orders.no_number"]
    later = [b.code for b in selectors.open_work(world.inspector, world.case.subject_id, now=NOW + 40 * DAY)]
    assert later == ["orders.no_number"]


def test_a_served_order_that_is_over_blocks_nothing(world):
    make.served(world, make.registered(world))
    assert selectors.open_work(world.inspector, world.case.subject_id, now=NOW + 40 * DAY) == ()


# One order


def test_the_page_of_an_order_opens_its_number_once_and_says_so(world):
    order = make.registered(world, make.paper(world, "№ 12/345", note="Мектепке барбайт."))
    page = selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW)
    assert (page.number, page.note) == ("№ 12/345", "Мектепке барбайт.")
    assert {one.id for one in page.protected} == {world.she, world.child}
    assert page.respondent.id == world.man
    assert (page.may_complete, page.may_serve, page.may_end, page.may_note_breach) == (False, True, True, True)
    assert reads()[-1] == "orders.page"
    assert "12/345" not in repr(page) and "Мектеп" not in repr(page)


def test_an_order_is_found_in_its_own_case_alone(world):
    order = make.registered(world)
    other = make.fill(type(world)(**vars(world)))
    for actor, ref in ((world.inspector, other.case.ref), (world.stranger, world.case.ref)):
        with pytest.raises(AccessDenied):
            selectors.order_page(actor, ref, order.pk, now=NOW)


def test_everything_that_happened_is_in_its_time(world):
    order = make.registered(world, make.pending(world, issued_at=NOW - 2 * DAY))
    make.completed(world, order, now=NOW + HOUR)
    make.served(world, order, told="Кошунасы бар эле.")
    make.extended(world, order, TODAY + 60 * DAY)
    make.breached(world, order, told=NewBreach(on=TODAY - DAY, how="contact", told="Чалды."))
    make.revoked(world, order)
    page = selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW + HOUR)
    assert {item.what for item in page.timeline} == {
        f"orders.{what}" for what in ("registered", "numbered", "served", "extended", "breached", "revoked")
    }
    assert {line for item in page.timeline for line in item.lines} == {
        "Кошунасы бар эле.",
        "Чалды.",
        "Сот жокко чыгарды.",
    }
    late = {item.what for item in page.timeline if item.recorded_at}
    assert late == {"orders.registered", "orders.breached"}


def test_without_keys_the_time_shows_no_words(world):
    make.served(world, make.registered(world), told="Кошунасы бар эле.")
    items = selectors.timeline(world.inspector, world.case.subject_id, now=NOW)
    assert {item.what for item in items} == {"orders.registered", "orders.served"}
    assert [item.lines for item in items] == [(), ()]


def test_a_page_asks_as_much_for_many_records_as_for_few(world):
    order = make.registered(world)
    more(world, order, "0")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            selectors.order_page(world.inspector, world.case.ref, order.pk, now=NOW)
        return len(asked)

    count()
    few = count()
    for number in "123":
        more(world, order, number)
    assert count() == few


def more(world, order, number):
    make.breached(world, order)
    make.served(world, order, how="not_found")
    make.registered(world, make.paper(world, f"9/{number}"))
