"""Weapons are asked for, taken, given back."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.proceedings import effects, rules, selectors
from kalka.proceedings.models import WeaponCheck
from kalka.proceedings.rules import NewWeapon, Weapon
from kalka.risk import services as risk
from kalka.vault.rows import repeated, written

HAPPENED = {
    Weapon.FOUND: "weapon_found",
    Weapon.TAKEN: "weapon_taken",
    Weapon.HANDED_IN: "weapon_taken",
    Weapon.RETURNED: "weapon_returned",
}
CHECK = "measure.check_weapon"


@command("proceedings.weapon", needs=Permission.PROCEEDING_KEEP)
def note_weapon(actor: Actor, *, id: UUID, case_ref: str, told: NewWeapon, now: datetime) -> WeaponCheck:
    """What came of asking for weapons. One that is there, or was given back, asks for a new assessment.

    Asked for and answered, the duty to ask is done; not where it could not be looked for, or was left where it is.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(WeaponCheck, actor, id=id, content=content):
        return again
    rules.check_weapon(told, alleged=selectors.alleged(actor, case.subject_id, now=now), today=day_of(now))
    row = WeaponCheck(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        person_id=told.person,
        what=told.what,
        on=told.on,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    if kind := HAPPENED.get(Weapon(told.what)):
        effects.note(kind, actor, case.subject_id, told.person, told.on, now=now)
    if told.what in (Weapon.FOUND, Weapon.RETURNED):
        risk.require_reassessment(actor, "weapon_licence", subject_id=case.subject_id, now=now)
    if told.what in (Weapon.NONE, Weapon.TAKEN, Weapon.HANDED_IN):
        duties.end_for(CHECK, subject_id=case.subject_id, now=now, actor=actor)
    return row
