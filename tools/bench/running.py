"""Files with an order that runs, as the commands would have left them, in rows: a case, who is in it, who works on it,
the order and its number, and what is to be done. Nothing is sealed: nobody reads these."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.models import Model

from kalka.access.models import Grant, Wall
from kalka.cases.models import Case, Member, Participant, StageChange
from kalka.core.actors import post_holder
from kalka.core.clock import day_of
from kalka.core.inserting import insert_many
from kalka.core.refs import new_id, new_ref
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.duties.models import Duty
from kalka.duties.rules import INTERNAL
from kalka.lawbook.book import Law
from kalka.orders.models import OrderNumber, ProtectionOrder, Service
from kalka.orders.rules import agree_by, term
from kalka.people.models import Person

BATCH = 1_000
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TERM = 30  # days
WALLED, LATE, UNSERVED = 0.02, 0.10, 0.02  # of all files: somebody is kin; what was to be done was not
Rows: TypeAlias = dict[type[Model], list[Any]]
LEVELS = ("1/4", "2/4", "3/4", "4/4", "")


def write(orders: int, *, now: datetime, posts: Sequence[PostInfo] = (), seed: int = 1) -> dict[str, int]:
    """So many files, in turn for these posts: without them, for everybody's who is an inspector."""
    rng, on = Random(seed), day_of(now)
    posts = posts or [one for one in directory.staffed(on) if one.role == "police_inspector" and one.held]
    users = [user for held in directory.everybody(on).values() for user in held]
    for first in range(0, orders, BATCH):
        rows: Rows = {}
        for number in range(first, min(first + BATCH, orders)):
            _file(rows, posts[number % len(posts)], rng, now, users)
        with transaction.atomic():
            for made in rows.values():
                insert_many(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"orders": orders, "posts": len(posts), "duties": Duty.objects.count()}


def _file(rows: Rows, post: PostInfo, rng: Random, now: datetime, users: list[int]) -> None:
    issued = now - rng.random() * (TERM - 1) * DAY
    shared = {"subject_id": new_id(), "author_id": 1, "post_id": post.id, "digest": b"", "recorded_at": issued}

    def put(model: type[Model], **given: Any) -> Any:
        row = model(**shared, **given)
        rows.setdefault(model, []).append(row)
        return row

    case = put(Case, ref=new_ref(), place=post.place, opened_on=day_of(issued))
    put(StageChange, case=case, number=1, stage="open", why="opened")
    she, he = (put(Person, sex=sex, age_band="unknown") for sex in "fm")
    for person, part in ((she, "protected"), (he, "alleged")):
        put(Participant, case=case, person=person, part=part)
    put(Member, case=case, holder_id=post.id, why="responsible", scope="file", since=day_of(issued))
    order = _order(put, case, he, post, issued)
    if rng.random() < UNSERVED:
        _duty(put, post, "order.serve", issued + DAY, str(order.pk), case.ref)
    else:
        put(Service, order=order, at=issued, how="handed")
    visit = now - 30 * HOUR if rng.random() < LATE else now + rng.random() * 6 * DAY
    _duty(put, post, "visit.make", visit, "", case.ref, level=rng.choice(LEVELS))
    agree = agree_by(order.ends, issued)
    if agree > now or rng.random() < LATE:
        _duty(put, post, "order.before_expiry", agree, str(order.pk), case.ref)
    grant = {"subject_id": shared["subject_id"], "scope": "file", "why": "team", "since": issued}
    rows.setdefault(Grant, []).append(Grant(**grant, holder=post_holder(post.id)))
    if rng.random() < WALLED:
        wall = Wall(subject_id=shared["subject_id"], user_id=rng.choice(users), why="kin", since=issued)
        rows.setdefault(Wall, []).append(wall)


def _order(put: Any, case: Case, he: Person, post: PostInfo, issued: datetime) -> Any:
    on = day_of(issued)
    of_law = term(Law(on), on)
    order = put(
        ProtectionOrder,
        case=case,
        case_ref=case.ref,
        place=post.place,
        authority_id=post.organisation_id,
        respondent=he,
        issued_at=issued,
        starts=on,
        ends=of_law.ends,
        basis=of_law.basis.as_json(),
    )
    put(OrderNumber, order=order, authority_id=post.organisation_id, number_key=secrets.token_bytes(16))
    return order


def _duty(put: Any, post: PostInfo, kind: str, due_at: datetime, part: str, ref: str, level: str = "") -> None:
    about = f"{ref}/{part}" if part else ref
    put(Duty, kind=kind, assignee_id=post.id, due_at=due_at, basis={"rule": INTERNAL}, level=level, about=about)
