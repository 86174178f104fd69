"""What the journey leaves out: small steps in a file and around it, one of each, through the pages' own forms."""

import re

from kalka.access.rules import Scope
from kalka.cases.models import Member, MemberLeft
from kalka.core.refs import new_id
from kalka.duties.kinds import BY_HAND
from kalka.duties.models import Duty
from kalka.orders.models import ProtectionOrder
from kalka.people.models import SearchDay
from tests.security import forms
from tests.security.flow import UUID, Walk, questions
from tests.security.insiders import linked


def everything(walk: Walk, ref: str) -> None:
    ended(walk, ref)
    numbered(walk, ref)
    stepped_back(walk, ref)
    more_searches(walk)
    kept(walk)


def ended(walk: Walk, ref: str) -> None:
    """A consent taken back, somebody let go from the team, a duty done; a judgement half written."""
    case = f"/cases/{ref}/"
    walk.be("sotsial").does(linked(walk, case, rf"{case}consent/{UUID}/withdraw/"))
    walk.does(f"{case}team/{let_go(walk, ref)}/leave/")
    by_hand = Duty.objects.filter(ended_at=None, kind__in=BY_HAND)
    posts = {member.actor.post_id: login for login, member in walk.members.items()}
    duty = next(one for one in by_hand if one.assignee_id in posts)
    walk.be(posts[duty.assignee_id]).does(f"/duties/{duty.pk}/done/")
    asked = questions(walk.be("inspektor"), f"{case}risk/")
    walk.send(f"{case}risk/draft/", forms.filled(asked, lambda one: walk.say(case, one), {}), status=200)


def let_go(walk: Walk, ref: str) -> str:
    """Somebody of the team whom no later step needs."""
    needed = [walk.members[login].actor.post_id for login in ("sotsial", "inspektor")]
    gone = MemberLeft.objects.values("member")
    team = Member.objects.filter(case__ref=ref, scope=Scope.FILE).exclude(holder__in=needed).exclude(pk__in=gone)
    return str(team.earliest("recorded_at", "pk").pk)


def numbered(walk: Walk, ref: str) -> None:
    """An order without a number that gets one; somebody asks for it on the road."""
    at = {"issued_at_day": "2", "issued_at_month": "11", "issued_at_year": "2026", "issued_at_time": "10:00"}
    plain = {f"{name}_{part}": "" for name in ("starts", "ends") for part in ("day", "month", "year")}
    authority = str(walk.members["inspektor"].actor.organisation_id)
    page = f"/cases/{ref}/orders/new/"
    walk.be("inspektor").does(page, number="", authority=authority, **at, **plain)
    order = ProtectionOrder.objects.order_by("-recorded_at").first()
    walk.does(f"/cases/{ref}/orders/{order.pk}/number/", authority=authority)
    walk.does("/orders/lookup/", status=200)


def stepped_back(walk: Walk, ref: str) -> None:
    """Somebody says who they are, and steps back from a case, by its page and by its code."""
    her = {"birth_date_day": "3", "birth_date_month": "4", "birth_date_year": "1988", "phone": "0700 55 12 34"}
    walk.be("mugalim").does("/me/who-i-am/", pin="20304198800123", **her)
    walk.does("/conflict/", ref=ref)
    walk.be("psiholog").does(f"/cases/{ref}/conflict/")


def more_searches(walk: Walk) -> None:
    """All of the day's are spent, more are asked for, and given."""
    SearchDay.objects.filter(user_id=walk.members["sotsial"].actor.user_id).update(made=400)
    walk.be("sotsial").send("/search/more/", {"key": str(new_id())})
    page = rf"/search/more/{UUID}/"
    leading = next(login for login in walk.members if re.search(page, walk.be(login).get("/")))
    walk.be(leading).does(linked(walk, "/", page))


def kept(walk: Walk) -> None:
    """Around the files: a post, an account to be let in again, words for the strongroom, a checkpoint, a release."""
    walk.be("admin").does("/posts/new/")
    login = walk.members["inspektor"].login
    walk.does("/recoveries/ask/", status=200, login=login)
    walk.does("/posts/outside/", status=200, login=login)
    second = next(one for one in walk.members if re.search(UUID, recoveries(walk, one)))
    walk.be(second).does("/recoveries/", status=200)
    chosen = "juniper felt apricot lantern"
    walk.be("kriziz").does("/me/strongroom/", words=chosen, again=chosen)
    walk.be("auditor").send("/record/checkpoint/", {})
    walk.be("analitik").does("/figures/release/")


def recoveries(walk: Walk, login: str) -> str:
    return walk.be(login).client.get("/recoveries/").content.decode()
