"""Random states of who was granted what, walled off from what, and holds which post; and an oracle of plain Python.

The oracle reads the rows as lists and knows nothing of SQL, of selectors or of each other's code.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from kalka.access.models import Grant, Wall
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.cases.models import Case, StageChange
from kalka.core.refs import new_id, new_ref
from kalka.directory.models import Holding, Organisation, Post
from kalka.duties.models import Duty
from kalka.followup.models import MissedVisit
from kalka.orders.models import ProtectionOrder
from kalka.places.models import Place
from kalka.vault.fields import Sealed
from kalka.vault.models import SubjectKey

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SUBJECTS, POSTS, ORGANISATIONS, USERS = 24, 9, 3, 10
SCOPES = ("file", "orders", "duties")
# Also the very moment and the very day: an end at `now` has ended, a last day has not.
HOURS = (-48, -1, 0, 0, 1, 72)
DAYS = (-9, -1, 0, 0, 1, 9)


@dataclass
class State:
    grants: list[Grant] = field(default_factory=list)
    walls: list[Wall] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    closed: set[UUID] = field(default_factory=set)
    duties: list[Duty] = field(default_factory=list)
    visits: list[MissedVisit] = field(default_factory=list)
    orders: list[ProtectionOrder] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)  # by token


def draw(random: Random) -> State:
    """One world in the database; whatever an earlier one left is gone."""
    for model in (
        MissedVisit,
        ProtectionOrder,
        SubjectKey,
        Duty,
        StageChange,
        Case,
        Grant,
        Wall,
        Session,
        Holding,
        Post,
        Organisation,
        User,
    ):
        model._default_manager.all().delete()
    state = State()
    country, _ = Place.objects.get_or_create(
        code="41700000000000", defaults={"level": "country", "names": {}, "name_status": "official"}
    )
    organisations = [
        Organisation.objects.create(kind="police", name={}, place=country.code) for _ in range(ORGANISATIONS)
    ]
    state.posts = Post.objects.bulk_create(_post(random, organisations) for _ in range(POSTS))
    state.users = User.objects.bulk_create(_user(n) for n in range(USERS))
    state.holdings = Holding.objects.bulk_create(_holdings(random, state))
    state.sessions = _sessions(random, state)
    _cases(random, state)
    holders = [f"post:{post.id}" for post in state.posts] + [f"org:{one.id}" for one in organisations]
    subjects = [case.subject_id for case in state.cases]
    state.grants = Grant.objects.bulk_create(_grant(random, subjects, holders) for _ in range(3 * SUBJECTS))
    for subject in state.closed:  # what was given after the closing does not say so
        last = random.choice(state.grants).pk
        Grant.objects.filter(subject_id=subject, pk__lte=last).update(of_closed=True)
    walled = {(random.choice(subjects), random.choice(state.users).id) for _ in range(SUBJECTS)}
    state.walls = Wall.objects.bulk_create(
        Wall(subject_id=subject, user_id=user, why="kin", since=NOW) for subject, user in sorted(walled, key=str)
    )
    return state


def _span(random: Random, of: tuple[int, ...]) -> tuple[int, int | None]:
    since, until = sorted((random.choice(of), random.choice(of)))
    return since, random.choice((until, None))


def _days(random: Random) -> dict[str, date | None]:
    since, until = _span(random, DAYS)
    return {
        "since": TODAY + timedelta(days=since),
        "until": None if until is None else TODAY + timedelta(days=until),
    }


def _post(random: Random, organisations: list[Organisation]) -> Post:
    return Post(
        role="police_inspector", organisation=random.choice(organisations), place="41700000000000", **_days(random)
    )


def _user(number: int) -> User:
    return User(
        login=f"u{number}-{secrets.token_hex(4)}",
        password="!",
        subject_id=new_id(),
        name=Sealed(b""),
        totp=Sealed(b""),
        created_at=NOW,
        active=number % 5 != 4,
    )


def _holdings(random: Random, state: State) -> list[Holding]:
    pairs = {(random.choice(state.posts).id, random.choice(state.users).id) for _ in range(3 * USERS // 2)}
    return [Holding(post_id=post, user_id=user, **_days(random)) for post, user in sorted(pairs)]


def _sessions(random: Random, state: State) -> dict[str, Session]:
    made = {}
    for user in state.users:
        token = secrets.token_urlsafe(32)
        made[token] = Session.objects.create(
            token=sha256(token.encode()).digest(),
            user=user,
            stage=random.choice((Stage.FULL, Stage.FULL, Stage.FULL, Stage.CODE)),
            post_id=random.choice((None, *(post.id for post in state.posts))),
            started_at=NOW,
            seen_at=NOW - timedelta(minutes=random.choice((0, 15, 16))),
            ends_at=NOW + timedelta(hours=random.choice((0, 1, 5))),
            ended_at=random.choice((None, None, None, NOW)),
        )
    return made


def _cases(random: Random, state: State) -> None:
    common = {"author_id": 1, "post_id": None, "digest": b"", "recorded_at": NOW}
    state.cases = Case.objects.bulk_create(
        Case(subject_id=new_id(), ref=new_ref(), place="41700000000000", opened_on=TODAY, **common)
        for _ in range(SUBJECTS)
    )
    changes, due = [], [None, *(NOW + timedelta(hours=h) for h in (-30, 0, 5, 30, 300))]
    for case in state.cases:
        stages = random.choices(("open", "follow_up", "closed"), k=random.randint(0, 3))
        for number, stage in enumerate(("open", *stages), 1):
            changes.append(StageChange(subject_id=case.subject_id, case=case, number=number, stage=stage, **common))
        if changes[-1].stage == "closed":
            state.closed.add(case.subject_id)
        for kind in ("visit", "triage", "assess"):
            ended = random.choice((None, None, NOW))
            assignee, term = random.choice(state.posts), random.choice(due)
            row = Duty(
                subject_id=case.subject_id,
                kind=kind,
                assignee=assignee,
                due_at=term,
                basis={},
                ended_at=ended,
                **common,
            )
            state.duties.append(row)
    StageChange.objects.bulk_create(changes)
    Duty.objects.bulk_create(state.duties)
    _more(state, common)


def _more(state: State, common: dict[str, object]) -> None:
    """A row of each file that only the file shows, one that a grant for orders shows, and a key."""
    for case in state.cases:
        row = {"subject_id": case.subject_id, **common}
        state.visits.append(MissedVisit(planned_at=NOW, alarmed=state.posts[0], **row))
        order = {"case": case, "case_ref": case.ref, "place": case.place, "issued_at": NOW, "basis": {}}
        state.orders.append(ProtectionOrder(starts=TODAY, ends=TODAY, note=Sealed(b""), **order, **row))
    MissedVisit.objects.bulk_create(state.visits)
    ProtectionOrder.objects.bulk_create(state.orders)
    owners = [*state.cases, *state.users]
    SubjectKey.objects.bulk_create(
        SubjectKey(subject_id=one.subject_id, klass="narrative", wrapped=b"-") for one in owners
    )


def _grant(random: Random, subjects: list[UUID], holders: list[str]) -> Grant:
    since, until = _span(random, HOURS)
    return Grant(
        subject_id=random.choice(subjects),
        holder=random.choice(holders),
        scope=random.choice((*SCOPES, "file", "file")),
        why="test",
        since=NOW + timedelta(hours=since),
        until=None if until is None else NOW + timedelta(hours=until),
    )


def acts_in(state: State, token: str) -> tuple[bool, Post | None]:
    """Whether whoever holds the token acts at all, and in which post."""
    session = state.sessions[token]
    user = next(one for one in state.users if one.id == session.user_id)
    if not user.active or session.ended_at is not None or session.ends_at <= NOW or session.stage != "full":
        return False, None
    if NOW - session.seen_at > timedelta(minutes=15):
        return False, None
    held = {one.post_id for one in state.holdings if one.user_id == user.id and _on(one)}
    open_ = sorted((post for post in state.posts if post.id in held and _on(post)), key=lambda post: post.id)
    named = [post for post in open_ if post.id == session.post_id]
    return True, next(iter(named or open_), None)


def sees(state: State, user_id: int, post: Post | None, scope: str = "file") -> dict[UUID, int]:
    """Each subject seen, with the newest grant that shows it."""
    holders = {f"post:{post.id}", f"org:{post.organisation_id}"} if post else set()
    enough = {"file"} if scope == "file" else {"file", scope}
    walled = {wall.subject_id for wall in state.walls if wall.user_id == user_id}
    found: dict[UUID, int] = {}
    for grant in state.grants:
        runs = grant.since <= NOW and (grant.until is None or NOW < grant.until)
        if runs and grant.holder in holders and grant.scope in enough and grant.subject_id not in walled:
            found[grant.subject_id] = max(found.get(grant.subject_id, 0), grant.id)
    return found


def must_do(state: State, user_id: int, post: Post | None) -> set[UUID]:
    walled = {wall.subject_id for wall in state.walls if wall.user_id == user_id}
    mine = [duty for duty in state.duties if post and duty.assignee_id == post.id and duty.ended_at is None]
    return {duty.id for duty in mine if duty.subject_id not in walled}


def _on(row: Post | Holding) -> bool:
    return row.since <= TODAY and (row.until is None or TODAY <= row.until)
