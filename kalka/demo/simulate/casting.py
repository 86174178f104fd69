"""Where cases may be, and which posts they meet there: out of the directory as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.demo.simulate.figures import A_REGION, LEAST_OF_A_REGION
from kalka.demo.simulate.told import Cast
from kalka.demo.staffing import Member
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.places import selectors as places

# How shapes call the posts they need, and the roles that may be it, in the order of asking.
NAMES = {
    "worker": ("social_worker",),
    "inspector": ("police_inspector",),
    "officer": ("supervising_officer",),
    "coordinator": ("window_coordinator",),
    "child": ("child_protection",),
    "prosecutor": ("prosecutor",),
    "helper": ("psychologist", "crisis_worker", "lawyer"),
}
NEEDED = ("worker", "inspector")
TELLERS = ("committee_secretary", "hotline_operator", "health_worker", "educator", "crisis_worker")


def casts(on: date) -> tuple[Cast, ...]:
    """Every place below the raion whose social worker and inspector are held on the day, in the order of its code."""
    posts = directory.staffed(on)
    near = {post.place for post in posts if post.role in ("social_worker", "police_inspector", "committee_secretary")}
    aimaks = sorted(code for code in near if code and places.aimak_of(code) == code)
    found = [cast for code in aimaks or sorted(near) if (cast := _cast(code, on)) is not None]
    return weighed(found)


def weighed(found: Iterable[Cast]) -> tuple[Cast, ...]:
    """By what their regions register, shared among the places of a region."""
    listed = list(found)
    mean = sum(A_REGION.values()) / len(A_REGION)
    in_region = {one.unit: sum(other.unit == one.unit for other in listed) for one in listed}
    least = mean * LEAST_OF_A_REGION
    return tuple(replace(one, weight=max(A_REGION.get(one.unit, mean), least) / in_region[one.unit]) for one in listed)


def with_share(found: Iterable[Cast], place: str, share: float) -> tuple[Cast, ...]:
    """The same, but one place has this share of all cases: where a worker with so many is wanted. 0 < share < 1."""
    listed = list(found)
    others = sum(one.weight for one in listed if one.place != place)
    return tuple(
        replace(one, weight=others * share / (1 - share)) if one.place == place and others else one for one in listed
    )


def _cast(place: str, on: date) -> Cast | None:
    members: dict[str, Member] = {}
    for name, roles in NAMES.items():
        if member := _first(roles, place, on):
            members[name] = member
    if not set(NEEDED) <= set(members):
        return None
    lead = directory.lead_of(members["inspector"].actor.post_id or 0, on)
    if lead is not None and (held := _member("lead", lead, on)):
        members["lead"] = held
    tellers = tuple(one for role in TELLERS if (one := _first((role,), place, on)) and not _among(one, members))
    villages = tuple(code for code, _label in places.children(place, on=on))
    return Cast(place, villages, _unit(place), members, tellers) if tellers else None


def member_of(role: str, cast: Cast, on: date) -> Member | None:
    """Who of this role answers for the place, unless they meet its cases anyway."""
    one = _first((role,), cast.place, on)
    known = {**cast.members, **{str(number): teller for number, teller in enumerate(cast.tellers)}}
    return one if one is not None and not _among(one, known) else None


def _among(one: Member, members: Mapping[str, Member]) -> bool:
    """Whether it is somebody the case meets anyway, in this post or in another one."""
    known = ((other.actor.post_id, other.actor.user_id) for other in members.values())
    return any(one.actor.post_id == post or one.actor.user_id == user for post, user in known)


def _unit(place: str) -> str:
    """The oblast or the city beside the oblasts that a place lies in."""
    chain = places.chain(place)
    return chain[-2] if len(chain) > 1 else place


def _first(roles: tuple[str, ...], place: str, on: date) -> Member | None:
    for role in roles:
        post = directory.responsible(role, place, on)
        if post is not None and (member := _member(role, post, on)):
            return member
    return None


def _member(name: str, post: PostInfo, on: date) -> Member | None:
    """Whoever holds the post, as their session would act; None for a vacant one."""
    users = directory.holders_of(post.id, on)
    if not users:
        return None
    actor = Actor(
        users[0],
        ROLES[post.role].permissions,
        (post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
        leads=post.leads,
    )
    return Member(name, "", actor)
