"""Facts of violence without an order: which they are, why there is none, and that nothing drops off the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kalka.access import selectors as access
from kalka.cases import facts_told
from kalka.cases.facts_told import Fact
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.orders import covering, facts, selectors, services, views
from kalka.orders.models import NoOrder
from kalka.orders.rules.unissued import NEED_WORDS, NewReason, Term, Unissued, check_reason, uncovered
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, NOW, TODAY

both = [pytest.mark.django_db, pytest.mark.both]
FAR = date(2026, 1, 1)
DAYS = st.integers(0, 200).map(lambda n: FAR + timedelta(days=n))


# Which facts have none


@given(st.lists(DAYS, max_size=6).map(sorted))
def test_without_any_order_every_fact_is_on_the_list(days):
    assert uncovered(days, []) == tuple(range(len(days)))


@given(st.lists(DAYS, min_size=1, max_size=6).map(sorted), DAYS, st.integers(0, 30))
def test_an_order_takes_off_the_list_what_it_ran_on_and_the_last_fact_before_its_issue_and_no_other(days, on, length):
    term = Term(on, on, on + timedelta(days=length))
    bare = {days[n] for n in uncovered(days, [term])}
    before = [day for day in days if day <= on]
    for day in set(days):
        covered = term.starts <= day <= term.last_day or (before and day == before[-1])
        assert (day in bare) == (not covered)


def test_an_order_for_a_later_fact_does_not_stand_for_the_first_one():
    first, second = FAR, FAR + timedelta(days=90)
    assert uncovered([first, second], [Term(second, second, second + timedelta(days=30))]) == (0,)


@pytest.mark.parametrize("why", list(Unissued))
def test_some_reasons_need_words(why):
    if why not in NEED_WORDS:
        check_reason(NewReason("", why))
        return
    with pytest.raises(DomainError) as refused:
        check_reason(NewReason("", why, "  "))
    assert (refused.value.code, refused.value.facts) == ("orders.say_why_none", {"field": "told"})
    check_reason(NewReason("", why, "Ордер берилген жок."))


# The list


@pytest.fixture
def world():
    return make.world()


def listed(world, **given):
    return selectors.without_order(world.inspector, now=NOW, **given)


def explained(world, why=Unissued.ABROAD, *, by=None, fact="", told="", id=None, now=NOW):
    said = NewReason(fact, why, told)
    return services.explain_no_order(
        by or world.inspector, id=id or new_id(), case_ref=world.case.ref, told=said, now=now
    )


@pytest.mark.django_db
@pytest.mark.both
def test_a_case_without_an_order_is_on_the_list_until_there_is_one(world):
    (line,) = listed(world).lines
    assert (line.ref, line.place, line.incident, line.on) == (world.case.ref, world.case.place, None, TODAY)
    assert (line.due_at, line.why, line.said_at) == (world.case.recorded_at + DAY, "", None)
    assert line.late(NOW + 2 * DAY) and not line.late(NOW)
    make.registered(world)
    assert listed(world).lines == ()
    assert listed(world).looked == 1


@pytest.mark.django_db
@pytest.mark.both
def test_violence_after_the_order_ended_is_a_fact_of_its_own(world):
    make.registered(world)
    again = TODAY + timedelta(days=60)
    made = cases.incident(world.inspector, world.case, now=NOW + 61 * DAY, on=again, precision="day")
    (line,) = selectors.without_order(world.inspector, now=NOW + 62 * DAY).lines
    assert (line.incident, line.on) == (made.pk, again)


@pytest.mark.django_db
@pytest.mark.both
def test_a_reason_stands_beside_the_fact_and_takes_nothing_off_the_list(world):
    explained(world, Unissued.BEING_ISSUED)
    row = explained(world, Unissued.REFUSED, told="Орган бербей койду.", now=NOW + DAY)
    (line,) = listed(world).lines
    assert (line.why, line.said_at) == (Unissued.REFUSED, NOW + DAY)
    assert listed(world).unexplained == 0
    assert NoOrder.objects.count() == 2, "the earlier one stays as it was"
    keys = cases.in_a_command(lambda: access.keys_for(world.inspector, world.case.subject_id, now=NOW))
    assert keys.get(row, "told") == "Орган бербей койду."
    entry = AuditEntry.objects.filter(command="orders.explain_no_order").latest("id")
    assert "Орган" not in str(entry.__dict__)


@pytest.mark.django_db
@pytest.mark.both
def test_the_same_answer_twice_is_once(world):
    id = new_id()
    assert explained(world, id=id).pk == explained(world, id=id).pk
    assert NoOrder.objects.count() == 1


def refused(do, code: str) -> None:
    with pytest.raises(DomainError) as said:
        do()
    assert said.value.code == code
    assert NoOrder.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.both
def test_what_has_its_order_or_is_no_fact_of_the_case_is_refused(world):
    refused(lambda: explained(world, fact=str(new_id())), "orders.fact_has_an_order")
    refused(lambda: explained(world, "because"), "orders.unknown_code")
    make.registered(world)
    refused(lambda: explained(world), "orders.fact_has_an_order")
    with pytest.raises(Stale):
        explained(world)


@pytest.mark.django_db
@pytest.mark.both
def test_whoever_does_not_see_the_case_neither_sees_nor_explains_it(world):
    stranger = cases.post("police_inspector", place=cases.FAR)
    assert selectors.without_order(stranger, now=NOW).lines == ()
    with pytest.raises(AccessDenied):
        explained(world, by=stranger)
    with pytest.raises(AccessDenied):
        selectors.without_of_case(stranger, world.case.ref, now=NOW)
    cases.wall(world.case.subject_id, world.inspector.user_id)
    assert listed(world).lines == ()


@pytest.mark.django_db
@pytest.mark.both
def test_the_list_goes_on_where_a_page_ended_and_loses_none(world, django_assert_max_num_queries):
    made = [world.case, *(cases.opened(world) for _ in range(4))]
    seen, after = [], None
    while True:
        with django_assert_max_num_queries(6):
            page = listed(world, after=after, size=2)
        seen += [line.ref for line in page.lines]
        after = page.following
        if after is None:
            break
    assert sorted(seen) == sorted(case.ref for case in made)


# As figures


def counted(world) -> list[tuple]:
    extract = Extract(
        NOW + 100 * DAY, TODAY + timedelta(days=100), b"salt", subjects=frozenset({world.case.subject_id})
    )
    rows = [row for batch in facts.facts(extract) for row in batch.rows]
    return sorted((row.on, row.without, row.why) for row in rows)


@pytest.mark.django_db
@pytest.mark.both
def test_every_fact_is_counted_with_what_was_said_of_those_that_have_no_order(world):
    assert counted(world) == [(TODAY, True, "")]
    explained(world, Unissued.NOT_FOUND)
    explained(world, Unissued.ABROAD, now=NOW + DAY)
    assert counted(world) == [(TODAY, True, "abroad")]
    make.registered(world)
    assert counted(world) == [(TODAY, False, "")]
    again = TODAY + timedelta(days=60)
    cases.incident(world.inspector, world.case, now=NOW + 61 * DAY, on=again, precision="day")
    assert counted(world) == [(TODAY, False, ""), (again, True, "")]


@pytest.mark.django_db
@pytest.mark.both
def test_what_was_written_down_after_a_copy_is_not_in_it(world):
    cases.incident(world.inspector, world.case, now=NOW + 61 * DAY, on=TODAY + timedelta(days=60), precision="day")
    extract = Extract(NOW + DAY, TODAY + timedelta(days=100), b"salt")
    rows = [row for batch in facts.facts(extract) for row in batch.rows]
    assert [(row.on, row.without) for row in rows if row.place == world.case.place] == [(TODAY, True)]


# The pages


def ask(view, actor, *args, told=None):
    factory = RequestFactory()
    request = factory.get("/") if told is None else factory.post("/", told)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        return view(request, *args)


@pytest.mark.django_db
def test_the_list_leads_to_the_reason_and_back(world):
    text = ask(views.without, world.inspector).content.decode()
    assert f"/cases/{world.case.ref}/no-order/" in text and "of 1 nobody says why" in text
    page = ask(views.no_order, world.inspector, world.case.ref)
    assert (page.status_code, b"The case was opened on" in page.content) == (200, True)
    key, told = str(new_id()), "Алысбеков деген адам"
    bad = ask(views.no_order, world.inspector, world.case.ref, told={"key": key, "fact": "opening", "told": told})
    assert "Choose the reason" in bad.content.decode() and told in bad.content.decode(), "the words are given back"
    done = {"key": key, "fact": "opening", "why": "refused", "told": told}
    answer = ask(views.no_order, world.inspector, world.case.ref, told=done)
    assert (answer.status_code, answer.url) == (302, "/orders/without/")
    text = ask(views.without, world.inspector).content.decode()
    assert "The body would not issue it" in text and "Алысбеков" not in text, "the words stay in the file"


@pytest.mark.django_db
def test_whoever_only_reads_orders_is_offered_no_way_to_explain(world):
    reader = replace(world.inspector, permissions=world.inspector.permissions - {Permission.CASE_WORK})
    text = ask(views.without, reader).content.decode()
    assert "no-order" not in text
    with pytest.raises(AccessDenied):
        explained(world, by=reader)
    make.registered(world)
    assert ask(views.no_order, world.inspector, world.case.ref).status_code == 302, "nothing is left to explain"


# Known by the month alone


@pytest.mark.django_db
@pytest.mark.both
def test_violence_of_which_only_the_month_is_known_is_counted_by_its_last_day(world):
    make.registered(world)
    told = NOW + 60 * DAY  # in January
    made = cases.incident(world.inspector, world.case, now=told, on=date(2026, 12, 1), precision="month")
    (line,) = selectors.without_order(world.inspector, now=told).lines
    assert (line.incident, line.on, line.month) == (made.pk, date(2026, 12, 31), True), "the order ended on the 23rd"
    (fact,) = facts_without(world, told)
    assert (fact.on, fact.without) == (date(2026, 12, 31), True)


@pytest.mark.django_db
def test_within_its_month_it_was_at_the_latest_on_the_day_it_was_told(world):
    make.registered(world)
    again = cases.incident(world.inspector, world.case, now=NOW + 3 * DAY, on=date(2026, 11, 1), precision="month")
    found = facts_told.of_case(world.case).facts
    assert [(one.incident, one.on, one.month) for one in found] == [
        (None, TODAY, False),
        (again.pk, TODAY + 3 * DAY, True),
    ]
    assert listed(world).lines == (), "the order ran"


@pytest.mark.parametrize(("last", "wanted"), [(date(2024, 8, 31), False), (date(2024, 9, 30), True)])
def test_the_month_in_which_the_law_changed_may_lie_before_it(last, wanted):
    assert bool(covering.orderless([Fact(None, last, NOW, month=True)], [])) == wanted


def facts_without(world, now):
    extract = Extract(before=now + DAY, until=(now + DAY).date(), salt=b"salt")
    rows = [row for batch in facts.facts(extract) for row in batch.rows]
    return [row for row in rows if row.without]
