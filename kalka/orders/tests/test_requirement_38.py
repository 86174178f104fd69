"""What the other party may hold in the hand or read in a file: nothing in it depends on where she lives or who told."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from kalka.cases import services as case_services
from kalka.cases.rules import Circle, NewNote, Part
from kalka.cases.tests import factories as cases
from kalka.core.refs import new_id, show_ref
from kalka.orders.tests import factories as make
from kalka.orders.tests import test_documents as papers
from kalka.orders.tests.factories import NOW
from kalka.orders.tests.test_documents import CHILD, HER, HIS, HIS_NAME, REPORTER, TOLD, full, printed
from kalka.people.rules import Contact, Name, NewPerson, Safe

pytestmark = [pytest.mark.django_db, pytest.mark.both]

world = papers.world
CANARIES = (*HER, *CHILD, *HIS, *TOLD, *REPORTER)
# All that a paper for the other party says of itself.
OF_ITSELF = {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
# What could hold a second paper, run something, lead somewhere, or hide a layer.
NEVER = {
    "/AF",
    "/AA",
    "/OpenAction",
    "/AcroForm",
    "/Collection",
    "/Perms",
    "/PieceInfo",
    "/OCProperties",
    "/Threads",
    "/URI",
    "/Dests",
}


def strings(told: Any, seen: set[tuple[int, int]]) -> list[bytes]:
    """Every text, name and unpacked stream below an object of a PDF, through whatever it leads to."""
    if isinstance(told, pikepdf.Object) and told.is_indirect:
        if told.objgen in seen:
            return []
        seen.add(told.objgen)
    found: list[bytes] = [told.read_bytes()] if isinstance(told, pikepdf.Stream) else []
    if isinstance(told, pikepdf.Dictionary | pikepdf.Stream):
        return found + [part for key in told.keys() for part in (str(key).encode(), *strings(told[key], seen))]
    if isinstance(told, pikepdf.Array):
        return [part for one in told for part in strings(one, seen)]
    texts = isinstance(told, pikepdf.String | pikepdf.Name)
    return [str(told).encode(), *([bytes(told)] if isinstance(told, pikepdf.String) else [])] if texts else []


def spelt(word: str) -> list[bytes]:
    """As text, as a PDF keeps it, and in the figures a PDF may keep it in."""
    ways = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-le")]
    return [*ways, *(way.hex().encode() for way in ways), *(way.hex().upper().encode() for way in ways)]


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_requirement_38_neither_the_paper_nor_what_it_says_of_itself_holds_a_canary(world, lang):
    with pikepdf.open(io.BytesIO(printed(world, full(world), "respondent", lang))) as pdf:
        assert set(pdf.docinfo.keys()) <= OF_ITSELF
        assert str(pdf.docinfo["/Title"]) == "Документ"
        assert (len(pdf.attachments), set(pdf.Root.keys()) & NEVER) == (0, set())
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        with pdf.open_outline() as outline:
            said = " ".join(item.title for item in outline.root)
        assert all({"/A", "/AA", "/Contents"} & set(mark.keys()) == set() for mark in annotations(pdf))
        whole = [*strings(pdf.trailer, set()), *(part for one in pdf.objects for part in strings(one, set()))]
        whole += [str(pdf.open_metadata()).encode(), said.encode()]
    joined = b"\n".join(whole)
    assert [one for one in titles(whole) if HIS_NAME.encode() in one] == []
    for word in (*CANARIES, world.case.ref, show_ref(world.case.ref)):
        assert [way for way in spelt(word) if way in joined] == [], word


def annotations(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [mark for page in pdf.pages for mark in page.get("/Annots", [])]


def titles(whole: list[bytes]) -> list[bytes]:
    """What stands around a title in the metadata, which a browser shows in its tab."""
    return [one[one.index(b"dc:title") :][:300] for one in whole if b"dc:title" in one]


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_requirement_38_it_is_the_same_to_the_byte_wherever_she_lives_and_whoever_told(world, lang):
    """Whatever is altered of her, of the children, and of what was told, the paper does not change by a bit."""
    order = full(world)
    before = printed(world, order, "respondent", lang)
    later = {"case_ref": world.case.ref, "now": NOW + timedelta(minutes=1)}
    moved = Contact(phone="+996555990011", address="Башка шаар 99", school="№ 99", workplace="99", safe=Safe())
    she = NewPerson(sex="f", names=(Name("Башкасы", "Башка"),), birth_year=1970, note="99", contact=moved)
    case_services.correct_participant(world.inspector, id=new_id(), person_id=world.she, told=she, corrects=0, **later)
    other = NewPerson(sex="m", band="7-13", names=(Name("Дагы", ""),), contact=moved)
    case_services.add_participant(world.inspector, id=new_id(), person=other, part=Part.CHILD, **later)
    case_services.write_note(world.inspector, id=new_id(), told=NewNote(Circle.TEAM, "Көчүп кетти 99"), **later)
    cases.incident(world.inspector, world.case, now=later["now"])
    make.breached(world, order)
    assert printed(world, order, "respondent", lang) == before
