"""The eighty families at risk whom the committees found in 2021 and 2022: in their registers by code, helped, most of
them done with. How the help divides between them is invented."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.datafile import read
from kalka.demo.founding import worker_of
from kalka.demo.guiding import only_called, service_id
from kalka.demo.reading import WORLD
from kalka.families import services
from kalka.families.rules import End, Kind, NewContact, NewEnd, NewFamily, NewWork
from kalka.referrals import services as referrals
from kalka.referrals.rules.referral import NewReferral, NewStep
from kalka.support.rules import NewAid

FILE = Path(__file__).parent / "families.yaml"
HELPED = timedelta(days=420)
HOUR = timedelta(hours=1)
HEARD = 9  # days until somebody of the pair spoke with them
NEW_YEAR = date(2022, 1, 1)  # half of them before, half after
STAYS = 4  # every fourth is still on the list
BANDS = ("18-24", "25-34", "35-44")


def families(secretaries: list[Actor], keeper: Actor, now: datetime) -> Iterator[str]:
    """The reference of each case, as it is made: by whoever keeps the committee, one after the other. `keeper`: of the
    directory of help."""
    told = read(FILE)
    assert isinstance(told, dict)
    only_called(keeper, told["shelter"], FILE.name, now=now)
    for number in range(told["number"]):
        drawn = Random(f"family {number}")
        by = secretaries[number % len(secretaries)]
        first = told["since"] if number % 2 else NEW_YEAR
        last = told["until"] if first == NEW_YEAR else NEW_YEAR - timedelta(days=HEARD + 1)
        day = first + timedelta(days=drawn.randrange((last - first).days - HEARD))
        yield _family(by, number, day, drawn.choice(told["worries"]), told)


def _family(by: Actor, number: int, day: date, worry: dict[str, Any], told: dict[str, Any]) -> str:
    id, at = uuid5(WORLD, f"family {number}"), datetime.combine(day, time(10), tzinfo=BISHKEK)
    family = NewFamily(
        how=worry["how"], signs=tuple(worry["signs"]), sex="f", band=BANDS[number % len(BANDS)], told=worry["told"]
    )
    ref = services.note_family(by, id=id, told=family, now=at).case_ref
    spoke = at + timedelta(days=HEARD)
    contact = NewContact("visit", "spoke", spoke.date())
    services.record_contact(by, id=uuid5(id, "contact"), case_ref=ref, told=contact, now=spoke)
    if number < told["referred"]:
        work = NewWork(Kind.SHELTER, spoke.date(), agreed=True)
        done = services.record_work(by, id=uuid5(id, "shelter"), case_ref=ref, told=work, now=spoke + HOUR)
        assert done.need_id
        _referred(by.place, id, ref, done.need_id, told, spoke + 2 * HOUR)
    elif number < told["referred"] + len(told["aid"]):
        _aid(by, id, ref, told["aid"][number - told["referred"]], spoke)
    elif number % STAYS:
        end = NewEnd(End.PASSED, (at + HELPED).date(), told["closing"])
        services.record_outcome(by, id=uuid5(id, "end"), case_ref=ref, told=end, now=at + HELPED)
    return str(ref)


def _referred(place: str, id: UUID, ref: str, need: UUID, told: dict[str, Any], at: datetime) -> None:
    """By whoever does social work in the place, as the two asked them."""
    by = worker_of(place, at.date())
    subject = cases.get_case(by, ref, now=at).subject_id
    new = NewReferral(
        service_id=service_id("way"),
        warm="call",
        handed=told["handed"],
        given_by=cases.protected_person(by, subject, now=at),
    )
    sent = referrals.refer(by, id=uuid5(id, "referral"), case_ref=ref, need_id=need, told=new, now=at)
    for one in told["answered"]:
        step, then = NewStep(one["to"]), at + timedelta(days=one["after"])
        referrals.note_step(by, id=uuid5(sent.pk, one["to"]), case_ref=ref, referral_id=sent.pk, told=step, now=then)


def _aid(by: Actor, id: UUID, ref: str, told: dict[str, Any], at: datetime) -> None:
    aid = NewAid(told["budget"], told["what"], told["som"], at.date())
    services.give_help(by, id=uuid5(id, "aid"), case_ref=ref, told=aid, now=at + timedelta(hours=1))
