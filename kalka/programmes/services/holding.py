"""Groups, and who came: one screen, everybody on it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.programmes import attending, effects, packs, rules, selectors
from kalka.programmes.keeping import again, kept
from kalka.programmes.models import Attendance, Enrolment, Group, Session
from kalka.programmes.rules import How, Mark, NewGroup, NewSession
from kalka.vault.rows import written


@command("programmes.begin_group", needs=Permission.PROGRAMME_WORK)
def begin_group(actor: Actor, *, id: UUID, told: NewGroup, now: datetime) -> Group:
    """A group of the own organisation, of one stream and one language."""
    content = asdict(told)
    if there := again(Group, actor, id=id, content=content):
        return there
    if actor.organisation_id is None:
        raise AccessDenied("programmes.unknown")
    rules.check_group(told)
    return Group.objects.create(
        **kept(actor, id=id, content=content, now=now),
        organisation_id=actor.organisation_id,
        audience=told.audience,
        version=packs.pack(told.audience).version,
        language=told.language,
        seats=told.seats,
        since=told.since,
    )


@command("programmes.hold_session", needs=Permission.PROGRAMME_WORK)
def hold_session(actor: Actor, *, id: UUID, group_id: UUID, told: NewSession, now: datetime) -> Session:
    """A group met: everybody of it came, or did not and why. The same day again corrects what was written.

    An absence nobody can explain asks the leader to find out; it is never evasion by itself.
    """
    group = selectors.get_group(actor, group_id)
    content = [group_id, told.on, told.module, {str(one): asdict(mark) for one, mark in told.marks.items()}]
    if there := again(Session, actor, id=id, content=content):
        return there
    Group.objects.select_for_update().get(pk=group.pk)
    there_now = attending.members(group)
    seen = access.seen_of(actor, [one.subject_id for one in there_now], now=now)  # from one of them he may be walled
    members = {one.pk: one for one in there_now if one.subject_id in seen}
    modules = packs.pack(group.audience).modules
    rules.check_session(told, modules=tuple(modules), members=members, today=day_of(now))
    there = Session.objects.filter(group=group, on=told.on).first()
    session = there or Session.objects.create(
        **kept(actor, id=id, content=content, now=now), group=group, on=told.on, module=told.module
    )
    last = {row.enrolment_id: row for row in Attendance.objects.filter(session=session).order_by("number")}
    for one, mark in told.marks.items():
        _mark(actor, session, members[one], mark, last.get(one), id=derived(id, str(one)), now=now)
    return session


def _mark(
    actor: Actor, session: Session, member: Enrolment, mark: Mark, last: Attendance | None, *, id: UUID, now: datetime
) -> None:
    why = mark.why if mark.how == How.EXCUSED else ""
    if last is not None and (last.how, last.why) == (mark.how, why):
        return
    row = Attendance(
        **written(actor, id=id, subject_id=member.subject_id, content=[str(session.pk), mark.how, why], now=now),
        session=session,
        enrolment=member,
        number=last.number + 1 if last else 1,
        how=mark.how,
        why=why,
    )
    row.save(force_insert=True)
    if mark.how != How.UNEXCUSED:
        effects.off_list(effects.MISSING, actor, member, now=now)
    elif actor.post_id is not None:
        effects.on_list(effects.MISSING, member, actor.post_id, "ask_why_within", now=now)
