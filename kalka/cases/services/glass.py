"""Break-glass: to see, for some hours, a case that is not shown. Asked with a reason, agreed to by a second person of
another organisation, told to whoever answers for the case, and looked at afterwards by the auditor.

Whether there is such a case is told to nobody who asks: a code nobody has, and a case one is shut out of, wait and
lapse like a request nobody agreed to. All are written down.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.access.rules import BREAK_GLASS
from kalka.cases import practice, seconds, walling
from kalka.cases.keeping import GLASS_WAITS, Side, glass_reason, may_second
from kalka.cases.models import Case, GlassDecision, GlassRequest
from kalka.cases.selectors.glass import get_request
from kalka.core import clock
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import LENGTH, new_id, read_ref
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.notices import services as notices
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

APPROVE, REVIEW, WHY, NOTICE = "cases.approve_glass", "oversight.review_opening", "glass", "glass_opened"
REVIEWED_WITHIN = timedelta(days=7)  # an internal rule


@command("cases.ask_glass", needs=Permission.GLASS_ASK)
@beyond()
def ask_glass(actor: Actor, *, id: UUID, typed_ref: str, reason: str, now: datetime) -> GlassRequest:
    """Ask to see a case by its code. Refuses `cases.reason_short`, `code_unfit`, `seen_already`, `no_second_person`;
    never says whether there is such a case."""
    ref, said = read_ref(typed_ref), glass_reason(reason)
    if again := repeated(GlassRequest, actor, id=id, content=[ref, said]):
        return again
    if len(ref) != LENGTH:
        raise DomainError("cases.code_unfit", field="ref")
    on = clock.day_of(now)
    others = _seconds(actor, on)
    if not others:
        raise DomainError("cases.no_second_person")
    case = Case.objects.filter(ref=ref).first()
    if case is not None and sight.sees(actor, case.subject_id, now=now):
        raise DomainError("cases.seen_already", field="ref")
    row = _written(actor, case, ref, said, id=id, now=now)
    asked = _askable(actor, case, others, on)
    _let_know(actor, row, asked, on, now=now)
    return row


@command("cases.decide_glass", needs=Permission.GLASS_APPROVE)
@beyond()
def decide_glass(actor: Actor, *, id: UUID, request_id: UUID, agreed: bool, now: datetime) -> GlassDecision:
    """The second person says yes or no. With a yes the asker's post can read the case, not work on it, for some hours.

    Refuses `cases.own_glass` to whoever is not another person, in a leading post of another organisation;
    `glass_decided`, `glass_lapsed`. Over a wall nobody sees anything, whoever agrees.
    """
    request = get_request(actor, request_id, now=now)
    if again := repeated(GlassDecision, actor, id=id, content=[request_id, agreed]):
        return again
    asker = Side(request.author_id, request.post_id, request.organisation_id)
    if not may_second(asker, Side(actor.user_id, actor.post_id, actor.organisation_id, actor.leads)):
        raise DomainError("cases.own_glass")
    if GlassDecision.objects.filter(request=request).exists():
        raise Stale("cases.glass_decided")
    _still_asked(actor, request, now)
    until = now + timedelta(hours=request.hours) if agreed else None
    row = GlassDecision(
        **written(actor, id=id, subject_id=request.subject_id, content=[request_id, agreed], now=now),
        request=request,
        asker_id=request.author_id,
        agreed=agreed,
        until=until,
    )
    row.save(force_insert=True)
    duties.end_for(APPROVE, subject_id=request.subject_id, about=str(request.pk), actor=actor, now=now)
    if until is not None:
        _open(request, until, now=now)
    return row


def _written(actor: Actor, case: Case | None, ref: str, said: str, *, id: UUID, now: datetime) -> GlassRequest:
    subject = new_id()
    row = GlassRequest(
        **written(actor, id=id, subject_id=subject, content=[ref, said], now=now),
        organisation_id=actor.organisation_id or 0,
        ref=ref,
        about=case.subject_id if case else None,
        hours=practice.break_glass_hours(clock.day_of(now)),
    )
    new_keys(subject, [Klass.NARRATIVE]).put(row, "reason", said)
    row.save(force_insert=True)
    return row


def _let_know(actor: Actor, row: GlassRequest, asked: int | None, on: date, *, now: datetime) -> None:
    """The asker, who decides, whoever leads the asker, and the auditor: these see the paper. Who is shut out of the
    case is shut out of the paper, but for the asker, whom its absence would tell."""
    lead = directory.lead_of(actor.post_id, on) if actor.post_id else None
    walled = sight.walled_users(row.about) if row.about else frozenset()
    auditor = _auditor_of(actor.place, on, walled)
    for post_id in {actor.post_id, asked, lead.id if lead else None, auditor} - {None}:
        access.grant(row.subject_id, post_holder(post_id or 0), why=WHY, now=now)
    for user_id in walled - {actor.user_id}:
        access.wall(row.subject_id, user_id, why=WHY, now=now)
    if asked is not None:
        due = now + timedelta(hours=1)
        about = str(row.pk)
        duties.assign(APPROVE, subject_id=row.subject_id, post_id=asked, due_at=due, basis=None, now=now, about=about)


def _auditor_of(place: str, on: date, walled: frozenset[int]) -> int | None:
    """The nearest one; another where all who hold it are shut out of the case, for then nobody could review it."""
    nearest = directory.responsible("auditor", place, on)
    posts = [nearest.id] if nearest else []
    posts += [post.id for post in directory.staffed(on) if post.role == "auditor"]
    return next((post for post in posts if set(directory.holders_of(post, on)) - walled), next(iter(posts), None))


def _seconds(actor: Actor, on: date) -> list[int]:
    """The leading posts of other organisations around the asker that somebody else holds."""
    asker = Side(actor.user_id, actor.post_id, actor.organisation_id)
    return [
        post.id
        for post in seconds.leading(actor.place, Permission.GLASS_APPROVE, on)
        if may_second(asker, Side(0, post.id, post.organisation_id, post.leads))
        if set(directory.holders_of(post.id, on)) - {actor.user_id}
    ]


def _askable(actor: Actor, case: Case | None, others: list[int], on: date) -> int | None:
    """Who is asked: nobody where there is no such case, or the asker is shut out of it."""
    walled = sight.walled_users(case.subject_id) if case else frozenset()
    if case is None or actor.user_id in walled:
        return None
    return next((post for post in others if set(directory.holders_of(post, on)) - walled - {actor.user_id}), None)


def _still_asked(actor: Actor, request: GlassRequest, now: datetime) -> None:
    """Nothing to open, or a wall since: it lapses like one that is too old. Whoever is shut out does not find it."""
    walled = sight.walled_users(request.about) if request.about else frozenset()
    if actor.user_id in walled:
        raise AccessDenied("cases.unknown")
    late = now > request.recorded_at + timedelta(hours=GLASS_WAITS)
    if late or request.about is None or request.author_id in walled:
        raise DomainError("cases.glass_lapsed")


def _open(request: GlassRequest, until: datetime, *, now: datetime) -> None:
    assert request.about is not None, "nothing was opened"
    on, about = clock.day_of(now), str(request.pk)
    access.grant(request.about, post_holder(request.post_id or 0), why=BREAK_GLASS, now=now, until=until)
    case = Case.objects.get(subject_id=request.about)
    owner = walling.owner(case, on)
    if owner is not None:
        notices.alert(owner, NOTICE, subject_id=case.subject_id, now=now)
    asker = directory.post(request.post_id or 0)
    auditor = _auditor_of(asker.place if asker else "", on, sight.walled_users(request.about))
    if auditor is not None:
        due, subject = now + REVIEWED_WITHIN, request.subject_id
        access.grant(subject, post_holder(auditor), why=WHY, now=now)  # a wall may have come up since it was asked
        duties.assign(REVIEW, subject_id=subject, post_id=auditor, due_at=due, basis=None, now=now, about=about)
