"""Writing a finding down, acknowledging it, handing a child's report over to 111, and taking one back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.files import services as files
from kalka.findings import rules, selectors
from kalka.findings.marking import mark
from kalka.findings.models import Acknowledged, ClinicFinding, Filed, HandedOver, SchoolReport, Shown, Withdrawn
from kalka.findings.rules import Kind, Known, NewFinding, NewSchool
from kalka.intake import selectors as intake
from kalka.notices import services as notices
from kalka.people import conflicts
from kalka.people import selectors as people
from kalka.people.rules import BANDS, SEXES, Contact, Name, NewPerson, sound
from kalka.vault.blind import dialled
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys
from kalka.vault.rows import repeated, written

KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.EVIDENCE, Klass.NOTE)
READ, HAND_OVER, RECEIVED, WHY = "findings.acknowledge", "findings.hand_over", "finding_received", "finding"
TO = {Kind.CLINIC: ("social_worker", "child_protection"), Kind.SCHOOL: ("child_protection", "social_worker")}
CAUSES = {Kind.CLINIC: (READ,), Kind.SCHOOL: (READ, HAND_OVER)}


@command("findings.write", needs=Permission.FINDING_WRITE)
def write_finding(
    actor: Actor, *, id: UUID, told: NewFinding, now: datetime, photos: Sequence[tuple[str, bytes]] = ()
) -> ClinicFinding:
    """What an examination found, with sealed photos. Never edited.

    It goes to the post that answers for the place; the case it names finds it by its code. A code nobody has is
    answered the same. Refuses at its field what `rules.check_finding` refuses, and a place nobody answers for.
    """
    content = [asdict(told), [[name, sha256(data).hexdigest()] for name, data in photos]]
    if again := repeated(ClinicFinding, actor, id=id, content=content):
        return again
    rules.check_finding(told, len(photos), now=now)
    filed, keys = _file(actor, Kind.CLINIC, told.case_ref, now=now)
    row = ClinicFinding(
        **written(actor, id=id, subject_id=filed.file, content=content, now=now),
        filed=filed,
        place=intake.aimak(actor, told.place),
        sexual=told.sexual,
        on=day_of(now),
        hours=rules.band(rules.hours_since(told.assaulted_at, now)),
    )
    moment = told.assaulted_at.isoformat() if told.assaulted_at else ""
    marks = [[one.region, one.kind, one.size] for one in told.marks]
    _seal(keys, row, assaulted_at=moment, marks=marks, told=told.told.strip(), name=told.name.strip())
    row.save(force_insert=True)
    _send(actor, filed, told.place, now=now)
    for number, (name, data) in enumerate(photos):  # into a file that is the writer's by now
        files.keep(actor, keys, id=uuid5(id, str(number)), subject_id=filed.file, name=name, content=data, now=now)
    return row


@command("findings.report_child", needs=Permission.SCHOOL_REPORT)
def report_child(actor: Actor, *, id: UUID, told: NewSchool, now: datetime) -> SchoolReport:
    """What a school noticed in a child. It goes to child protection, which hands it over to 111.

    A parent named as perpetrator who is a member of staff is shut out of it at once. Refuses at its field what
    `rules.check_school` refuses, and a place nobody answers for.
    """
    content = asdict(told)
    if again := repeated(SchoolReport, actor, id=id, content=content):
        return again
    rules.check_school(told, SEXES, BANDS)
    filed, keys = _file(actor, Kind.SCHOOL, told.case_ref, now=now)
    row = SchoolReport(
        **written(actor, id=id, subject_id=filed.file, content=content, now=now),
        filed=filed,
        place=intake.aimak(actor, told.place),
        on=day_of(now),
        sex=told.sex,
        age_band=told.age_band,
        by_parent=told.by_parent,
    )
    parent = [part.strip() for part in (told.parent_family, told.parent_given, told.parent_phone)]
    _seal(
        keys, row, signs=list(told.signs), told=told.told.strip(), name=told.name.strip(), parent=any(parent) and parent
    )
    row.save(force_insert=True)
    if told.by_parent == "yes":
        name = Name(told.parent_family.strip(), told.parent_given.strip())
        named = NewPerson(names=(name,) if name.whole else (), contact=Contact(phone=told.parent_phone))
        conflicts.shut_out_of(filed.file, named, now=now)
    _send(actor, filed, told.place, now=now)
    return row


@command("findings.acknowledge", needs=Permission.FINDING_READ)
def acknowledge(actor: Actor, *, id: UUID, file: UUID, now: datetime, case_ref: str = "") -> Acknowledged:
    """The actor's post has it now and may read it; whoever wrote it is told that somebody has. Twice is once.

    By the case it names, for whoever sees the case: whoever is shut out of that is shut out of this from now on.
    Refuses with `findings.own_part` what one wrote oneself.
    """
    filed = selectors.get_filed(actor, file, now=now, case_ref=case_ref)
    if filed.post_id == actor.post_id or actor.post_id is None:
        raise DomainError("findings.own_part")
    if there := Acknowledged.objects.filter(filed=filed, post_id=actor.post_id).first():
        return there
    if case_ref:
        _wall_as_the_case(actor, file, case_ref, now=now)
    grants.grant(file, post_holder(actor.post_id), why=WHY, now=now)
    row = Acknowledged(**written(actor, id=id, subject_id=file, content=[str(file)], now=now), filed=filed)
    row.save(force_insert=True)
    Filed.objects.filter(pk=filed.pk, read_at=None).update(read_at=now)
    duties.end_for(READ, subject_id=file, now=now, actor=actor)
    _tell_writer(filed, now=now)
    return row


@command("findings.hand_over", needs=Permission.CHILD_HAND_OVER)
def hand_over(actor: Actor, *, id: UUID, file: UUID, on: date, now: datetime, number: str = "") -> HandedOver:
    """To 111, and the number of the child-protection plan, now or later. The school learns the day alone."""
    report = selectors.get_school(actor, file, now=now)
    content = [str(file), on, number]
    if again := repeated(HandedOver, actor, id=id, content=content):
        return again
    if report.post_id == actor.post_id:
        raise DomainError("findings.own_part")
    rules.check_handed(on, report.on, day_of(now), number)
    row = HandedOver(**written(actor, id=id, subject_id=file, content=content, now=now), report=report, on=on)
    if number.strip():
        access.keys_for(actor, file, now=now, klasses=[Klass.NOTE]).put(row, "number", number.strip())
    row.save(force_insert=True)
    duties.end_for(HAND_OVER, subject_id=file, now=now, actor=actor)
    _tell_writer(report.filed, now=now)
    return row


@command("findings.show", needs=Permission.CHILD_HAND_OVER)
def show(actor: Actor, *, id: UUID, file: UUID, case_ref: str, person: UUID, now: datetime) -> Shown:
    """It is shown to somebody of the child's own side. Refuses a parent who is said to have done it."""
    report = _report_of(actor, file, case_ref, person, now=now)
    if again := repeated(Shown, actor, id=id, content=[str(file), str(person)]):
        return again
    row = Shown(
        **written(actor, id=id, subject_id=file, content=[str(file), str(person)], now=now),
        report=report,
        person_id=person,
    )
    row.save(force_insert=True)
    return row


