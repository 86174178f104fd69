"""Asking for lines about single persons, and a second person's yes or no. Both names stand in the record."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.duties import services as duties
from kalka.places import facts as places
from kalka.statistics import indicators, reading, selectors
from kalka.statistics.exports import MOST, NewExport
from kalka.statistics.models import Export, ExportDecision
from kalka.statistics.rules import TOTAL, complete, read_period
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

DUTY, WHY = "statistics.approve_export", "export"
TERM = timedelta(days=3)  # an internal rule


@command("statistics.ask_export", needs=Permission.EXPORT_ASK)
def ask_export(actor: Actor, *, id: UUID, told: NewExport, now: datetime) -> Export:
    """Ask for lines, with a purpose and a cap. A duty asks a second person to decide.

    Refuses `statistics.purpose_missing`, `cap_outside`, `unknown_indicator`, `unknown_period`, `unknown_place`,
    `no_release`, and `no_second_person` where nobody else may approve.
    """
    if again := repeated(Export, actor, id=id, content=asdict(told)):
        return again
    _check(told)
    second = _second_posts(actor, day_of(now))
    if not second:
        raise DomainError("statistics.no_second_person")
    subject = new_id()
    keys = new_keys(subject, [Klass.NARRATIVE])
    export = Export(
        **written(actor, id=id, subject_id=subject, content=asdict(told), now=now),
        indicator=told.indicator,
        period=told.period,
        place=told.place,
        cap=told.cap,
    )
    keys.put(export, "purpose", told.purpose)
    export.save(force_insert=True)
    for post_id in {actor.post_id, *(post.id for post in second)} - {None}:
        grants.grant(subject, post_holder(post_id or 0), why=WHY, now=now)
    first = min(second, key=lambda post: (post.id == actor.post_id, post.id))
    duties.assign(
        DUTY, subject_id=subject, post_id=first.id, due_at=now + TERM, basis=None, now=now, about=str(export.pk)
    )
    return export


@command("statistics.decide_export", needs=Permission.EXPORT_APPROVE)
def decide_export(
    actor: Actor, *, id: UUID, export_id: UUID, approved: bool, reason: str = "", now: datetime
) -> ExportDecision:
    """Approve or refuse, with a reason for a no. What is approved are the lines of the release of that moment.

    Refuses `statistics.own_export` to whoever asked, `decided_already`, `reason_missing`.
    """
    export = selectors.get_export(actor, export_id, now=now)
    if again := repeated(ExportDecision, actor, id=id, content=[export_id, approved, reason]):
        return again
    if export.author_id == actor.user_id:
        raise DomainError("statistics.own_export")
    if ExportDecision.objects.filter(export=export).exists():
        raise Stale("statistics.decided_already")
    if not approved and not reason.strip():
        raise DomainError("statistics.reason_missing", field="reason")
    subject, content = export.subject_id, [export_id, approved, reason]
    decision = ExportDecision(
        **written(actor, id=id, subject_id=subject, content=content, now=now),
        export=export,
        asker_id=export.author_id,
        approved=approved,
        release=reading.newest().code,
    )
    if reason.strip():
        access.keys_for(actor, subject, now=now, klasses=[Klass.NARRATIVE]).put(decision, "reason", reason)
    decision.save(force_insert=True)
    duties.end_for(DUTY, subject_id=subject, about=str(export.pk), actor=actor, now=now)
    return decision


def _check(told: NewExport) -> None:
    if not told.purpose.strip():
        raise DomainError("statistics.purpose_missing", field="purpose")
    if not 1 <= told.cap <= MOST:
        raise DomainError("statistics.cap_outside", field="cap", most=MOST)
    release, period = reading.newest(), read_period(told.period)
    known = period.year in reading.years(release, indicators.get(told.indicator).code)
    if not known or (period.month and not complete(period, release.until)):
        raise DomainError("statistics.unknown_period", field="period")
    if told.place != TOTAL and told.place not in {unit.code for unit in places.oblasts()}:
        raise DomainError("statistics.unknown_place", field="place")


def _second_posts(actor: Actor, on: date) -> list[PostInfo]:
    """The posts in which somebody else may approve."""
    may = {code for code, role in ROLES.items() if Permission.EXPORT_APPROVE in role.permissions}
    posts = [post for post in directory.staffed(on) if post.role in may and post.held]
    return [post for post in posts if set(directory.holders_of(post.id, on)) - {actor.user_id}]
