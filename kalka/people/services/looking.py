"""Each search before it is made: what for, and whether the day's budget allows one more. What was looked for is told to
nobody. A search that is refused counts as well, and is recorded with why it was refused."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties_seen
from kalka.duties import services as duties
from kalka.people import spending
from kalka.people.limits import limits
from kalka.people.models import SearchAnswer, SearchAsk, SearchDay, SearchMade, SearchReason
from kalka.people.rules.purpose import Why, refusal
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys
from kalka.vault.rows import repeated, written

OWED, MORE, GRANT = "people.search_reason", "people.more_searches", "search"


@command("people.search_from_case", needs=Permission.SEARCH)
def search_from_case(actor: Actor, *, subject_id: UUID, now: datetime) -> SearchMade:
    """The file is the purpose. Refuses as unknown a file the actor does not see."""
    if not access.sees(actor, subject_id, now=now):
        raise AccessDenied("people.not_visible")
    return _count(actor, Why.CASE, subject_id, now)


@command("people.search_from_duty", needs=Permission.SEARCH)
def search_from_duty(actor: Actor, *, duty_id: UUID, now: datetime) -> SearchMade:
    """The duty is the purpose. Refuses `people.duty_ended`, and as unknown a duty that is not the actor's."""
    duty = duties_seen.get_duty(actor, duty_id, now=now)
    if duty.ended_at is not None:
        raise DomainError("people.duty_ended")
    return _count(actor, Why.DUTY, duty.subject_id, now, duty_id=duty_id)


@command("people.search_with_reason", needs=Permission.SEARCH)
def search_with_reason(actor: Actor, *, reason: str, now: datetime) -> SearchMade:
    """Where there is neither a file nor a duty: a reason in words, which whoever leads may read."""
    if not reason.strip():
        raise DomainError("people.search_reason_missing", field="reason")
    subject_id = new_id()
    made = _count(actor, Why.REASON, subject_id, now)
    if not made.refusal:
        _give(actor, made, reason, new_keys(subject_id, [Klass.NARRATIVE]), new_id(), now)
        _grant(actor, subject_id, now)
    return made


@command("people.search_in_emergency", needs=Permission.SEARCH)
def search_in_emergency(actor: Actor, *, now: datetime) -> SearchMade:
    """Search first. A duty asks for the reason; late, it moves to whoever leads."""
    subject_id = new_id()
    made = _count(actor, Why.EMERGENCY, subject_id, now)
    if not made.refusal and actor.post_id is not None:
        new_keys(subject_id, [Klass.NARRATIVE])
        _grant(actor, subject_id, now)
        duties.assign(
            OWED,
            subject_id=subject_id,
            post_id=actor.post_id,
            due_at=now + limits(day_of(now)).reason_within,
            basis=None,
            now=now,
            about=str(made.pk),
        )
    return made


@command("people.give_search_reason", needs=Permission.DUTY_END)
def give_search_reason(actor: Actor, *, id: UUID, search_id: UUID, reason: str, now: datetime) -> SearchReason:
    """Of a search that was made first: by whoever made it, or whoever the duty moved to.

    Refuses `people.search_reason_missing`, `people.search_reason_given`.
    """
    made = spending.owing(actor, search_id, now=now)
    if again := repeated(SearchReason, actor, id=id, content=[search_id, reason]):
        return again
    if not reason.strip():
        raise DomainError("people.search_reason_missing", field="reason")
    if SearchReason.objects.filter(search=made).exists():
        raise Stale("people.search_reason_given")
    given = _give(actor, made, reason, access.keys_for(actor, made.file, now=now, klasses=[Klass.NARRATIVE]), id, now)
    duties.end_for(OWED, subject_id=made.file, actor=actor, now=now)
    return given


@command("people.ask_more_searches", needs=Permission.SEARCH)
def ask_more_searches(actor: Actor, *, id: UUID, now: datetime) -> SearchAsk:
    """Whoever leads is asked, once a day. Refuses `people.searches_left`, `people.nobody_leads`."""
    on = day_of(now)
    if again := repeated(SearchAsk, actor, id=id, content=[on]):
        return again
    with beyond():
        there = SearchAsk.objects.filter(author_id=actor.user_id, on=on).first()
    if there:
        return there
    if spending.spent(actor.user_id, now=now).left:
        raise DomainError("people.searches_left")
    lead = directory.lead_of(actor.post_id or 0, on)
    if lead is None:
        raise DomainError("people.nobody_leads")
    subject_id = new_id()
    ask = SearchAsk(**written(actor, id=id, subject_id=subject_id, content=[on], now=now), on=on)
    ask.save(force_insert=True)
    _grant(actor, subject_id, now)
    duties.assign(MORE, subject_id=subject_id, post_id=lead.id, due_at=now, basis=None, now=now, about=str(ask.pk))
    return ask


@command("people.answer_more_searches", needs=Permission.DUTY_END)
def answer_more_searches(actor: Actor, *, id: UUID, ask_id: UUID, raised: bool, now: datetime) -> SearchAnswer:
    """Raise the budget of whoever asked for the day that was asked for, or do not.

    Refuses `people.own_searches`, `people.answered_already`, and as unknown whoever was not asked.
    """
    ask = spending.asked(actor, ask_id, now=now)
    if again := repeated(SearchAnswer, actor, id=id, content=[ask_id, raised]):
        return again
    if ask.author_id == actor.user_id:
        raise DomainError("people.own_searches")
    if SearchAnswer.objects.filter(ask=ask).exists():
        raise Stale("people.answered_already")
    answer = SearchAnswer(
        **written(actor, id=id, subject_id=ask.subject_id, content=[ask_id, raised], now=now),
        ask=ask,
        user_id=ask.author_id,
        on=ask.on,
        raised=raised,
    )
    answer.save(force_insert=True)
    duties.end_for(MORE, subject_id=ask.subject_id, actor=actor, now=now)
    return answer


def _count(actor: Actor, why: Why, file: UUID, now: datetime, *, duty_id: UUID | None = None) -> SearchMade:
    """One more of the day. Two at once wait for each other at the row of the day."""
    day, _made = SearchDay.objects.get_or_create(user_id=actor.user_id, on=day_of(now))
    day = SearchDay.objects.select_for_update().get(pk=day.pk)
    refused = refusal(why, spending.of_day(day, now=now))
    SearchDay.objects.filter(pk=day.pk).update(
        made=F("made") + 1, emergencies=F("emergencies") + int(why is Why.EMERGENCY)
    )
    made = SearchMade(
        user_id=actor.user_id, post_id=actor.post_id, at=now, why=why, file=file, duty=duty_id, refusal=refused or ""
    )
    made.save(force_insert=True)
    return made


def _give(actor: Actor, made: SearchMade, reason: str, keys: Keys, id: UUID, now: datetime) -> SearchReason:
    row = SearchReason(**written(actor, id=id, subject_id=made.file, content=[made.pk, reason], now=now), search=made)
    keys.put(row, "reason", reason)
    row.save(force_insert=True)
    return row


def _grant(actor: Actor, subject_id: UUID, now: datetime) -> None:
    """The searcher's post, and the one that leads it: a reason nobody may read is no reason."""
    lead = directory.lead_of(actor.post_id or 0, day_of(now))
    for post_id in {actor.post_id, lead.id if lead else None} - {None}:
        grants.grant(subject_id, post_holder(post_id or 0), why=GRANT, now=now)