@command("findings.withdraw", needs=Permission.CHILD_HAND_OVER)
def withdraw(
    actor: Actor, *, id: UUID, file: UUID, case_ref: str, person: UUID, reason: str, now: datetime
) -> Withdrawn:
    """Taken back at the wish of the child's own side. It stays as written, and says so.

    Refuses with `findings.not_by_whom_it_names` a parent who is said to have done it, guardian or not.
    """
    report = _report_of(actor, file, case_ref, person, now=now)
    content = [str(file), str(person), reason]
    if again := repeated(Withdrawn, actor, id=id, content=content):
        return again
    if not reason.strip():
        raise DomainError("findings.nothing_told", field="reason")
    rules.short("reason", reason, rules.LONG)
    if Withdrawn.objects.filter(report=report).exists():
        raise Stale("findings.is_withdrawn")
    row = Withdrawn(**written(actor, id=id, subject_id=file, content=content, now=now), report=report, person_id=person)
    access.keys_for(actor, file, now=now, klasses=[Klass.NOTE]).put(row, "reason", reason.strip())
    row.save(force_insert=True)
    return row


def _report_of(actor: Actor, file: UUID, case_ref: str, person: UUID, *, now: datetime) -> SchoolReport:
    """The report, of a case the actor sees and that it names; the person must be of the child's own side."""
    report = selectors.get_school(actor, file, now=now)
    case = cases.get_case(actor, case_ref, now=now)
    if bytes(report.filed.mark) != mark(case.ref):
        raise AccessDenied("findings.unknown")
    cast = cases.cast_of(actor, case.subject_id, now=now)
    speakers = cases.speakers(actor, case.subject_id, now=now)
    alleged = cast.persons(Part.ALLEGED)
    rules.check_person(person, speakers, alleged)
    if report.by_parent == "yes":
        known = _known(actor, case.subject_id, now=now)
        rules.check_named(_named(actor, report, now=now), known[person], [known[one] for one in alleged])
    return report


