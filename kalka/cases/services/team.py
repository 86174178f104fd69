"""Who needs to know."""

from datetime import date, datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import effects
from kalka.cases.models import Member, MemberLeft
from kalka.cases.rules import known
from kalka.cases.selectors import get_case
from kalka.core import clock
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.vault.rows import repeated, written


@command("cases.add_member", needs=Permission.CASE_WORK)
def add_member(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    post_id: int,
    why: str = "works",
    scope: str = "file",
    until: date | None = None,
    now: datetime,
) -> Member:
    """The post sees the case from now on, perhaps until a day. Refuses a post that has ended or knows already."""
    case = get_case(actor, case_ref, now=now)
    if again := repeated(Member, actor, id=id, content=[post_id, why, scope, until]):
        return again
    today = clock.day_of(now)
    known({"why": [why]}, ("works", "handed_over", "responsible"))
    known({"scope": [scope]}, list(Scope))
    post = directory.post(post_id)
    if post is None or post.since > today or (post.until is not None and post.until < today):
        raise DomainError("cases.no_such_post", field="post_id")
    if until is not None and until < today:
        raise DomainError("cases.consent_already_over", field="until", today=today)
    if Member.objects.filter(case=case, holder=post_id, scope__in=Scope(scope).enough).standing(today).exists():
        raise Stale("cases.already_in_team", field="post_id")
    return effects.join(actor, case, post_id, id=id, why=why, now=now, scope=Scope(scope), until=until)


@command("cases.ask_in", needs=Permission.CASE_WORK)
def ask_in(actor: Actor, *, id: UUID, case_ref: str, post_id: int, now: datetime) -> Member:
    """Ask a post to work on a case: it knows its code until it takes it up. Asked twice it is asked once."""
    case = get_case(actor, case_ref, now=now)
    return effects.join(actor, case, post_id, id=id, why="works", now=now, scope=Scope.DUTIES)


@command("cases.stop_asking", needs=Permission.FAMILY_NOTE)
def stop_asking(actor: Actor, *, id: UUID, case_ref: str, post_id: int, now: datetime) -> MemberLeft | None:
    """A post that was asked and has not taken it up knows the code no longer. None where it was not asked."""
    case = get_case(actor, case_ref, now=now, scope=Scope.DUTIES)
    standing = Member.objects.filter(case=case, holder=post_id, scope=Scope.DUTIES).standing(clock.day_of(now))
    if (member := standing.first()) is None:
        return None
    row = MemberLeft(**written(actor, id=id, subject_id=case.subject_id, content=[member.pk], now=now), member=member)
    row.save(force_insert=True)
    access.end_grant(case.subject_id, post_holder(post_id), why=effects.team_why(member.pk), now=now)
    return row


@command("cases.take_up", needs=Permission.FAMILY_NOTE)
def take_up(actor: Actor, *, id: UUID, case_ref: str, now: datetime) -> Member:
    """Whoever was asked to work on a case says yes, and sees it from now on. Nobody else can: AccessDenied."""
    case = get_case(actor, case_ref, now=now, scope=Scope.DUTIES)
    if again := repeated(Member, actor, id=id, content=[actor.post_id, "works", Scope.FILE, None]):
        return again
    standing = Member.objects.filter(case=case, holder=actor.post_id, why="works").standing(clock.day_of(now))
    if actor.post_id is None or not standing.exists():
        raise AccessDenied("cases.unknown")
    return effects.join(actor, case, actor.post_id, id=id, why="works", now=now)


@command("cases.remove_member", needs=Permission.CASE_WORK)
def remove_member(actor: Actor, *, id: UUID, case_ref: str, member_id: UUID, now: datetime) -> MemberLeft:
    """The post sees the case no longer, from the next request on. Refuses to leave the file to nobody."""
    case = get_case(actor, case_ref, now=now)
    if again := repeated(MemberLeft, actor, id=id, content=[member_id]):
        return again
    standing = Member.objects.filter(case=case).standing(clock.day_of(now))
    member = standing.filter(pk=member_id).first()
    if member is None:
        raise Stale("cases.not_in_team")
    if not standing.filter(scope=Scope.FILE).exclude(pk=member_id).exists():
        raise DomainError("cases.last_member")
    row = MemberLeft(**written(actor, id=id, subject_id=case.subject_id, content=[member_id], now=now), member=member)
    row.save(force_insert=True)
    holder = post_holder(member.holder_id)
    access.end_grant(case.subject_id, holder, why=effects.team_why(member.pk), now=now)
    with beyond():  # whoever joined later works on the case without seeing the report it came from
        report = case.report
    if report:
        access.end_grant(report.subject_id, holder, why=effects.WITH_CASE, now=now)
    return row
