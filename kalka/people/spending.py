"""How much of the day's searches somebody has made, and what is owed for them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.people.labels import WHY
from kalka.people.limits import limits
from kalka.people.models import SearchAnswer, SearchAsk, SearchDay, SearchMade, SearchReason
from kalka.people.rules.purpose import Spent, Why
from kalka.ui.text import StrOrPromise
from kalka.vault.classes import Klass

LATELY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Budget:
    """Of the actor's day, as the search page shows it."""

    spent: Spent
    again_at: datetime  # when the next day begins
    raised_by: int
    owed: UUID | None  # the search whose reason is late
    lead: PostInfo | None  # who can raise it
    asked: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A search of somebody else, for whoever leads. `owed`: nobody has written why yet."""

    at: datetime
    post: PostInfo | None
    why: Why
    file: UUID
    refusal: str
    owed: bool
    reason: str = ""

    @property
    def words(self) -> StrOrPromise:
        return WHY[self.why]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody asks for more searches: how many there were, and how many more there may be."""

    on: date
    post: PostInfo | None
    made: int
    emergencies: int
    raised_by: int
    own: bool
    answered: bool


@beyond()  # what a person was given in one post counts in the other as well
def of_day(day: SearchDay, *, now: datetime) -> Spent:
    rules = limits(day.on)
    raised = SearchAnswer.objects.filter(user_id=day.user_id, on=day.on, raised=True).count()
    return Spent(
        made=day.made,
        emergencies=day.emergencies,
        budget=rules.searches + raised * rules.raised_by,
        most_emergencies=rules.emergencies,
        owed=late_reason(day.user_id, now=now) is not None,
    )


def spent(user_id: int, *, now: datetime) -> Spent:
    on = clock.day_of(now)
    day = SearchDay.objects.filter(user_id=user_id, on=on).first()
    return of_day(day or SearchDay(user_id=user_id, on=on), now=now)


@beyond()
def late_reason(user_id: int, *, now: datetime) -> UUID | None:
    """The oldest emergency whose reason is late."""
    before = now - limits(clock.day_of(now)).reason_within
    emergencies = SearchMade.objects.filter(user_id=user_id, why=Why.EMERGENCY, refusal="", at__lte=before)
    owed = emergencies.exclude(pk__in=SearchReason.objects.values("search_id")).order_by("at", "pk")
    return owed.values_list("pk", flat=True).first()


@beyond()
def budget(actor: Actor, *, now: datetime) -> Budget:
    on = clock.day_of(now)
    ask = SearchAsk.objects.filter(author_id=actor.user_id, on=on).first()
    return Budget(
        spent=spent(actor.user_id, now=now),
        again_at=tomorrow(on),
        raised_by=limits(on).raised_by,
        owed=late_reason(actor.user_id, now=now),
        lead=directory.lead_of(actor.post_id, on) if actor.post_id else None,
        asked=ask is not None,
        answered=ask is not None and SearchAnswer.objects.filter(ask=ask).exists(),
    )


def owing(actor: Actor, search_id: UUID, *, now: datetime) -> SearchMade:
    """An emergency of the actor's own, or one whose duty moved to the actor's post. AccessDenied for any other."""
    owed = SearchMade.objects.filter(pk=search_id, why=Why.EMERGENCY, refusal="")
    told = owed.alias(subject_id=F("file"))  # type: ignore[no-redef]  # in the model a property of the same meaning
    made = access.visible(actor, told, now=now).first()
    if made is None:
        raise AccessDenied("people.not_visible")
    return made


def asking(actor: Actor, ask_id: UUID, *, now: datetime) -> Asking:
    """For the page where whoever leads decides."""
    ask = asked(actor, ask_id, now=now)
    day = SearchDay.objects.filter(user_id=ask.author_id, on=ask.on).first()
    return Asking(
        on=ask.on,
        post=directory.post(ask.post_id or 0),
        made=day.made if day else 0,
        emergencies=day.emergencies if day else 0,
        raised_by=limits(ask.on).raised_by,
        own=ask.author_id == actor.user_id,
        answered=SearchAnswer.objects.filter(ask=ask).exists(),
    )


def asked(actor: Actor, ask_id: UUID, *, now: datetime) -> SearchAsk:
    """What the actor was asked as whoever leads; AccessDenied for any other."""
    found = access.visible(actor, SearchAsk.objects.filter(pk=ask_id), now=now).first()
    if found is None:
        raise AccessDenied("people.not_visible")
    return found


def searches_of_mine(actor: Actor, *, now: datetime, most: int = 100) -> list[Line]:
    """What was lately searched for, newest first: by the posts of the office, one's own too, for whoever leads it; by
    oneself for anybody else. The reasons open, and that is recorded."""
    made = SearchMade.objects.filter(at__gte=now - LATELY)
    if actor.leads and actor.organisation_id is not None:
        posts = {post.id: post for post in directory.posts_at(actor.organisation_id)}
        made = made.filter(Q(post_id__in=posts) | Q(user_id=actor.user_id))
    else:
        made = made.filter(user_id=actor.user_id)
        posts = directory.posts([actor.post_id] if actor.post_id else [])
    lines = list(made.order_by("-at", "pk")[:most])
    with beyond():
        given = set(SearchReason.objects.filter(search__in=lines).values_list("search_id", flat=True))
    told = _reasons(actor, lines, now)
    return [
        Line(
            one.at,
            posts.get(one.post_id or 0),
            Why(one.why),
            one.file,
            one.refusal,
            owed=one.why == Why.EMERGENCY and not one.refusal and one.pk not in given,
            reason=told.get(one.pk, ""),
        )
        for one in lines
    ]


def _reasons(actor: Actor, made: list[SearchMade], now: datetime) -> dict[UUID, str]:
    """Those the actor may read. One entry in the record."""
    rows = list(access.visible(actor, SearchReason.objects.filter(search__in=made), now=now))
    files = {row.subject_id for row in rows}
    keys = access.unlock(actor, files, what="people.search_reasons", now=now, klasses=[Klass.NARRATIVE])
    return {row.search_id: str(keys.get(row, "reason") or "") for row in rows}


def tomorrow(on: date) -> datetime:
    """When the next day begins, and with it the next budget."""
    return datetime.combine(on + timedelta(days=1), time.min, tzinfo=clock.BISHKEK)
