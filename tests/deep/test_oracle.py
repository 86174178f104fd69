"""10,000 random states: what the statements show is what plain Python says may be seen, and so is what PostgreSQL
shows of whole tables."""

import os
from dataclasses import dataclass
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from kalka.access import selectors as access
from kalka.access import who
from kalka.access.rules import Scope
from kalka.cases.models import Case
from kalka.cases.selectors import State, count_cases, list_cases
from kalka.core.actors import Actor
from kalka.duties import selectors as duties
from tests.deep import rows, world
from tests.deep.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.deep]

STATES = int(os.environ.get("KALKA_ORACLE_STATES", "10000"))
SEED = int(os.environ.get("KALKA_ORACLE_SEED", "0"))


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    subject_id: UUID
    level: str = ""


def listed(actor: Actor, state: State, size: int = 5) -> list[str]:
    """The whole list, page by page."""
    refs: list[str] = []
    after = 0
    while True:
        page = list_cases(actor, now=NOW, state=state, after=after, size=size)
        refs += [line.ref for line in page.lines]
        if not page.following:
            return refs
        after = page.following


def test_who_acts_and_what_they_see_is_what_plain_python_says(monkeypatch):
    # Words and addresses are not asked here.
    monkeypatch.setattr("kalka.duties.selectors.line", lambda duty, now: Line(duty.pk, duty.subject_id))
    compared = number = 0
    while compared < STATES:
        random = Random(f"{SEED}-{number}")
        drawn, number = world.draw(random), number + 1
        for token, session in drawn.sessions.items():
            told = f"seed {SEED}, world {number - 1}, user {session.user_id}"
            acts, post = world.acts_in(drawn, token)
            actor = who.visitor(token, now=NOW).actor
            assert (actor is not None, actor and actor.post_id) == (acts, post and post.id if acts else None), told
            if actor is None:
                post = random.choice(drawn.posts)
                holders = (f"post:{post.id}", f"org:{post.organisation_id}")
                actor = Actor(session.user_id, frozenset(), holders, post_id=post.id)
            compare(drawn, actor, post, told)
            compared += 1


def test_requirement_15_the_database_by_itself_shows_what_plain_python_says():
    shown = rows.compared(STATES, SEED)
    assert shown == (STATES if connection.vendor == "postgresql" else 0)


def compare(drawn: world.State, actor: Actor, post, told: str) -> None:
    for scope in Scope:
        seen = world.sees(drawn, actor.user_id, post, scope)
        shown = access.visible(actor, Case.objects.all(), now=NOW, scope=scope).values_list("subject_id", flat=True)
        assert sorted(shown) == sorted(seen), f"{told}, {scope}"
    newest = world.sees(drawn, actor.user_id, post)
    in_order = sorted((c for c in drawn.cases if c.subject_id in newest), key=lambda c: -newest[c.subject_id])
    for state in State:
        wanted = [c.ref for c in in_order if state is State.ALL or (c.subject_id in drawn.closed) == bool(state)]
        assert listed(actor, state) == wanted, f"{told}, {state.name}"
        assert count_cases(actor, now=NOW, state=state) == len(wanted), f"{told}, {state.name}"
    today = duties.today(actor, now=NOW)
    parts = (today.first, today.late, today.today, today.unset, today.week, today.later)
    assert {duty.id for part in parts for duty in part} == world.must_do(drawn, actor.user_id, post), told
    assert duties.counts(actor, now=NOW).whole == today.whole, told
    for case in drawn.cases[:3]:
        assert access.sees(actor, case.subject_id, now=NOW) == (case.subject_id in newest), told
