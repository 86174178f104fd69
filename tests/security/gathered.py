"""What a committee writes beside the files: a family at risk, its sittings, courses, prevention, a story that was given
back. Through the pages' own forms as in the journey."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kalka.core.refs import new_id
from kalka.families.models import FamilyAtRisk
from kalka.library.models import Story
from kalka.prevention.models import Photo
from kalka.prevention.rules import TOPICS
from kalka.sittings.models import Item, OwnDecision
from kalka.training.models import Certificate, FocalPoint
from tests.security import markers
from tests.security.flow import UUID, Walk, found
from tests.security.helped import day

VILLAGE = "417D0410100000"


def everything(walk: Walk) -> None:
    """After `seated`: a committee is written down by then."""
    family(walk)
    sat(walk)
    trained(walk)
    prevented(walk)
    told(walk)


def family(walk: Walk) -> None:
    """Noted by name with a second who says yes; spoken with, helped, handed on, ended. And one by its code alone."""
    second = str(walk.members["mucho"].actor.post_id)
    plain = {"setting": "family", "sex": "f", "band": "25-34", "how": "round", "signs": ["alcohol"], "children": "2"}
    note = {**plain, "second": second, **day("next_on", 3)}
    walk.be("katchy").does("/families/new/", **note, named="code", family=None, given=None)
    walk.does("/families/new/", **note, named="consent")
    ref = FamilyAtRisk.objects.get(named="consent").case_ref
    page = f"/families/{ref}/"
    walk.be("mucho").does(f"{page}seat/", says="yes")
    walk.get("/families/")
    walk.be("katchy").get(f"{page}?who=1")
    walk.get("/families/?paper=1")
    walk.does(f"{page}contact/", met="spoke", way="visit", **day("next_on", 5))
    walk.does(f"{page}work/", kind="documents", agreed=None, urgent=None, **day("on"))
    walk.does(f"{page}help/", som="500")
    walk.does(f"{page}violence/", danger="no", children="yes", children_count="2")
    walk.get(page)
    walk.does(f"{page}end/", how="handed_over")
    walk.get(page)


def sat(walk: Walk) -> None:
    """A topic in words of one's own, and a decision in them; its minutes; what became of it."""
    at = {**day("at", -1), "at_time": "10:00"}
    page = walk.be("katchy").does("/sittings/new/", kind="prevention", **at)
    walk.does(f"{page}put/", what="other", case_ref=None, topic=None, agreed=None)
    walk.does(f"{page}came/")
    item = f"/sittings/items/{Item.objects.get().pk}/"
    mine = walk.get(item)
    seat = next(one for one in re.findall(r'<option value="(\d+)"[^>]*>([^<]*)', mine) if "Жээнбекова" in one[1])[0]
    walk.does(item, measure="other", responsible=seat, **day("by", 5))
    walk.get(page)
    decision = f"/sittings/decisions/{OwnDecision.objects.get().pk}/"
    walk.does(f"{decision}correct/", change="term", responsible=None, **day("by", 9))
    walk.does(decision, how="done", **day("on"))
    walk.send(page, {**walk.fill(page), "how": "held"})
    for kind in ("pdf", "docx"):
        walk.get(f"{page}minutes/{kind}/ky/")
    walk.get("/sittings/")


def trained(walk: Walk) -> None:
    """Programmes and partners stand in reports; who took part, what was agreed on and who is named is sealed."""
    plain = {"ky": "Биргелешкен жыйын", "ru": None, "en": None, "hours": "8", "project": None, "partners": None}
    made = walk.be("katchy").does("/training/programme/", series="interagency", **plain)
    on = {"place": VILLAGE, "days": "1", "partners": None, "disabilities": None, **day("on", -1)}
    page = walk.does("/training/new/", programme=found(made), **on)
    roll = "\n".join(f"{walk.marker.word('roll')}, {walk.marker.telephone('roll')}" for _ in range(2))
    walk.does(f"{page}participants/", kind="state", number=None, bound="", names=roll)
    walk.does(f"{page}results/", before="40 55", after="60 70")
    walk.does(f"{page}measure/", **day("by", 30))
    walk.send(f"{page}certificates/", {"key": str(new_id())})  # what asks on this page is the end of the roll
    certificate = Certificate.objects.earliest("id").pk
    for lang in ("ky", "ru"):
        walk.get(f"{page}certificates/{certificate}/{lang}/")
    walk.get(page)
    walk.get("/training/")
    walk.does(f"/training/back/{certificate}/")
    walk.does("/training/focal/", **day("since", -2))
    walk.does(f"/training/focal/{FocalPoint.objects.get().pk}/", course=None, **day("on"))
    walk.get("/training/focal/")


def photo(walk: Walk) -> SimpleUploadedFile:
    """Nobody is on it; words stand in its name and beside the picture."""
    out, said = io.BytesIO(), walk.marker.word("photo")
    exif = Image.Exif()
    exif[0x010E] = said  # what is on it, in the words of a camera
    Image.new("RGB", (96, 64), (120, 120, 110)).save(out, "JPEG", comment=said.encode(), exif=exif)
    return SimpleUploadedFile(f"{said}.jpg", out.getvalue(), "image/jpeg")


def prevented(walk: Walk) -> None:
    """What was held counts in the open; how it went, who was there and what was photographed is sealed."""
    topics = {f"topic_{topic}": None for topics in TOPICS.values() for topic in topics}
    numbers: dict[str, Any] = {"people": "40", "times": "1", "parts": "no", "grades": None, "place": VILLAGE}
    names = {"partners": None, "partners_abroad": None}
    page = walk.be("katchy").does("/prevention/new/", kind="meeting", **numbers, **names, **topics, **day("on"))
    roll = "\n".join(walk.marker.word("who was there") for _ in range(2))
    walk.does(f"{page}roll/", names=roll)
    walk.get(f"{page}roll/")
    offered = walk.does(f"{page}photo/", file=photo(walk), minors="no")
    walk.get(f"{offered}picture/")
    walk.does(offered, do="look", marks=["0-0"], swears=None)
    walk.does(offered, do="keep", marks=None)
    kept = walk.client.get(f"/prevention/photo/{Photo.objects.get().pk}/picture/")
    assert kept.headers["Content-Type"] == "image/jpeg" and not markers.found(kept.content)
    walk.get(page)
    walk.get("/prevention/")


def told(walk: Walk) -> None:
    """What is shown to everybody at work is no secret any more: this one goes back to whoever told it."""
    walk.be("katchy").does("/library/stories/new/", status=200, names_seen=None, title="", text=None)
    page = walk.does("/library/stories/new/")
    assert re.fullmatch(rf"/library/stories/{UUID}/", page)
    walk.be("ministrlik").does(page, answer="return")
    walk.be("katchy").get(f"/library/stories/{Story.objects.get().pk}/")
