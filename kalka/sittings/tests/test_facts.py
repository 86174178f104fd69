from datetime import date

import pytest

from kalka.cases.tests.factories import NOW, TODAY
from kalka.committees.tests.factories import AIMAK
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.sheets.loading import check, take_in
from kalka.sheets.tests.factories import workbook
from kalka.sittings import facts, selectors, services
from kalka.sittings.importing import LOADER
from kalka.sittings.models import Sitting, Summary
from kalka.sittings.rules import NewPast
from kalka.sittings.tests import factories as made
from kalka.ui.between import Between, of_year

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEADS = ["№", "Датасы", "Отурумдун түрү", "Катышкандар", "Чечимдердин саны", "Аткарылды", "Ким уруптур"]
JOURNAL = [
    ["Ак-Жар айыл аймагынын комитетинин отурумдары"],
    HEADS,
    [1, "15.03.2022", "План боюнча", "14", 3, 2, "Асанов"],
    [2, date(2022, 6, 1), "Зомбулук боюнча", 12, 2, 2, ""],
    [3, "июнь", "профилактика", "", "", "", ""],
    [4, "01.09.2022", "той", 12, 1, 1, ""],
    [5, "01.10.2022", "Профилактика", 12, 1, 4, ""],
    [1, "15.03.2022", "План боюнча", "14", 3, 2, "Асанов"],
    ["Жалпы", "", "", 38, 6, 8],
]


@pytest.fixture
def world():
    return made.world()


def told(kind, **more):
    extract = Extract(before=NOW + 30 * made.DAY, until=TODAY + 30 * made.DAY, salt=b"s", **more)
    return [row for batch in kind(extract) for row in batch.rows]


def test_figures_know_what_was_decided_and_what_became_of_it_and_nobody(world):
    made.came(world)
    item = made.put(world.secretary, world.sitting, ref=world.family.case_ref)
    own = made.put(world.secretary, world.sitting, topic="other")
    done = made.decided(world, item, "money", som=5000)
    gone, late = made.decided(world, own, "letter"), made.decided(world, item, "visit", by=TODAY)
    services.end_sitting(world.secretary, id=new_id(), sitting_id=world.sitting, how="held", now=made.LATER)
    services.carry_out(
        world.member, id=new_id(), decision_id=done.pk, how="done", on=TODAY, budget="donor", now=made.LATER
    )
    services.add_addendum(world.secretary, id=new_id(), decision_id=gone.pk, change="withdrawn", now=made.LATER)
    called = made.planned(world.secretary, kind="planning", at=NOW + made.DAY)

    body = world.secretary.organisation_id
    assert set(told(facts.sittings)) == {
        facts.SittingFact(TODAY, AIMAK, body, "violence", "held", 3, 1, world.sitting),
        facts.SittingFact(TODAY + made.DAY, AIMAK, body, "planning", "called", 0, 0, called.pk),
    }
    assert {(one.measure, one.sort, one.about_case, one.became, one.som) for one in told(facts.decisions)} == {
        ("money", "aid", True, "done", 5000),
        (late.measure, "task", True, "late", 0),
        ("letter", "task", False, "withdrawn", 0),
    }
    assert len(told(facts.decisions, size=1)) == 3


def checked(actor, *rows):
    return check(LOADER, actor, workbook(*rows), "журнал.xlsx", now=NOW)


def test_a_journal_is_understood_or_refused_row_by_row_and_nothing_is_written(world):
    found = checked(world.secretary, *JOURNAL)

    assert [(one.row, one.column) for one in found.errors] == [(5, "on"), (6, "kind"), (7, "done")]
    assert [(one.row, one.code) for one in found.remarks] == [(8, "sheets.row_twice"), (9, "sheets.row_is_total")]
    assert found.ignored == ("Ким уруптур",)  # words about anybody are not taken
    assert (len(found.new), Sitting.objects.count()) == (2, 1)


def test_a_journal_is_taken_in_once_and_counts_as_held(world):
    rows = JOURNAL[1:4]
    taken = take_in(LOADER, world.secretary, checked(world.secretary, *rows).new, now=NOW)
    again = checked(world.secretary, *rows)

    assert (taken, len(again.new), again.there, Summary.objects.count()) == (2, 0, 2, 2)
    page = selectors.calendar(world.secretary, between=of_year(2022), now=made.LATER)
    assert (page.held, [one.on for one in page.past]) == (2, [date(2022, 6, 1), date(2022, 3, 15)])
    spring = Between(date(2022, 3, 15), date(2022, 5, 31))
    page = selectors.calendar(world.secretary, between=spring, now=made.LATER)
    assert (page.year, page.held, [one.on for one in page.past]) == (None, 1, [date(2022, 3, 15)])
    page = selectors.calendar(world.secretary, between=of_year(2022), kind="violence", now=made.LATER)
    assert [one.on for one in page.past] == [date(2022, 6, 1)]
    assert {(one.on, one.taken, one.done) for one in told(facts.counted)} == {
        (date(2022, 3, 15), 3, 2),
        (date(2022, 6, 1), 2, 2),
    }
    assert {(one.kind, one.state, one.came) for one in told(facts.sittings) if one.on.year == 2022} == {
        ("planning", "held", 14),
        ("violence", "held", 12),
    }


def test_nobody_else_brings_a_journal(world):
    with pytest.raises(AccessDenied):
        checked(world.member, *JOURNAL)
    with pytest.raises(DomainError):
        services.note_past(world.secretary, id=new_id(), told=NewPast("planning", TODAY + made.DAY), now=NOW)
    assert Sitting.objects.count() == 1
