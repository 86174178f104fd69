"""Reference data: who holds what is public within the service, so nobody is asked who is asking."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from kalka.accounts import selectors as accounts
from kalka.core.datafile import LANGUAGES
from kalka.directory import rules
from kalka.directory.info import HoldingInfo, OrganisationInfo, PostInfo
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.rules import Candidate
from kalka.places import selectors as places


def responsible(role: str, place_code: str, on: date) -> PostInfo | None:
    """The post that `responsible_id` finds, in words."""
    found = responsible_id(role, place_code, on)
    return post(found) if found is not None else None


def responsible_id(role: str, place_code: str, on: date) -> int | None:
    """The post of this role nearest up the territory on the day, one that somebody answers for before one nobody does.

    A vacant post whose named substitute is held is answered for; a substitute comes before a farther post.
    """
    chain = places.chain(place_code)
    rows = Post.objects.on(on).filter(role=role, place__in=chain).annotate(held=_held(on))
    found = list(rows.values_list("id", "place", "held", "leads", "substitute_id"))
    held = _held_among({substitute for *_, substitute in found if substitute}, on)
    candidates = [Candidate(id, at, bool(by), leads, substitute in held) for id, at, by, leads, substitute in found]
    best = rules.nearest(candidates, chain)
    return best.post_id if best else None


def post(post_id: int) -> PostInfo | None:
    return posts([post_id]).get(post_id)


def posts(ids: Iterable[int]) -> dict[int, PostInfo]:
    """Those that exist, in the order asked for."""
    asked = dict.fromkeys(ids)
    found = _infos(Post.objects.filter(id__in=asked))
    return {id: found[id] for id in asked if id in found}


def posts_at(organisation_id: int) -> list[PostInfo]:
    return list(_infos(Post.objects.filter(organisation_id=organisation_id, until=None).order_by("id")).values())


def posts_of(user_id: int, on: date) -> list[PostInfo]:
    held = Holding.objects.on(on).filter(user_id=user_id)
    return list(_infos(Post.objects.on(on).filter(id__in=held.values("post_id")).order_by("id")).values())


def staffed(on: date) -> list[PostInfo]:
    """Every post that stands on the day, with how many hold it; by territory and organisation."""
    rows = Post.objects.on(on).annotate(held=_held(on)).order_by("place", "organisation_id", "role", "id")
    return list(_infos(rows).values())


def lead_of(post_id: int, on: date) -> PostInfo | None:
    """The leading post of the same organisation, else of the ones above it; one that is held before a vacant one."""
    above = ("organisation_id", "organisation__parent_id", "organisation__parent__parent_id")
    row = Post.objects.filter(id=post_id).values_list(*above).first()
    order = [organisation for organisation in row or () if organisation is not None]
    leads = Post.objects.on(on).filter(organisation_id__in=order, leads=True).exclude(id=post_id)
    found = leads.annotate(held=_held(on)).values_list("held", "organisation_id", "id")
    best = min(((not held, order.index(organisation), id) for held, organisation, id in found), default=None)
    return post(best[2]) if best else None


def substitute_of(post_id: int, on: date) -> PostInfo | None:
    """The post named to stand in, if both stand on the day."""
    named = Post.objects.on(on).filter(id=post_id).exclude(substitute=None).values("substitute_id")
    found = Post.objects.on(on).filter(id__in=named).values_list("id", flat=True).first()
    return post(found) if found is not None else None


def is_vacant(post_id: int, on: date) -> bool:
    """Nobody holds it on the day, or it does not stand any more."""
    stands = Post.objects.on(on).filter(id=post_id)
    return not Holding.objects.on(on).filter(post_id__in=stands.values("id")).exists()


def holders_of(post_id: int, on: date) -> list[int]:
    return list(Holding.objects.on(on).filter(post_id=post_id).order_by("id").values_list("user_id", flat=True))


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


def organisations(kind: str | None = None) -> list[OrganisationInfo]:
    rows = Organisation.objects.filter(kind=kind) if kind else Organisation.objects.all()
    fields = ("id", "kind", "name", "place", "parent_id")
    return [OrganisationInfo(*row) for row in rows.order_by("id").values_list(*fields)]


def _held_among(ids: set[int], on: date) -> set[int]:
    """Those that stand on the day and are held."""
    if not ids:
        return set()
    standing = Post.objects.on(on).filter(id__in=ids)
    return set(Holding.objects.on(on).filter(post_id__in=standing.values("id")).values_list("post_id", flat=True))


def _held(on: date) -> Count:
    running = Q(holdings__since__lte=on) & (Q(holdings__until=None) | Q(holdings__until__gte=on))
    return Count("holdings", filter=running, distinct=True)


def _infos(rows: QuerySet[Post]) -> dict[int, PostInfo]:
    found = list(rows.select_related("organisation"))
    where = places.infos({one.place for one in found})
    return {
        one.id: PostInfo(
            id=one.id,
            role=one.role,
            organisation_id=one.organisation_id,
            organisation_names=one.organisation.name,
            place=one.place,
            place_names={lang: where[one.place].name(lang) for lang in LANGUAGES} if one.place in where else {},
            leads=one.leads,
            substitute_id=one.substitute_id,
            since=one.since,
            until=one.until,
            held=getattr(one, "held", 0),
        )
        for one in found
    }
