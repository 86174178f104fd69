"""Whole tables asked for under somebody's sight, without a predicate, beside what plain Python says of the same."""

from collections.abc import Iterator
from random import Random
from uuid import UUID

from django.db import connection
from django.db.models import Model

from kalka.access import who
from kalka.cases.models import Case, StageChange
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.directory.models import Post
from kalka.duties.models import Duty
from kalka.followup.models import MissedVisit
from kalka.orders.models import ProtectionOrder
from kalka.vault.models import SubjectKey
from tests.deep import world
from tests.deep.world import NOW


def compared(states: int, seed: int) -> int:
    """Users of random worlds, each asked for once. Returns how many; none on SQLite, which has no such net."""
    done = 0
    for drawn, actor, post, told in asking(states, seed):
        with sight.acting(actor, now=NOW):
            found = {model: sorted(model._default_manager.values_list("subject_id", "pk")) for model in TABLES}
        assert found == may_see(drawn, actor, post), told
        done += 1
    return done


def asking(states: int, seed: int) -> Iterator[tuple[world.State, Actor, Post | None, str]]:
    done = number = 0
    while done < states and connection.vendor == "postgresql":
        random = Random(f"{seed}-{number}")
        drawn, number = world.draw(random), number + 1
        for token, session in drawn.sessions.items():
            actor = who.visitor(token, now=NOW).actor
            _acts, post = world.acts_in(drawn, token)
            if actor is None:
                post = random.choice(drawn.posts)
                user = next(one for one in drawn.users if one.id == session.user_id)
                holders = (f"post:{post.id}", f"org:{post.organisation_id}")
                actor = Actor(user.id, frozenset(), holders, post_id=post.id, subject_id=user.subject_id)
            yield drawn, actor, post, f"seed {seed}, world {number - 1}, user {session.user_id}"
            done += 1


TABLES: tuple[type[Model], ...] = (Case, StageChange, MissedVisit, ProtectionOrder, Duty, SubjectKey)


def may_see(drawn: world.State, actor: Actor, post: Post | None) -> dict[type[Model], list[tuple[UUID, object]]]:
    by_scope = {scope: set(world.sees(drawn, actor.user_id, post, scope)) for scope in world.SCOPES}
    some = set.union(*by_scope.values())
    walled = {wall.subject_id for wall in drawn.walls if wall.user_id == actor.user_id}
    mine = {duty.pk for duty in drawn.duties if post and duty.assignee_id == post.id}
    there = {model: list(model._default_manager.values_list("subject_id", "pk")) for model in (StageChange, SubjectKey)}
    shown = {
        Case: [(one.subject_id, one.pk) for one in drawn.cases if one.subject_id in some],
        StageChange: [(subject, pk) for subject, pk in there[StageChange] if subject in some],
        MissedVisit: [(one.subject_id, one.pk) for one in drawn.visits if one.subject_id in by_scope["file"]],
        ProtectionOrder: [(one.subject_id, one.pk) for one in drawn.orders if one.subject_id in by_scope["orders"]],
        Duty: [
            (one.subject_id, one.pk)
            for one in drawn.duties
            if one.subject_id not in walled and (one.pk in mine or one.subject_id in some)
        ],
        SubjectKey: [(one, pk) for one, pk in there[SubjectKey] if one in some or one == actor.subject_id],
    }
    return {model: sorted(found) for model, found in shown.items()}
