"""Everything that can be done to organisations and posts."""

from datetime import date, datetime, timedelta

from kalka.accounts import selectors as accounts
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.datafile import LANGUAGES
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import CATEGORIES, KINDS, ROLES
from kalka.places import selectors as places

COMMITTEE, MEMBER = "committee", "committee_member"


@command("directory.create_organisation", needs=Permission.POSTS_MANAGE)
def create_organisation(
    actor: Actor, *, kind: str, name: dict[str, str], place: str, now: datetime, parent_id: int | None = None
) -> Organisation:
    if kind not in KINDS:
        raise DomainError("directory.no_such_kind", field="kind")
    if set(name) != set(LANGUAGES) or not all(text.strip() for text in name.values()):
        raise DomainError("directory.name_incomplete", field="name")
    _known_place(place)
    if parent_id is not None and not Organisation.objects.filter(id=parent_id).exists():
        raise DomainError("directory.no_such_organisation", field="parent")
    return Organisation.objects.create(kind=kind, name=name, place=place, parent_id=parent_id)


@command("directory.create_post", needs=Permission.POSTS_MANAGE)
def create_post(
    actor: Actor, *, role: str, organisation_id: int, place: str, since: date, now: datetime, leads: bool = False
) -> Post:
    """A new post is vacant: nobody may do anything by it yet."""
    if role not in ROLES:
        raise DomainError("directory.no_such_role", field="role")
    if not Organisation.objects.filter(id=organisation_id).exists():
        raise DomainError("directory.no_such_organisation", field="organisation")
    _known_place(place)
    return Post.objects.create(role=role, organisation_id=organisation_id, place=place, leads=leads, since=since)


@command("directory.appoint", needs=Permission.POSTS_MANAGE)
def appoint(actor: Actor, *, post_id: int, user_id: int, since: date, now: datetime, category: str = "") -> Holding:
    """Put a person into a post. Refuses one who holds it already, and appointing oneself.

    `category`: whom a member of a committee stands for (`categories.yaml`).
    """
    post = _post(post_id)
    if category and category not in CATEGORIES:
        raise DomainError("directory.no_such_category", field="category")
    if user_id == actor.user_id:
        raise DomainError("directory.not_oneself", field="login")
    if accounts.login_of(user_id) is None:
        raise DomainError("directory.no_such_user", field="login")
    if since < post.since or (post.until is not None and since > post.until):
        raise DomainError("directory.post_not_standing", field="since")
    if Holding.objects.filter(post=post, user_id=user_id, until=None).exists():
        raise Stale("directory.holds_it_already", field="login")
    return Holding.objects.create(post=post, user_id=user_id, category=category, since=since)


@command("directory.leave_post", needs=Permission.POSTS_MANAGE)
def leave_post(actor: Actor, *, post_id: int, user_id: int, until: date, now: datetime) -> Holding:
    """The last day in the post. A day before today ends access on the next request."""
    holding = Holding.objects.filter(post_id=post_id, user_id=user_id, until=None).first()
    if holding is None:
        raise AccessDenied("directory.no_such_holding")
    holding.until = max(until, holding.since - timedelta(days=1))
    holding.save(update_fields=["until"])
    return holding


@command("directory.name_substitute", needs=Permission.POSTS_MANAGE)
def name_substitute(
    actor: Actor, *, post_id: int, substitute_id: int | None, now: datetime, seen: str | None = None
) -> Post:
    """Whoever receives the duties while the post is vacant. `seen`: the number of the one who stood there before, ""
    for nobody; refuses `directory.changed_meanwhile` where it is another one by now."""
    post = _post(post_id)
    if seen is not None and seen != str(post.substitute_id or ""):
        raise Stale("directory.changed_meanwhile")
    if substitute_id == post_id:
        raise DomainError("directory.own_substitute", field="substitute")
    post.substitute = _post(substitute_id) if substitute_id is not None else None
    post.save(update_fields=["substitute"])
    return post


@command("directory.close_post", needs=Permission.POSTS_MANAGE)
def close_post(actor: Actor, *, post_id: int, until: date, now: datetime) -> Post:
    """The last day of the post; nobody acts in it after that."""
    post = _post(post_id)
    if until < post.since:
        raise DomainError("directory.ends_before_it_begins", field="until")
    post.until = until
    post.save(update_fields=["until"])
    return post


@command("directory.found_committee", needs=Permission.COMMITTEE_FOUND)
def found_committee(actor: Actor, *, name: dict[str, str], place: str, now: datetime) -> Organisation:
    """A new local committee with the vacant post of its secretary, who leads it."""
    _known_place(place)
    committee = Organisation.objects.create(kind=COMMITTEE, name=name, place=place)
    Post.objects.create(
        role="committee_secretary", organisation=committee, place=place, leads=True, since=clock.day_of(now)
    )
    return committee


@command("directory.seat_member", needs=Permission.COMMITTEE_KEEP)
def seat_member(actor: Actor, *, user_id: int, category: str, since: date, now: datetime) -> Holding:
    """A member of the actor's own committee, in a post of their own."""
    committee = Organisation.objects.filter(id=actor.organisation_id or 0, kind=COMMITTEE).first()
    if committee is None:
        raise AccessDenied("directory.no_such_organisation")
    if category not in CATEGORIES:
        raise DomainError("directory.no_such_category", field="category")
    post = Post.objects.create(role=MEMBER, organisation=committee, place=committee.place, since=since)
    return Holding.objects.create(post=post, user_id=user_id, category=category, since=since)


@command("directory.unseat_member", needs=Permission.COMMITTEE_KEEP)
def unseat_member(actor: Actor, *, holding_id: int, until: date, now: datetime) -> Holding:
    """The last day of a member of the actor's own committee; their post ends with it."""
    own = Holding.objects.select_for_update(of=("self",)).select_related("post")
    holding = own.filter(
        id=holding_id, until=None, post__role=MEMBER, post__organisation=actor.organisation_id or 0
    ).first()
    if holding is None:
        raise AccessDenied("directory.no_such_holding")
    holding.until = max(until, holding.since - timedelta(days=1))
    holding.save(update_fields=["until"])
    holding.post.until = max(until, holding.post.since)
    holding.post.save(update_fields=["until"])
    return holding


def _post(post_id: int) -> Post:
    post = Post.objects.select_for_update().filter(id=post_id).first()  # two appointments wait for each other
    if post is None:
        raise AccessDenied("directory.no_such_post")
    return post


def _known_place(code: str) -> None:
    if places.get(code) is None:
        raise DomainError("directory.no_such_place", field="place")
