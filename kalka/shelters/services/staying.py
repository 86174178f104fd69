"""A stay from door to door: arriving, children, another bed, longer, the rules, belongings, leaving."""

from dataclasses import asdict
from datetime import date, datetime, time
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK, day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, new_ref
from kalka.duties import services as duties
from kalka.people.rules import BANDS, CHILD_BANDS, SEXES
from kalka.shelters import bedding, effects, rules, selectors
from kalka.shelters.models import (
    Departure,
    Extension,
    Hold,
    Place,
    Stay,
    StayChild,
    Taking,
)
from kalka.shelters.rules import How, Kind, NewChild, NewDeparture, NewStay
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys
from kalka.vault.rows import repeated, written

KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT)


@command("shelters.take_in", needs=Permission.SHELTER_WORK)
def take_in(actor: Actor, *, id: UUID, told: NewStay, now: datetime, hold_id: UUID | None = None) -> Stay:
    """Somebody arrived, with a hold or at the door. A name is not needed.

    The stay goes on under the subject of the hold and for the case that was for, and whoever asked for the hold sees
    it no more. Refuses with `shelters.taken` a bed somebody has, and a hold that was not for a shelter of the actor's.
    """
    content = [asdict(told), str(hold_id or "")]
    if again := repeated(Stay, actor, id=id, content=content):
        return again
    place = selectors.get_place(actor, told.place_id, now=now)
    hold = _hold(actor, hold_id, now=now) if hold_id else None
    _check(actor, told, day_of(now))
    subject_id = hold.subject_id if hold else new_id()
    _take(place, subject_id, hold, actor, now=now)
    keys = access.keys_for(actor, subject_id, now=now) if hold else new_keys(subject_id, KLASSES)
    stay = Stay(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        shelter_id=place.shelter_id,
        hold=hold,
        ref=hold.ref if hold else new_ref(),
        arrived_on=day_of(now),
        due_on=told.due_on,
        sex=told.sex,
        age_band=told.age_band,
    )
    _seal(keys, stay, name=told.name, told=told.told)
    stay.save(force_insert=True)
    effects.move_in(actor, stay, place.organisation_id, hold.post_id if hold else None, now=now)
    _expect(actor, stay, told.due_on, now=now)
    return stay


@command("shelters.stay_of_case", needs=Permission.SHELTER_WORK)
def stay_of_case(actor: Actor, *, typed_ref: str, about: UUID, now: datetime) -> Stay:
    """Whoever came to the door is of a case, which the actor sees as well as the stay: from now on that knows of it,
    and whoever is shut out of it is shut out of the stay. Written down twice is once.

    Refuses at `ref` a code that nobody stays under, or that is not seen; and a stay that is of another case.
    """
    if not access.sees(actor, about, now=now):
        raise AccessDenied("shelters.unknown")
    stay = selectors.stay_by_ref(actor, typed_ref, now=now)
    if stay is None:
        raise DomainError("shelters.no_such_stay", field="ref")
    if not bedding.tell_case(stay.subject_id, about):
        raise DomainError("shelters.of_another_case", field="ref")
    effects.wall_as_the_case(stay.subject_id, about, now=now)
    return stay


@command("shelters.add_child", needs=Permission.SHELTER_WORK)
def add_child(actor: Actor, *, id: UUID, stay_id: UUID, told: NewChild, now: datetime) -> StayChild:
    """A child who is there too, each for itself; in a bed of its own, or in the parent's."""
    stay = selectors.get_stay(actor, stay_id, now=now)
    content = [str(stay_id), asdict(told)]
    if again := repeated(StayChild, actor, id=id, content=content):
        return again
    _ensure_there(actor, stay)
    rules.known("sex", told.sex, SEXES)
    rules.known("age_band", told.age_band, [*CHILD_BANDS, "unknown"])
    taking = None
    if told.place_id:
        place = _place_of(actor, stay, told.place_id, now=now)
        effects.end_over(now=now)
        about = bedding.about_of(stay.subject_id)
        taking = bedding.take_first(
            [place.pk], kind=Kind.STAY, file=stay.subject_id, now=now, about=about, post_id=actor.post_id
        )
    row = StayChild(
        **written(actor, id=id, subject_id=stay.subject_id, content=content, now=now),
        stay=stay,
        sex=told.sex,
        age_band=told.age_band,
        taking=taking,
    )
    _seal(access.keys_for(actor, stay.subject_id, now=now), row, name=told.name)
    row.save(force_insert=True)
    return row


@command("shelters.move", needs=Permission.SHELTER_WORK)
def move(actor: Actor, *, stay_id: UUID, from_place: UUID, to_place: UUID, now: datetime) -> Taking:
    """To another bed of the same shelter. The old one is free when the new one is taken, and not before."""
    stay = selectors.get_stay(actor, stay_id, now=now)
    _ensure_there(actor, stay)
    place = _place_of(actor, stay, to_place, now=now)
    running = Taking.objects.running().filter(file=stay.subject_id, place=from_place)
    old = running.select_for_update().first()
    if old is None:
        raise Stale("shelters.changed_meanwhile", field="from_place")
    effects.end_over(now=now)
    new = bedding.take_first(
        [place.pk], kind=Kind.STAY, file=old.file, now=now, about=bytes(old.about), post_id=actor.post_id
    )
    bedding.end(old.pk, How.MOVED, now=now)
    return new


