"""The law wants an order on every fact of violence: somebody is to issue it, whatever the level of danger."""

from datetime import datetime, timedelta
from uuid import UUID

from kalka.cases import facts_told
from kalka.cases import selectors as cases
from kalka.cases.facts_told import Fact
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import performing
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.orders import covering

CONSIDER, INSPECTOR, WITHIN = "order.consider", "police_inspector", "order.issue_within_hours"
LATELY = timedelta(days=7)  # how long the job may have stood still; a fact is asked about once


@command("orders.demand", needs=Permission.SYSTEM)
def demand_orders(actor: Actor, *, now: datetime) -> tuple[UUID, ...]:
    """Each fact of the last days that has no order becomes the inspector's duty, due by the law of its day.

    Not where somebody was asked since it was written down, whatever became of that: a duty let go was let go by a
    person, with a reason. Nothing in a closed case. Returns the files.
    """
    since = covering.first_day()
    told = facts_told.lately(since=since, after=now - LATELY) if since else ()
    terms = covering.terms_of(one.subject_id for one in told)
    asked = performing.last_given(CONSIDER, [one.subject_id for one in told])
    owed: dict[UUID, Fact] = {}
    for one in told:
        last = asked.get(one.subject_id)
        for fact in covering.orderless(one.facts, terms[one.subject_id]):
            if fact.known_at >= now - LATELY and (last is None or last < fact.known_at):
                owed[one.subject_id] = fact
    return tuple(_asked(actor, owed, now))


def _asked(actor: Actor, owed: dict[UUID, Fact], now: datetime) -> list[UUID]:
    found = []
    for subject_id, case in cases.known(actor, owed, now=now).items():
        post_id, fact = case.post(INSPECTOR, now), owed[subject_id]
        if post_id is None:
            continue
        law = Law(day_of(fact.known_at)).get(WITHIN)
        hours = law.value if law is not None else None
        duties.assign(
            CONSIDER,
            subject_id=subject_id,
            post_id=post_id,
            due_at=fact.known_at + timedelta(hours=hours) if type(hours) is int else None,
            basis=law,
            now=now,
            about=case.ref,
        )
        found.append(subject_id)
    return found
