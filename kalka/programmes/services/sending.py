"""Somebody of a case is sent to a programme. What crosses over is his name, his telephone, and nothing else."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part, Stage
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived, new_id, new_ref
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.people import selectors as people
from kalka.people.selectors import PersonView
from kalka.programmes import effects, packs, rules, selectors
from kalka.programmes.models import Enrolment, Sending
from kalka.programmes.rules import Ground, NewSending, NewStep, Setting, Step
from kalka.vault.blind import dialled
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written


@command("programmes.send", needs=Permission.PROGRAMME_SEND)
def send(actor: Actor, *, id: UUID, case_ref: str, told: NewSending, now: datetime) -> Sending:
    """Somebody said to have done it is enrolled with whoever runs programmes, who sees nothing of the case.

    Refuses a closed case, anybody else of it, somebody without a name, an age or a sex, whoever is in a programme
    already, and a telephone that belongs to somebody he hurt.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Sending, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("programmes.case_closed")
    rules.known("ground", told.ground, tuple(Ground))
    setting = _setting(told.organisation)
    keys = sight.keys_for(actor, case.subject_id, now=now)
    known = {one.id: one for one in people.persons(actor, case.subject_id, keys)}
    cast = cases.cast_of(actor, case.subject_id, now=now)
    if told.person not in cast.persons(Part.ALLEGED):
        raise DomainError("programmes.not_said_to_have_done_it", field="person")
    if selectors.is_enrolled(actor, case.subject_id, told.person, now=now):
        raise Stale("programmes.sent_already", field="person")
    him, phone = known[told.person], dialled(told.phone) if told.phone else ""
    hurt = {person for person, part in cast.parts if part is not Part.ALLEGED and person != told.person}
    _check(him, told, phone, [known[one] for one in hurt])
    enrolment = _enrol(actor, him, told, phone, setting, case.subject_id, id=derived(id, "enrolment"), now=now)
    row = Sending(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        case_ref=case.ref,
        person_id=told.person,
        place=case.place,
        enrolment=enrolment,
    )
    row.save(force_insert=True)
    for one in (told.person, None):
        owed = effects.about(case.ref, one)
        duties.end_for(effects.ENROL, subject_id=case.subject_id, about=owed, actor=actor, now=now)
    return row


def _setting(organisation_id: int) -> Setting:
    found = directory.organisation(organisation_id)
    if found is None or found.kind not in set(Setting):
        raise DomainError("programmes.not_an_answer", field="organisation")
    return Setting(found.kind)


def _check(him: PersonView, told: NewSending, phone: str, hurt: list[PersonView]) -> None:
    if not him.name:
        raise DomainError("programmes.no_name", field="person")
    if rules.audience(him.sex, him.age_band) is None:
        raise DomainError("programmes.age_or_sex_unknown", field="person")
    if told.phone and not phone:
        raise DomainError("programmes.not_a_phone", field="phone")
    if phone and phone in {dialled(one.contact.phone) for one in hurt if one.contact and one.contact.phone}:
        raise DomainError("programmes.her_phone", field="phone")


def _enrol(
    actor: Actor,
    him: PersonView,
    told: NewSending,
    phone: str,
    setting: Setting,
    case_subject: UUID,
    *,
    id: UUID,
    now: datetime,
) -> Enrolment:
    audience = rules.audience(him.sex, him.age_band)
    assert audience is not None  # asked before
    subject_id, basis = new_id(), Law(day_of(now)).get(effects.MANDATORY)
    keys = new_keys(subject_id, effects.KLASSES)
    row = Enrolment(
        **written(actor, id=id, subject_id=subject_id, content=[id], now=now),
        ref=new_ref(),
        audience=audience,
        setting=setting,
        ground=told.ground,
        version=packs.pack(audience).version,
        on=day_of(now),
        basis=basis.as_json() if basis is not None and told.ground != Ground.OWN else effects.INTERNAL,
    )
    keys.put(row, "name", him.name)
    if phone:
        keys.put(row, "phone", phone)
    row.save(force_insert=True)
    sent, first = NewStep(Step.SENT), derived(id, "sent")
    effects.append(actor, row, sent, id=first, number=1, organisation_id=told.organisation, content=[id], now=now)
    access.grant(subject_id, organisation_holder(told.organisation), why=effects.WHY, now=now)
    if actor.post_id is not None:
        access.grant(subject_id, post_holder(actor.post_id), why=effects.WHY, now=now)
    effects.wall_as_the_case(row, case_subject, now=now)
    effects.ask_to_answer(row, told.organisation, now=now)
    return row
