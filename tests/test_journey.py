"""The map of the whole system: one family, from the first word to the closing. Every step is by its own role."""

import pytest

from kalka.cases import selectors as cases
from kalka.cases.models import Case
from kalka.cases.selectors import State
from kalka.closure import selectors as closing
from kalka.core import chain, verifying
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.intake import selectors as intake
from kalka.intake.models import Report
from kalka.orders import services as orders
from kalka.risk import selectors as risk
from tests.world import WORDS, World, day

pytestmark = [pytest.mark.django_db, pytest.mark.both]
STRANGERS = ("mucho", "mugalim", "doktur", "advokat", "katchy2", "inspektor2", "sotsial2", "prokuror", "aimak")
WITHOUT_CASES = ("admin", "auditor")


def test_one_family_from_the_first_word_to_the_closing() -> None:
    world = World()

    # A neighbour tells the secretary of the committee; the social worker must look at it.
    report = world.report("katchy", on=0)
    assert world.duties("sotsial", on=0) == {"intake.triage"}

    # She takes it into a case: the inspector is to assess, child protection is to be told of the child.
    case = world.case("sotsial", report, on=0.1)
    husband = world.husband("sotsial", case, on=0.1)
    assert world.duties("sotsial", on=0.1) == set()
    assert world.duties("inspektor", on=0.1) == {"risk.assess"}
    assert world.duties("baldar", on=0.1) == {"cases.notify_child_protection"}

    # The level brings its measures, and the decision on an order.
    assert world.assess("inspektor", case, "high", "KG03", "KG08", on=0.2).level == "3/4"
    assert "order.consider" in world.duties("inspektor", on=0.2)
    assert "measure.offer_shelter" in world.duties("sotsial", on=0.2)

    # The order runs for as long as the law of its day says; it is served, and somebody looks whether it is kept.
    order = world.order("inspektor", case, husband, on=0.3)
    assert order.ends.isoformat() == "2026-12-02"
    assert {"order.serve", "order.check_compliance"} <= world.duties("inspektor", on=0.3)
    world.serve("inspektor", order, on=0.4)
    world.visit("inspektor", case, kept="kept", on=1)
    assert "visit.make" in world.duties("inspektor", on=1)
    assert not {"order.serve", "order.check_compliance"} & world.duties("inspektor", on=1)

    # A reconciliation closes nothing. Asked to close, the system says in plain words what is open.
    world.reconcile("sotsial", case, on=2)
    with pytest.raises(DomainError, match="closure.still_open"):
        world.close("sotsial", case, on=2)
    found = closing.open_work(world["sotsial"], case.subject_id, now=day(2))
    assert {"orders.running", "duties.open"} <= {blocker.code for blocker in found}

    strangers_see_nothing(world, case, report)

    # A month later the order has run out. Nobody lowers a level alone.
    orders.note_expired(SYSTEM, now=day(31))
    world.settle(case, on=31)
    assert world.assess("inspektor", case, "low", on=31.1).proposed
    standing = risk.current(world["sotsial"], case.subject_id, now=day(31.1))
    assert standing is not None and standing.position == "3/4"
    world.agree("ofitser", case, on=31.2)

    # The last visit, the last duties: now it can be closed, and nobody has anything left to do.
    world.visit("inspektor", case, on=31.3)
    world.settle(case, on=31.3)
    assert closing.open_work(world["sotsial"], case.subject_id, now=day(31.4)) == ()
    world.close("sotsial", case, on=31.4)
    assert cases.get_case(world["sotsial"], case.ref, now=day(31.4)).stage == "closed"
    assert not {login for login in world.people if world.duties(login, on=31.4)}

    # Everything that was done, refused and read is on the record, whole and in order.
    chain.seal()
    verified = verifying.verify()
    assert verified.fault is None and verified.sealed + verified.waiting > 100


def strangers_see_nothing(world: World, case: Case, report: Report) -> None:
    """Of the same village, of another oblast, of those who keep the system: it does not exist for them."""
    for login in (*STRANGERS, *WITHOUT_CASES):
        with pytest.raises(AccessDenied):
            cases.case_page(world[login], case.ref, now=day(3))
        with pytest.raises(AccessDenied):
            intake.report_page(world[login], report.pk, now=day(3))
        assert cases.list_cases(world[login], now=day(3), state=State.ALL).lines == ()
        assert world.duties(login, on=3) == set()
    with pytest.raises(AccessDenied):  # who told it knows what was told, and no more
        cases.case_page(world["katchy"], case.ref, now=day(3))
    assert intake.report_page(world["katchy"], report.pk, now=day(3)).told["what"] == WORDS
