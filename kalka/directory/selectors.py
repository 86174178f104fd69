"""Reference data: who holds what is public within the service, so nobody is asked who is asking.

A process keeps organisations and posts in memory until a row of them changes. Who holds a post is asked each time.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import Count, Q, QuerySet

from kalka.accounts import selectors as accounts
from kalka.core.datafile import LANGUAGES
from kalka.core.memory import Kept
from kalka.directory import rules
from kalka.directory.info import HoldingInfo, OrganisationInfo, PostInfo, SeatInfo
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import KINDS
from kalka.directory.rules import Candidate
from kalka.places import selectors as places


def responsible(role: str, place_code: str, on: date) -> PostInfo | None:
    """The post of this role nearest up the territory on the day, one that somebody answers for before one nobody does.

    A vacant post whose named substitute is held is answered for; a substitute comes before a farther post.
    """
    return first_responsible((role,), place_code, on)


def first_responsible(roles: Sequence[str], place_code: str, on: date) -> PostInfo | None:
    """As `responsible` for the first of the roles that has a post at all; `held` says whether somebody acts in it.
    One statement for all of them."""
    staffing, chain = _staffing(), places.chain(place_code)
    near = [post for code in chain for post in staffing.at(code, roles) if post.stands(on)]
    held = _holdings({post.id for post in near} | {post.substitute_id for post in near if post.substitute_id}, on)
    for role in roles:
        candidates = [_candidate(post, staffing, held, on) for post in near if post.role == role]
        if best := rules.nearest(candidates, chain):
            return replace(staffing.posts[best.post_id], held=int(best.held))
    return None


def post(post_id: int) -> PostInfo | None:
    return _staffing().posts.get(post_id)


def among_neighbours(post_id: int) -> bool:
    known = post(post_id)
    return known is not None and known.among_neighbours


def posts(ids: Iterable[int]) -> dict[int, PostInfo]:
    """Those that exist, in the order asked for."""
    known = _staffing().posts
    return {id: known[id] for id in dict.fromkeys(ids) if id in known}


def every_post() -> list[PostInfo]:
    """For figures of a territory; those that were ended as well, whose work still counts."""
    return list(_staffing().posts.values())


def posts_at(organisation_id: int) -> list[PostInfo]:
    found = _staffing().posts.values()
    return [post for post in found if post.organisation_id == organisation_id and post.until is None]


def posts_of(user_id: int, on: date) -> list[PostInfo]:
    held = Holding.objects.on(on).filter(user_id=user_id).values_list("post_id", flat=True)
    return [post for id, post in sorted(posts(held).items()) if post.stands(on)]


def held_since(user_id: int, day: date) -> QuerySet[Holding, int]:
    """The posts somebody has held on that day or later, for a subquery: in whatever post they act now."""
    held = Holding.objects.filter(user_id=user_id).filter(Q(until=None) | Q(until__gte=day))
    return held.values_list("post_id", flat=True)


def staffed(on: date) -> list[PostInfo]:
    """Every post that stands on the day, with how many hold it; by territory and organisation."""
    held = Counter(Holding.objects.on(on).values_list("post_id", flat=True))
    standing = (replace(post, held=held[post.id]) for post in _staffing().posts.values() if post.stands(on))
    return sorted(standing, key=lambda post: (post.place, post.organisation_id, post.role, post.id))


def lead_of(post_id: int, on: date) -> PostInfo | None:
    """The leading post of the same organisation, else of the ones above it; one that is held before a vacant one."""
    leads = leads_above(post_id, on)
    held = _holdings({post.id for post in leads}, on)
    return min(leads, key=lambda post: post.id not in held, default=None)


def leads_above(post_id: int, on: date) -> list[PostInfo]:
    """Every leading post of the same organisation and of the two above it, the nearest first, held or not."""
    staffing = _staffing()
    order = staffing.above(post_id)
    leads = [
        post
        for post in staffing.posts.values()
        if post.leads and post.organisation_id in order and post.stands(on) and post.id != post_id
    ]
    return sorted(leads, key=lambda post: (order.index(post.organisation_id), post.id))


def another_above(post_id: int | None, role: str, place: str, on: date) -> PostInfo | None:
    """The nearest post that leads above one, else the one of a role that is responsible for a place: held by another
    person, or by nobody yet. Whoever answers for two posts does not stand above themselves."""
    held = set(holders_of(post_id, on)) if post_id else set()
    for post in _above(post_id, role, place, on):
        holders = set(holders_of(post.id, on))
        if post.id != post_id and not (holders and holders <= held):
            return post
    return None


def _above(post_id: int | None, role: str, place: str, on: date) -> Iterator[PostInfo]:
    seen, lead = {post_id}, lead_of(post_id, on) if post_id else None
    while lead is not None and lead.id not in seen:
        yield lead
        seen.add(lead.id)
        lead = lead_of(lead.id, on)
    if place and (near := responsible(role, place, on)) is not None:
        yield near


def substitute_of(post_id: int, on: date) -> PostInfo | None:
    """The post named to stand in, if both stand on the day."""
    known = _staffing().posts
    named = known.get(post_id)
    found = known.get(named.substitute_id or 0) if named and named.stands(on) else None
    return found if found and found.stands(on) else None


def is_vacant(post_id: int, on: date) -> bool:
    """Nobody holds it on the day, or it does not stand any more."""
    found = post(post_id)
    return found is None or not found.stands(on) or not _holdings({post_id}, on)


def holders_of(post_id: int, on: date) -> list[int]:
    return list(Holding.objects.on(on).filter(post_id=post_id).order_by("id").values_list("user_id", flat=True))


def everybody(on: date) -> dict[int, frozenset[int]]:
    """Who holds which post on the day. One statement, for work that goes over all of them."""
    found: dict[int, set[int]] = {}
    for post_id, user_id in Holding.objects.on(on).values_list("post_id", "user_id"):
        found.setdefault(post_id, set()).add(user_id)
    return {post_id: frozenset(users) for post_id, users in found.items()}


def holdings_of(post_id: int, on: date) -> list[HoldingInfo]:
    rows = Holding.objects.on(on).filter(post_id=post_id).order_by("id")
    found = rows.values_list("post_id", "user_id", "since", "category")
    return [
        HoldingInfo(post, user, accounts.login_of(user) or "", since, stands) for post, user, since, stands in found
    ]


def members_by_category(organisation_id: int, on: date) -> dict[str, int]:
    """How many people hold posts of a committee on the day, by whom they stand for."""
    held = Holding.objects.on(on).filter(post__organisation_id=organisation_id).exclude(category="")
    return dict(held.order_by("category").values_list("category").annotate(Count("user_id", distinct=True)))


def has_left(organisation_id: int, holding_id: int, on: date) -> bool:
    """Whether somebody held a post of the organisation, and the day is their last or later."""
    return Holding.objects.filter(id=holding_id, post__organisation=organisation_id, until__lte=on).exists()


def seats_at(organisation_id: int, on: date) -> list[SeatInfo]:
    """Everybody who holds a post of an organisation on the day. One statement."""
    return seats_of([organisation_id], on).get(organisation_id, [])


def seats_of(organisations: Collection[int], on: date) -> dict[int, list[SeatInfo]]:
    """The same of many organisations, by organisation. One statement for all."""
    held = Holding.objects.on(on).filter(post__organisation__in=organisations).order_by("id")
    fields = ("post__organisation", "id", "post_id", "post__role", "user_id", "category", "since", "until")
    found: dict[int, list[SeatInfo]] = {}
    for organisation, *row in held.values_list(*fields):
        found.setdefault(organisation, []).append(SeatInfo(*row))
    return found


def offices_near(place: str, on: date) -> dict[str, tuple[str, ...]]:
    """By subject of the law, the posts that stand nearest up the territory on the day, in the language of the page."""
    found: dict[str, tuple[str, ...]] = {}
    staffing = _staffing()
    for code in places.chain(place):
        for post in staffing.placed.get(code, ()):
            kind = KINDS.get(staffing.organisations[post.organisation_id].kind)
            if post.stands(on) and kind and kind.subject and len(found.get(kind.subject, ())) < 2:
                found[kind.subject] = (*found.get(kind.subject, ()), f"{post.title()}, {post.organisation_here}")
    return found


def organisation(organisation_id: int) -> OrganisationInfo | None:
    return _staffing().organisations.get(organisation_id)


def organisations(kind: str | None = None) -> list[OrganisationInfo]:
    found = _staffing().organisations.values()
    return [one for one in found if kind is None or one.kind == kind]


@dataclass(frozen=True, slots=True)
class _Staffing:
    """Every organisation and every post there ever was, by id, in the order of the ids."""

    organisations: Mapping[int, OrganisationInfo]
    posts: Mapping[int, PostInfo]
    placed: Mapping[str, tuple[PostInfo, ...]]

    def at(self, place: str, roles: Collection[str]) -> list[PostInfo]:
        return [post for post in self.placed.get(place, ()) if post.role in roles]

    def above(self, post_id: int) -> list[int]:
        """The organisation of the post and the two it stands under."""
        found: list[int] = []
        here = self.posts[post_id].organisation_id if post_id in self.posts else None
        while here is not None and len(found) < 3:
            found.append(here)
            here = self.organisations[here].parent_id
        return found


def _read() -> _Staffing:
    fields = ("id", "kind", "name", "place", "parent_id")
    bodies = {row[0]: OrganisationInfo(*row) for row in Organisation.objects.order_by("id").values_list(*fields)}
    rows = list(Post.objects.order_by("id"))
    where = places.infos({one.place for one in rows})
    named = {code: {lang: info.name(lang) for lang in LANGUAGES} for code, info in where.items()}
    known = {one.id: _info(one, bodies[one.organisation_id].names, named.get(one.place, {})) for one in rows}
    placed: dict[str, tuple[PostInfo, ...]] = {}
    for post in known.values():
        placed[post.place] = (*placed.get(post.place, ()), post)
    return _Staffing(bodies, known, placed)


_staffing = Kept(_read)


def _info(post: Post, organisation: dict[str, str], place: dict[str, str]) -> PostInfo:
    return PostInfo(
        id=post.id,
        role=post.role,
        organisation_id=post.organisation_id,
        organisation_names=organisation,
        place=post.place,
        place_names=place,
        leads=post.leads,
        substitute_id=post.substitute_id,
        since=post.since,
        until=post.until,
    )


def _candidate(post: PostInfo, staffing: _Staffing, held: Collection[int], on: date) -> Candidate:
    substitute = staffing.posts.get(post.substitute_id or 0)
    covered = substitute is not None and substitute.stands(on) and substitute.id in held
    return Candidate(post.id, post.place, post.id in held, post.leads, covered)


def hold(organisation_id: int) -> None:
    """Inside a command: two steps that must not pass each other in one organisation wait for each other."""
    Organisation.objects.select_for_update().get(pk=organisation_id)


def _holdings(ids: Collection[int], on: date) -> set[int]:
    """Those of the posts that somebody holds on the day."""
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_held_statement(len(ids)), [on, on, *sorted(ids)])
        return {post_id for (post_id,) in cursor.fetchall()}


@cache
def _held_statement(posts: int) -> str:
    """As `Holding.objects.on` says, built once for so many posts."""
    marks = ", ".join(["%s"] * posts)
    runs = "since <= %s AND (until IS NULL OR until >= %s)"
    return f"SELECT post_id FROM directory_holding WHERE {runs} AND post_id IN ({marks})"
