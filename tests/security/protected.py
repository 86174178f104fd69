"""Around an order: that there is none, a call and a complaint, what she says of a visit, who is watched, tried and sent
to a programme. Through the pages' own forms as in the journey."""

from kalka.complaints.models import Addressee, Call, Paper
from kalka.followup.models import Visit
from kalka.monitoring.models import DeviceSignal, Measure
from kalka.proceedings.models import Proceeding
from kalka.programmes.models import Enrolment, Group, Sending
from tests.security import markers
from tests.security.flow import Walk, found
from tests.security.helped import day


def everything(walk: Walk, ref: str) -> None:
    """After `flow`: the visit and the revoked order of the file are of there."""
    without(walk)
    ordered(walk, ref)
    asked_of_a_visit(walk, ref)
    called(walk, ref)
    complained(walk, ref)
    watched(walk, ref)
    tried(walk, ref)
    sent(walk, ref)


def no(*names: str) -> dict[str, str]:
    """Days that are not said."""
    return {f"{name}_{part}": "" for name in names for part in ("day", "month", "year")}


def without(walk: Walk) -> None:
    """A fact on which no order was issued, and why."""
    report = found(walk.be("katchy2").does("/reports/new/", danger="no", by_whom="neighbour", way="walk_in"))
    ref = walk.be("sotsial2").does(f"/cases/open/{report}/", sex="f", band="25-34").strip("/").split("/")[-1]
    walk.does(f"/cases/{ref}/no-order/", why="other")
    walk.get("/orders/without/")


def ordered(walk: Walk, ref: str) -> None:
    """The first was revoked on the way; this one runs."""
    authority = str(walk.members["inspektor"].actor.organisation_id)
    at = {**day("issued_at", -1), "issued_at_time": "10:00"}
    walk.be("inspektor").does(f"/cases/{ref}/orders/new/", authority=authority, **at, **no("starts", "ends"))


def asked_of_a_visit(walk: Walk, ref: str) -> None:
    visit = Visit.objects.filter(case_ref=ref).earliest("recorded_at").pk
    walk.be("sotsial").does(f"/cases/{ref}/visit/{visit}/said/", said="not_came")
    walk.be("ofitser").get("/visits/")
    walk.be("inspektor").get("/visits/today/")
    for lang in ("ky", "ru"):
        walk.get(f"/cases/{ref}/visit/{visit}/print/{lang}/")


def called(walk: Walk, ref: str) -> None:
    """While the order runs; whoever answers found it broken."""
    walk.be("sotsial").does(f"/cases/{ref}/call/", what="came")
    walk.be("inspektor").does(f"/cases/{ref}/call/{Call.objects.get().pk}/", how="went", broken="yes")
    walk.get(f"/cases/{ref}/call/{Call.objects.get().pk}/")


def complained(walk: Walk, ref: str) -> None:
    """On paper too; a prosecutor who has no part in the file answers, and reads none of her words."""
    page = walk.be("sotsial").does(f"/cases/{ref}/paper/", kind="inaction", ground="visit", order=None, against=None)
    assert page == f"/cases/{ref}/paper/{Paper.objects.get().pk}/"
    asked = f"/cases/{ref}/paper/{Addressee.objects.get(part='prosecutor').pk}/"
    assert not markers.found(walk.be("prokuror").get(asked).encode())
    walk.does(asked, how="part")
    assert markers.found(walk.be("sotsial").get(page).encode())
    for lang in ("ky", "ru"):
        walk.get(f"{page}print/{lang}/")


def watched(walk: Walk, ref: str) -> None:
    """A device, a signal that was told by telephone, what was found, and that it was lifted."""
    term = no("starts", "ends")
    page = walk.be("inspektor").does(f"/cases/{ref}/monitoring/new/", by="court", means="device", order=None, **term)
    assert page == f"/cases/{ref}/monitoring/{Measure.objects.get().pk}/"
    walk.does(f"{page}fit/", device=walk.marker.word("device", 40))
    walk.does(f"{page}signal/")
    walk.does(f"/cases/{ref}/signals/{DeviceSignal.objects.get().pk}/", found="kept")
    walk.get(page)
    walk.does(f"{page}lift/", by="court")
    walk.get("/monitoring/")


def tried(walk: Walk, ref: str) -> None:
    """Proceedings under a number, how far they came and how they ended; weapons; the paper."""
    page = f"/cases/{ref}/proceedings/"
    asked: dict[str, str | None] = {"article": None, "sessions_set": None, "sessions_missed": None, "order": None}
    asked |= {"ground": "refusal_of_bans", "register": "journal", **no("warned_on")}
    one = walk.be("inspektor").does(f"{page}new/", **asked)
    assert one == f"{page}{Proceeding.objects.get().pk}/"
    walk.does(f"{one}step/", register="unified")
    walk.does(f"{one}end/", how="dropped", amount=None, **day("on"), **no("arrested_at"))
    walk.does(f"{page}weapons/", what="taken")
    walk.get(f"{one}paper/ky/")
    walk.get(one)
    walk.get(page)
    walk.get("/proceedings/")


def sent(walk: Walk, ref: str) -> None:
    """To a programme under his name and telephone: he is absent, is asked why, evades it, and threatens."""
    runs = str(walk.members["probatsiya"].actor.organisation_id)
    walk.be("inspektor").does(f"/cases/{ref}/programme/", organisation=runs, ground="order")
    page = f"/programmes/{Enrolment.objects.get().pk}/"
    walk.be("probatsiya").does("/programmes/groups/new/", audience="men", seats="8", **day("since", -1))
    group = Group.objects.get().pk
    walk.does(f"{page}step/", to="placed", group=str(group))
    walk.does(f"/programmes/groups/{group}/session/", how0="unexcused")
    walk.does(f"{page}step/", to="evasion")
    walk.does(f"{page}threat/", against="her")
    walk.get(page)
    walk.be("inspektor").get(f"/cases/{ref}/programme/{Sending.objects.get().person_id}/evasion/")
    walk.be("probatsiya")
    walk.get(f"/programmes/groups/{group}/")
    walk.get("/programmes/")
