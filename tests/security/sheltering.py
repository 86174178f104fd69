"""A shelter from its first bed to whoever leaves it; what a clinic and a school found; how she wants to be told."""

import re

from kalka.cases.models import Participant
from kalka.core.refs import new_id
from kalka.findings.models import ClinicFinding, SchoolReport
from kalka.shelters.models import Belonging, Hold, Place, Shelter, Stay
from tests.security import insiders
from tests.security.flow import UUID, Walk
from tests.security.helped import day
from tests.security.markers import LATIN

NOBODY = {"children": "0", "needs": None}


def everything(walk: Walk, ref: str) -> None:
    """After `insiders`: whoever keeps an address has a key by then."""
    house(walk)
    held(walk, ref)
    stayed(walk, ref)
    found_at_a_clinic(walk, ref)
    found_at_a_school(walk, ref)
    told(walk, ref)


def house(walk: Walk) -> None:
    """A shelter with three beds, its rules, and where it is, which its keeper alone can read."""
    walk.be("korgon").does("/shelters/new/")
    page = f"/shelters/{Shelter.objects.get().pk}/"
    for bed in ("1", "2", "3"):
        walk.does(f"{page}places/", room="1", bed=bed)
    walk.does(f"{page}rules/")
    walk.does(f"{page}address/")
    walk.does(f"{page}where/", status=200, words=insiders.WORDS)
    bed = f"/shelters/places/{Place.objects.get(bed=3).pk}/"
    walk.does(bed, do="close")
    walk.does(bed, do="open", why=None)
    walk.does(bed, do="retire", why=None)
    walk.does(f"{page}turned-away/", **NOBODY)
    walk.get("/shelters/")


def held(walk: Walk, ref: str) -> None:
    """A place held and given up; one that is held for somebody of a case, who comes; and somebody who found none."""
    walk.be("sotsial").get("/shelters/free/")
    given_up = walk.does("/shelters/hold/", who="woman", **NOBODY)
    walk.get(given_up)
    walk.send(given_up, {"key": str(new_id())})
    walk.does(f"/cases/{ref}/shelter/", who="woman", **NOBODY)
    walk.get(f"/cases/{ref}/")
    walk.does("/shelters/turned-away/", **NOBODY)


def stayed(walk: Walk, ref: str) -> None:
    """From the hold to the door; and somebody without a hold, of whom it is said later of which case they are."""
    coming = Hold.objects.latest("recorded_at")
    page = walk.be("korgon").does(f"/shelters/held/{coming.pk}/arrive/", sex="f", age_band="25-34")
    walk.does(f"{page}child/", place_id="")
    walk.does(f"{page}move/")
    walk.does(f"{page}longer/", **day("due_on", 80))
    walk.send(f"{page}rules/", {"key": str(new_id())})
    walk.does(f"{page}belongings/")
    kept = Belonging.objects.get()
    walk.send(f"/shelters/belongings/{kept.pk}/back/", {"key": str(new_id())})
    walk.get(page)
    walk.does(f"{page}leave/", where="relatives")
    walk.get(page)
    walk.does("/shelters/arrive/", sex="f", age_band="25-34")
    walk.get("/shelters/stays/")
    walk.be("kriziz").does(f"/cases/{ref}/shelter/stay/", ref=Stay.objects.latest("recorded_at").ref)


def found_at_a_clinic(walk: Walk, ref: str) -> None:
    """It names the case; whoever works on that reads it once they said that they have it."""
    then = {f"assaulted_at_{part}": "" for part in ("day", "month", "year", "time")}
    page = walk.be("doktur").does("/findings/clinic/new/", case_ref=ref, sexual="unknown", **then)
    walk.get(next(iter(re.findall(rf"{page}photos/{UUID}/", walk.get(page)))))
    file = ClinicFinding.objects.get().subject_id
    walk.be("sotsial").get(f"/cases/{ref}/findings/")
    walk.get(walk.send(f"/cases/{ref}/findings/{file}/read/", {"key": str(new_id())}))


def found_at_a_school(walk: Walk, ref: str) -> None:
    """One names a parent: child protection has it, and hands it over. One names none: that is shown, and taken back."""
    page = walk.be("mugalim").does("/findings/school/new/", case_ref=ref, by_parent="yes", age_band="7-13")
    walk.get(page)
    file = SchoolReport.objects.get().subject_id
    walk.does("/findings/school/new/", case_ref=ref, by_parent="no", age_band="7-13")
    other = of_nobody().subject_id
    walk.be("baldar").get("/findings/")
    walk.get(walk.send(f"/findings/{file}/read/", {"key": str(new_id())}))
    walk.does(f"/findings/school/{file}/111/", **day("on"))
    walk.get(page)
    walk.get(walk.send(f"/findings/{other}/read/", {"key": str(new_id())}))
    walk.does(f"/cases/{ref}/findings/{other}/show/")
    walk.does(f"/cases/{ref}/findings/{other}/withdraw/")


def of_nobody() -> SchoolReport:
    return SchoolReport.objects.get(by_parent="no")


def told(walk: Walk, ref: str) -> None:
    """By mail, to an address that holds a canary; and a code for the bot."""
    person = Participant.objects.filter(case__ref=ref).first().person_id
    page, address = f"/people/{person}/way/", f"{walk.marker.word('address', 40)}@example.kg"
    walk.marker.drawn[address] = "address"
    walk.be("sotsial").does(page, status=200, way="mail", address=address if LATIN in address else "a@example.kg")
    walk.does(f"/people/{person}/message/")
    walk.send(f"{page}code/", {}, status=200)


def parts() -> dict[str, object]:
    """Of the addresses, by their names: what the walk left."""
    return {
        "hold": Hold.objects.latest("recorded_at").pk,
        "stay": Stay.objects.latest("recorded_at").pk,
        "shelter": Shelter.objects.get().pk,
        "place": Place.objects.filter(retired_at=None).first().pk,
        "belonging": Belonging.objects.get().pk,
        "finding": of_nobody().subject_id,
        "findings:clinic finding": ClinicFinding.objects.get().subject_id,
    }
