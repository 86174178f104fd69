"""Proceedings for the browser: one man in two files, a judgement, an arrest that ran out, a sentence, weapons."""

from datetime import timedelta
from typing import Any

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core.clock import day_of
from kalka.core.refs import derived, new_id
from kalka.orders import services as orders
from kalka.orders.rules import NewBreach, NewOrder
from kalka.people.rules import Name, NewPerson
from kalka.proceedings import services
from kalka.proceedings.rules import NewCustody, NewEnd, NewProceeding, NewStep, NewWeapon

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HIM = NewPerson(sex="m", names=(Name("Осмонов", "Замир"),), birth_year=1984, pin="21203198400781")


def proceeded(town: Any, opened: Any) -> dict[str, Any]:
    """The second file is of another woman, two months before."""
    before = _file(town, opened, town.now - 60 * DAY, NewPerson(sex="f", names=(Name("Осмонова", "Назира"),)))
    case, man = _file(town, opened, town.now - 12 * DAY, NewPerson(sex="f", names=(Name("Турсунова", "Асель"),)))
    _before(town, *before)
    one, custody = _now(town, case, man)
    return {"ref": case.ref, "one": str(one.pk), "custody": str(custody.pk), "man": str(man)}


def _file(town: Any, opened: Any, at: Any, her: NewPerson) -> tuple[Any, Any]:
    case = opened(town, at, protected=her, danger="yes")
    named = {"case_ref": case.ref, "now": at + HOUR}
    put = cases.add_participant(town.inspektor, id=new_id(), person=HIM, part=Part.ALLEGED, relation="spouse", **named)
    return case, put.person_id


def _before(town: Any, case: Any, man: Any) -> None:
    at = town.now - 60 * DAY + 2 * HOUR
    named = {"case_ref": case.ref, "now": at}
    told = NewOrder(issued_at=at, respondent=man)
    order = orders.register_order(town.inspektor, id=new_id(), told=told, **named)
    new = NewProceeding(man, "offence", day_of(at), register="journal", number="7-1182")
    row = services.open_proceeding(town.inspektor, id=new_id(), told=new, **named)
    named["now"] = at + 3 * DAY
    broken = NewBreach(on=day_of(at + DAY), how="came")
    orders.record_breach(town.inspektor, id=new_id(), order_id=order.pk, told=broken, **named)
    end = NewEnd("guilty", day_of(at + 3 * DAY), sentence="arrest", amount=5, arrested_at=at + 3 * DAY)
    ended = services.end_proceeding(town.inspektor, id=new_id(), proceeding_id=row.pk, told=end, **named)
    free = {"custody_id": derived(ended.pk, "custody"), "at": at + 8 * DAY, "how": "term", "now": at + 8 * DAY}
    services.release(town.inspektor, id=new_id(), **free)


def _now(town: Any, case: Any, man: Any) -> tuple[Any, Any]:
    at = town.now - 11 * DAY
    named = {"case_ref": case.ref, "now": at}
    bans = {"bans": ("no_contact", "leave_home"), "register": "journal", "number": "11-204"}
    told = "Тыюу салынганына карабай үйгө эки жолу келип, эшикти сындырды."
    new = NewProceeding(man, "refusal_of_bans", day_of(at), told=told, **bans)
    row = services.open_proceeding(town.inspektor, id=new_id(), told=new, **named)
    refused = services.open_proceeding(
        town.inspektor, id=new_id(), told=NewProceeding(man, "stalking", day_of(at)), **named
    )
    no = NewEnd("refused", day_of(at), reason="no_elements")
    services.end_proceeding(town.inspektor, id=new_id(), proceeding_id=refused.pk, told=no, **named)
    step = NewStep("court", day_of(at))
    services.note_step(town.inspektor, id=new_id(), proceeding_id=row.pk, told=step, **named)
    gun = NewWeapon(man, "taken", day_of(at), "Мергенчи мылтыгы, 31-протокол")
    services.note_weapon(town.inspektor, id=new_id(), told=gun, **named)
    held = NewCustody(man, "sentence", "penitentiary", at, town.now + 6 * DAY)
    return row, services.take_into_custody(town.inspektor, id=new_id(), told=held, **named)
