"""Papers of a file: to whom they went and what was answered. Whoever a complaint is about finds none."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.complaints.models import Addressee, Call, Paper, PaperAnswer, Reply
from kalka.complaints.rules import ANSWERS, Kind
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.orders import selectors as orders
from kalka.ui import writing
from kalka.ui.choices import Pairs
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

PAPER = "paper.answer"
LATELY = timedelta(days=180)  # an internal rule: how long a post one was in is one's own still
POLICE = frozenset({"police_inspector", "supervising_officer"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One of those asked. `how` is empty while there is no answer."""

    id: UUID
    part: str
    post: str
    how: str
    on: date | None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CallTime:
    """When she called, and when an answer was written down; codes and times, nothing that was said."""

    at: datetime
    what: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """`told` is empty for whoever oversees: her words are on the paper she hands in."""

    id: UUID
    case_ref: str
    kind: str
    ground: str
    on: date
    recorded_at: datetime
    against: str
    order: UUID | None
    asked: tuple[Asked, ...]
    calls: tuple[CallTime, ...]
    own: UUID | None  # where the actor is asked and has not answered
    whole: bool  # the file is shown
    told: str = field(default="", repr=False)

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


def papers(actor: Actor, subject_id: UUID, *, now: datetime) -> QuerySet[Paper]:
    """Those of a file the actor may know of: of complaints the police know those they are asked to answer, and nobody
    one about a post they were in themselves of late, whichever they act in now."""
    rows = access.visible(actor, Paper.objects.filter(subject_id=subject_id), now=now, scope=Scope.ORDERS)
    if actor.may(Permission.CALL_ANSWER):
        asked = _to_answer(actor, subject_id, now).values("paper")
        rows = rows.filter(~Q(kind=Kind.INACTION) | Q(pk__in=asked))
    own = directory.held_since(actor.user_id, day_of(now) - LATELY)
    return rows.exclude(against__in=own).exclude(against__isnull=False, against_id=actor.post_id)


def _to_answer(actor: Actor, subject_id: UUID, now: datetime) -> QuerySet[Addressee]:
    """The papers the actor is asked about: the own post, one it leads, or one whose duty came to it."""
    own = {post.id for post in directory.posts_at(actor.organisation_id or 0)} if actor.leads else {actor.post_id}
    standing = duties.of_subject(actor, subject_id, now=now)
    came = [one.part for one in standing if one.kind == PAPER and one.assignee_id == actor.post_id]
    return Addressee.objects.filter(Q(asked__in=own) | Q(pk__in=came), subject_id=subject_id)


def get_paper(actor: Actor, ref: str, part: UUID, *, now: datetime) -> Paper:
    """By its own id, or by that of one of those asked. AccessDenied for one of another case as for none."""
    case = cases.get_case(actor, ref, now=now, scope=Scope.ORDERS)
    found = papers(actor, case.subject_id, now=now)
    paper = found.filter(Q(pk=part) | Q(addressees=part)).distinct().first()
    if paper is None:
        raise AccessDenied("complaints.unknown")
    return paper


def get_addressee(actor: Actor, ref: str, addressee_id: UUID, *, now: datetime) -> Addressee:
    paper = get_paper(actor, ref, addressee_id, now=now)
    row = Addressee.objects.select_related("paper").filter(pk=addressee_id, paper=paper).first()
    if row is None:
        raise AccessDenied("complaints.unknown")
    return row


def may_answer(actor: Actor, row: Addressee) -> bool:
    """The post that was asked, or whoever leads in its office."""
    if not actor.may(Permission.PAPER_ANSWER):
        return False
    asked = directory.post(row.asked_id)
    leads = actor.leads and asked is not None and asked.organisation_id == actor.organisation_id
    return row.asked_id == actor.post_id or leads


def paper_page(actor: Actor, ref: str, part: UUID, *, now: datetime) -> PaperPage:
    """One read entry where words are opened. A prosecutor is shown codes, days and times."""
    paper = get_paper(actor, ref, part, now=now)
    whole = access.sees(actor, paper.subject_id, now=now)
    keys: Keys | None = None
    if whole:
        keys = access.unlock(actor, [paper.subject_id], what="complaints.paper", now=now, klasses=[Klass.NARRATIVE])
    rows = list(Addressee.objects.filter(paper=paper).select_related("answer").order_by("part"))
    posts = directory.posts([*(one.asked_id for one in rows), *([paper.against_id] if paper.against_id else [])])
    own = next((one.pk for one in rows if not hasattr(one, "answer") and may_answer(actor, one)), None)
    return PaperPage(
        id=paper.pk,
        case_ref=paper.case_ref,
        kind=paper.kind,
        ground=paper.ground,
        on=paper.on,
        recorded_at=paper.recorded_at,
        against=posts[paper.against_id].label() if paper.against_id in posts else "",
        order=paper.order_id,
        asked=tuple(_asked(one, posts[one.asked_id].label(), keys) for one in rows),
        calls=_calls(actor, paper.subject_id, now),
        own=own,
        whole=whole,
        told=(keys.get(paper, "told") or "") if keys else "",
    )


def against_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Whom a complaint may be about: the police who answer for the case."""
    case = cases.get_case(actor, ref, now=now)
    team = {line.post.id: line.post for line in cases.team(actor, case.subject_id, now=now)}
    for role in POLICE:
        found = directory.responsible(role, case.place, day_of(now))
        if found is not None:
            team.setdefault(found.id, found)
    return [(str(post.id), post.label()) for post in sorted(team.values(), key=lambda p: p.id) if post.role in POLICE]


def order_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    case = cases.get_case(actor, ref, now=now)
    found = orders.of_case(actor, case.subject_id, now=now)
    return [(str(one.id), f"{writing.day(one.starts)} – {writing.day(one.last_day)}") for one in found]


def unanswered_papers(actor: Actor, subject_id: UUID, *, now: datetime) -> QuerySet[Paper]:
    open_ = Addressee.objects.filter(answer=None).values("paper")
    return papers(actor, subject_id, now=now).filter(pk__in=open_)


def _asked(row: Addressee, post: str, keys: Keys | None) -> Asked:
    answer: PaperAnswer | None = getattr(row, "answer", None)
    told = (keys.get(answer, "told") or "") if keys and answer else ""
    return Asked(row.pk, row.part, post, answer.how if answer else "", answer.on if answer else None, told)


def _calls(actor: Actor, subject_id: UUID, now: datetime) -> tuple[CallTime, ...]:
    calls = access.visible(actor, Call.objects.filter(subject_id=subject_id), now=now, scope=Scope.ORDERS)
    answers = Reply.objects.filter(how__in=ANSWERS).order_by("recorded_at", "id")
    found = calls.prefetch_related(Prefetch("replies", answers)).order_by("at", "id")
    return tuple(CallTime(one.at, one.what, next((r.recorded_at for r in one.replies.all()), None)) for one in found)