def _named(actor: Actor, report: SchoolReport, *, now: datetime) -> Known:
    keys = access.keys_for(actor, report.subject_id, now=now, klasses=[Klass.IDENTITY])
    family, given, phone = keys.get(report, "parent") or ("", "", "")
    return _sounds([Name(family, given)], phone)


def _known(actor: Actor, subject_id: UUID, *, now: datetime) -> dict[UUID, Known]:
    """Everybody in the file, opened for this comparison alone."""
    keys = access.keys_for(actor, subject_id, now=now, klasses=[Klass.IDENTITY, Klass.CONTACT])
    found = people.persons(actor, subject_id, keys)
    return {one.id: _sounds(one.names, one.contact.phone if one.contact else "") for one in found}


def _sounds(names: Iterable[Name], phone: str) -> Known:
    said = tuple(names)
    given, family = ({sound(getattr(one, part)) for one in said} - {""} for part in ("given", "family"))
    return Known(frozenset(given), frozenset(family), dialled(phone))


def _file(actor: Actor, kind: Kind, case_ref: str, *, now: datetime) -> tuple[Filed, Keys]:
    filed = Filed(file=new_id(), kind=kind, mark=mark(case_ref), since=now, post_id=actor.post_id)
    filed.save(force_insert=True)
    return filed, new_keys(filed.file, KLASSES)


def _send(actor: Actor, filed: Filed, place: str, *, now: datetime) -> None:
    """To whoever answers for the place; the writer's post keeps its own part. Neither sees the file of a case by it."""
    post = directory.first_responsible(TO[Kind(filed.kind)], place or actor.place, day_of(now))
    if post is None:
        raise DomainError("findings.nobody_to_receive", field="place")
    if actor.post_id is not None:
        grants.grant(filed.file, post_holder(actor.post_id), why=WHY, now=now)
    for kind in CAUSES[Kind(filed.kind)]:
        duty = duties.assign(
            kind,
            subject_id=filed.file,
            post_id=post.id,
            due_at=None,  # the law names no term for it
            basis=None,
            now=now,
            about=str(filed.file),
        )
        grants.grant(filed.file, post_holder(duty.assignee_id), why=WHY, now=now)


def _wall_as_the_case(actor: Actor, file: UUID, case_ref: str, *, now: datetime) -> None:
    case = cases.get_case(actor, case_ref, now=now)
    for user_id in access.walled_users(case.subject_id):
        grants.wall(file, user_id, why="case", now=now)


def _tell_writer(filed: Filed, *, now: datetime) -> None:
    if filed.post_id is not None:
        notices.alert(filed.post_id, RECEIVED, subject_id=filed.file, now=now)


def _seal(keys: Keys, row: ClinicFinding | SchoolReport, **said: object) -> None:
    for name, value in said.items():
        if value:
            keys.put(row, name, value)