@command("shelters.extend", needs=Permission.SHELTER_WORK)
def extend_stay(
    actor: Actor,
    *,
    id: UUID,
    stay_id: UUID,
    due_on: date,
    why: str,
    now: datetime,
    told: str = "",
    seen: str | None = None,
) -> Extension:
    """Agree on a later day. Refuses one that is not later, and one past the limit of the law where it sets one.

    `seen`: the day agreed on before; refuses with `shelters.changed_meanwhile` where it is another one by now.
    """
    stay = selectors.get_stay(actor, stay_id, now=now)
    content = [str(stay_id), due_on, why, told]
    if again := repeated(Extension, actor, id=id, content=content):
        return again
    _ensure_there(actor, stay)
    rules.known("why", why, list(rules.Longer))
    today = day_of(now)
    Stay.objects.select_for_update().get(pk=stay.pk)
    agreed = selectors.agreed(actor, stay)
    if seen is not None and seen != str(agreed):
        raise Stale("shelters.changed_meanwhile")
    after = max(agreed, today)
    rules.check_due(due_on, arrived=stay.arrived_on, after=after, limit=_most(actor, today))
    row = Extension(
        **written(actor, id=id, subject_id=stay.subject_id, content=content, now=now), stay=stay, due_on=due_on, why=why
    )
    _seal(access.keys_for(actor, stay.subject_id, now=now), row, told=rules.check_text(told, name="told"))
    row.save(force_insert=True)
    _expect(actor, stay, due_on, now=now)
    return row


@command("shelters.depart", needs=Permission.SHELTER_WORK)
def depart(actor: Actor, *, id: UUID, stay_id: UUID, told: NewDeparture, now: datetime) -> Departure:
    """The end of a stay: where to, with which plan, and how she can be reached. Every bed of it is free."""
    stay = selectors.get_stay(actor, stay_id, now=now)
    content = [str(stay_id), asdict(told)]
    if again := repeated(Departure, actor, id=id, content=content):
        return again
    _ensure_there(actor, stay)
    rules.check_departure(told, arrived=stay.arrived_on, today=day_of(now))
    plan = rules.check_text(told.plan, name="plan")
    contact = rules.check_text(told.contact, name="contact", most=rules.SHORT)
    row = Departure(
        **written(actor, id=id, subject_id=stay.subject_id, content=content, now=now),
        stay=stay,
        on=told.on,
        where=told.where,
    )
    _seal(access.keys_for(actor, stay.subject_id, now=now), row, plan=plan, contact=contact)
    row.save(force_insert=True)
    bedding.end_all(stay.subject_id, How.LEFT, now=now)
    duties.end_for(effects.ENDS, subject_id=stay.subject_id, now=now, actor=actor)
    return row


def _hold(actor: Actor, hold_id: UUID, *, now: datetime) -> Hold:
    hold = selectors.get_hold(actor, hold_id, now=now)
    if Place.objects.filter(pk=hold.taking.place_id, organisation_id=actor.organisation_id or 0).exists():
        if Stay.objects.filter(subject_id=hold.subject_id).exists():
            raise Stale("shelters.hold_is_over")
        return hold
    raise AccessDenied("shelters.unknown")


def _check(actor: Actor, told: NewStay, today: date) -> None:
    rules.known("sex", told.sex, SEXES)
    rules.known("age_band", told.age_band, BANDS)
    rules.check_text(told.name, name="name", most=rules.SHORT)
    rules.check_text(told.told, name="told")
    rules.check_due(told.due_on, arrived=today, after=today, limit=_most(actor, today))


def _most(actor: Actor, on: date) -> int | None:
    """Days; None while the law sets none."""
    law = selectors.limit(actor, on)
    return law.whole() if law is not None and law.is_set else None


def _take(place: Place, file: UUID, hold: Hold | None, actor: Actor, *, now: datetime) -> None:
    """The hold ends first, because it may be of this very bed; should the bed be gone, nothing of it is kept."""
    about = b""
    if hold is not None:
        bedding.end(hold.taking_id, How.ARRIVED, now=now)
        about = bytes(hold.taking.about)
    effects.end_over(now=now)
    bedding.take_first([place.pk], kind=Kind.STAY, file=file, now=now, about=about, post_id=actor.post_id)


def _place_of(actor: Actor, stay: Stay, place_id: UUID, *, now: datetime) -> Place:
    """A bed of the shelter she is in."""
    place = selectors.get_place(actor, place_id, now=now)
    if place.shelter_id != stay.shelter_id:
        raise DomainError("shelters.not_an_answer", field="place_id")
    return place


def _ensure_there(actor: Actor, stay: Stay) -> None:
    if selectors.left_on(actor, stay) is not None:
        raise Stale("shelters.has_left")


def _expect(actor: Actor, stay: Stay, due_on: date, *, now: datetime) -> None:
    due = datetime.combine(due_on, time(12), tzinfo=BISHKEK)
    effects.expect_end(actor, stay, due, selectors.limit(actor, day_of(now)), now=now)


def _seal(keys: Keys, row: Stay | StayChild | Extension | Departure, **said: str) -> None:
    for name, text in said.items():
        if text.strip():
            keys.put(row, name, text.strip())
