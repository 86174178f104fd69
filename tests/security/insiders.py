"""What people inside write of each other: why a file must be seen, who must not see it, what an alarm was.

The pages' own forms as in the journey; where a module has no page yet, its commands.
"""

import re
from datetime import timedelta

from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, read_ref
from kalka.oversight import watching
from kalka.people.models import SearchReason
from kalka.strongroom import keeping, selectors, services
from kalka.strongroom.models import SealedValue
from kalka.strongroom.rules import Kind
from kalka.vault import boxes
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys
from tests.security.flow import UUID, Walk, found
from tests.security.markers import DIGITS

PIN = f"2{DIGITS}00001"  # the same in two files; it holds a canary's digits
WORDS = "juniper felt apricot"  # a holder's own, which are never stored


def everything(walk: Walk, ref: str) -> None:
    opened(walk, ref)
    shut_out(walk, ref)
    searched(walk)
    same(walk, ref)
    baited(walk)
    sealed(walk)


def opened(walk: Walk, ref: str) -> None:
    """Break-glass asked for, agreed to by another organisation, used, and looked at afterwards by the auditor."""
    walk.be("inspektor4").does("/emergency/", ref=ref)
    opening = linked(walk.be("koordinator"), "/", rf"/emergency/{UUID}/")
    walk.does(opening, decision="yes")
    walk.be("inspektor4").get(f"/cases/{ref}/")
    walk.be("auditor").does(opening.replace("/emergency/", "/openings/"))


def shut_out(walk: Walk, ref: str) -> None:
    """Whoever leads shuts somebody out, asks to take it back, and a second person refuses."""
    member = walk.members["inspektor4"].actor
    walk.be("ofitser").does(f"/cases/{ref}/walls/", post_id=str(member.post_id))
    wall = f"/cases/{ref}/walls/{member.user_id}/"
    walk.does(wall)
    walk.get(wall)
    walk.be("koordinator").does(wall, decision="no")


def searched(walk: Walk) -> None:
    """In an emergency, whose reason is owed; and with the reason said at once."""
    narrower = {"born": "", "sex": "", "place": "", "duty": None}
    shown = walk.be("sotsial").does("/search/", status=200, why="emergency", reason=None, **narrower)
    walk.does(among(rf"/search/made/{UUID}/", shown))
    walk.does("/search/", status=200, why="reason", **narrower)
    assert SearchReason.objects.count() == 2
    walk.get("/search/made/")


def same(walk: Walk, ref: str) -> None:
    """Somebody with one number in two files: both sides say why they think so."""
    him = {
        "part": "alleged",
        "who": "",
        "sex": "m",
        "relation": "spouse",
        "pin": PIN,
        "birth_year": "",
        "band": "35-44",
    }
    walk.be("sotsial").does(f"/cases/{ref}/person/", **him)
    report = found(walk.be("katchy2").does("/reports/new/", danger="no", by_whom="neighbour", way="walk_in"))
    other = walk.be("sotsial2").does(f"/cases/open/{report}/", sex="f", band="25-34").strip("/").split("/")[-1]
    walk.does(f"/cases/{other}/person/", **him)
    pair = linked(walk.be("sotsial"), "/same/", rf"/same/{UUID}/")
    walk.does(pair, says="ask", named="on")
    walk.be("sotsial2").does(pair, says="same", named=None)
    walk.be("sotsial").does(pair, says="same", named=None)


def baited(walk: Walk) -> None:
    """A file that is nobody's, opened by somebody who had no business there; the auditor writes down what it was."""
    day = clock.day_of(clock.now() - timedelta(days=3))
    since = {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}
    curious, planter = walk.members["inspektor"].actor, walk.members["sotsial"].actor
    place = planter.place
    posts = {"post": str(planter.post_id), "seen_by": str(curious.post_id)}
    walk.be("auditor").does("/baits/new/", place=place, birth_year="1991", **posts, **since)
    bait = linked(walk, "/baits/", r'class="code">([^<]+)<')
    walk.be("inspektor").get(f"/cases/{read_ref(bait)}/")
    watching.watch(clock.now())
    walk.be("auditor").does(linked(walk, "/alarms/", rf"/alarms/{UUID}/"))


def sealed(walk: Walk) -> None:
    """A shelter's address, which opens with a post's key alone. It has no page yet."""
    keeper, now = walk.members["korgon"].actor, clock.now()
    services.set_recovery(SYSTEM, public=boxes.pair()[1], now=now)
    services.enrol(keeper, words=WORDS, now=now)
    services.make_post_key(keeper, now=now)
    keep(SYSTEM, post_id=keeper.post_id or 0, value={"street": walk.marker.word("sealed value")})


@command("canaries.keep", needs=Permission.SYSTEM)
def keep(actor: Actor, *, post_id: int, value: dict[str, str]) -> SealedValue:
    subject, now = new_id(), clock.now()
    keys = new_keys(subject, [Klass.CONTACT])
    told = {"id": new_id(), "subject_id": subject, "kind": Kind.SHELTER, "value": value, "now": now}
    return keeping.keep(actor, keys, post_ids=[post_id], **told)


def unsealed(walk: Walk, keys: Keys, value: SealedValue) -> str:
    """What the holder of the post reads with her words."""
    keeper = walk.members["korgon"].actor
    return str(selectors.open_value(keeper, keys, value.pk, words=WORDS, now=clock.now()))


def linked(walk: Walk, path: str, pattern: str) -> str:
    """Where the page leads."""
    return among(pattern, walk.get(path))


def among(pattern: str, page: str) -> str:
    there = re.findall(pattern, page)
    assert there, f"nothing like {pattern}"
    return str(there[0])
