"""What somebody brings: kept as it came and sealed; what leaves is made anew, and tells nobody who, where or how."""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from hashlib import sha256

import pikepdf
import pytest
from PIL import Image

from kalka.core.errors import DomainError
from kalka.core.refs import new_id
from kalka.files import rules, selectors, serving
from kalka.files.cleaning import cleaned
from kalka.files.rules import Media
from kalka.files.tests import factories as make
from tests.architecture.tree import ROOT
from tests.security import brought
from tests.security.brought import CANARY

LARGE = 300_000_000  # bytes of memory a file may cost
LONG = 5.0  # seconds
BROUGHT = {
    Media.JPEG: brought.photo,
    Media.PNG: brought.screenshot,
    Media.PDF: brought.paper,
    Media.DOCX: brought.document,
}
WORDS = (CANARY, CANARY.lower(), "evil.example", "cmd.exe", "<script", "DDEAUTO")


def unpacked(content: bytes) -> bytes:
    """With whatever is packed in it, however deep."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found += [unpacked(parts.read(name)) + name.encode() for name in parts.namelist()]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
            found += [one.read_raw_bytes() for one in streams]
            found += [repr(one).encode() for one in pdf.objects] + [repr(pdf.trailer).encode()]
    for at in range(len(content) - 2):
        if content[at] == 0x78 and content[at + 1] in b"\x01\x5e\x9c\xda":
            try:
                found.append(zlib.decompressobj().decompress(content[at:], 1_000_000))
            except zlib.error:
                continue
    return b"\n".join(found)


def told(content: bytes) -> list[str]:
    whole = unpacked(content)
    return [word for word in WORDS for how in ("utf-8", "utf-16-le", "utf-16-be") if word.encode(how) in whole]


@pytest.mark.parametrize("media", BROUGHT)
def test_requirement_44_what_leaves_tells_neither_who_nor_where_nor_with_what(media: Media) -> None:
    content = BROUGHT[media]()
    assert rules.check(content) is media
    assert told(content) != [], "there was something to take away"
    anew = cleaned(media, content)
    assert told(anew) == []
    assert rules.check(anew) is media


def test_a_photo_stands_upright_and_looks_the_same() -> None:
    upright = Image.open(io.BytesIO(cleaned(Media.JPEG, brought.photo())))
    assert (upright.size, upright.mode, dict(upright.getexif())) == ((48, 64), "RGB", {})
    red, _green, blue = upright.getpixel((40, 4))  # the corner has turned with the telephone
    assert blue > red
    assert Image.open(io.BytesIO(cleaned(Media.PNG, brought.screenshot()))).info == {}


def test_a_paper_keeps_its_pages_and_its_pictures() -> None:
    with pikepdf.open(io.BytesIO(cleaned(Media.PDF, brought.paper()))) as pdf:
        assert len(pdf.pages) == 1 and not set(pdf.Root.keys()) & {"/OpenAction", "/Names", "/AcroForm", "/Metadata"}
        picture = pdf.pages[0].Resources.XObject.P
        assert pikepdf.PdfImage(picture).as_pil_image().size == (64, 48)
        assert [str(mark.Subtype) for mark in pdf.pages[0].Annots] == ["/Text"]
        assert str(pdf.pages[0].Annots[0].Contents) == "word"


def test_a_letter_keeps_its_words() -> None:
    with zipfile.ZipFile(io.BytesIO(cleaned(Media.DOCX, brought.document()))) as parts:
        assert "Күбөнүн сөзү" in parts.read("word/document.xml").decode()
        assert set(parts.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/comments.xml",
            "word/media/image1.jpeg",
        }
        assert b"word/document.xml" in parts.read("_rels/.rels")
        assert b"media/image1.jpeg" in parts.read("word/_rels/document.xml.rels")


@pytest.mark.django_db
@pytest.mark.both
@pytest.mark.parametrize("media", BROUGHT)
def test_requirement_44_what_came_stays_sealed_with_its_sha_256(media: Media) -> None:
    content = BROUGHT[media]()
    subject, keys = make.new_subject()
    row = make.keep(make.WORKER, keys=keys, subject_id=subject, id=new_id(), content=content, name=f"{CANARY}.bin")
    opened = selectors.opened(make.WORKER, keys, subject, row.pk)
    assert opened.content == content
    assert keys.get(row, "told")["sha256"] == sha256(content).hexdigest()
    answer = serving.download(opened)
    assert answer.status_code == 200 and told(answer.content) == []
    assert CANARY not in str(answer.headers)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("attachment; ")


BOMBS = {
    "a picture of 50,000 by 50,000": (Media.PNG, lambda: brought.huge(50_000, 50_000)),
    "a picture that ends too soon": (Media.PNG, lambda: brought.huge(4_000, 4_000)),
    "a picture cut in the middle": (Media.JPEG, lambda: brought.photo()[:400]),
    "no picture at all": (Media.JPEG, lambda: make.JPEG),
    "a locked paper": (Media.PDF, brought.locked_pdf),
    "no paper at all": (Media.PDF, lambda: make.PDF),
    "a part outside the folder": (Media.DOCX, lambda: brought.document(more={"../../etc/passwd.xml": b"<a/>"})),
    "a part that declares what it means": (
        Media.DOCX,
        lambda: brought.document(more={"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'}),
    ),
}


@pytest.mark.parametrize("what", BOMBS)
def test_requirement_45_what_cannot_be_made_anew_is_not_shown(what: str) -> None:
    media, content = BOMBS[what][0], BOMBS[what][1]()
    with pytest.raises(DomainError) as refusal:
        cleaned(media, content)
    assert refusal.value.code == "files.not_shown"


MEASURE = """
import resource, sys, time
from kalka.core.errors import DomainError
from kalka.files.cleaning import cleaned
from kalka.files.rules import Media
begun = time.monotonic()
try:
    cleaned(Media(sys.argv[1]), sys.stdin.buffer.read())
    how = "shown"
except DomainError as refusal:
    how = refusal.code
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(how, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)
"""
HEAVY = {
    "a picture of 50,000 by 50,000": (Media.PNG, lambda: brought.huge(50_000, 50_000), "files.not_shown"),
    "a picture as large as may be": (Media.PNG, lambda: brought.huge(4_899, 4_899), "files.not_shown"),
    "a photo of a very good camera": (Media.JPEG, lambda: brought.photo((8_000, 6_000)), "shown"),
    "a page that swells": (Media.PDF, brought.swollen_pdf, ""),
}


@pytest.mark.parametrize("what", HEAVY)
def test_requirement_45_no_file_costs_more_than_300_mb_and_five_seconds(what: str) -> None:
    media, made, expected = HEAVY[what]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, media], input=made(), capture_output=True, cwd=ROOT, check=True
    )
    how, memory, seconds = done.stdout.decode().split()
    assert how == expected or (not expected and how in {"shown", "files.not_shown"})
    assert int(memory) < LARGE and float(seconds) <= LONG + 0.5


REFUSED = {
    "a picture that runs": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a page before a paper": b"<html><script>alert(1)</script>%PDF-1.7",
    "a program and an archive": b"MZ" + brought.packed({"[Content_Types].xml": b"", "word/document.xml": b""}),
    "a document with macros": brought.document(more={"word/vbaProject.bin": b"x"}),
    "a document with a program in it": brought.document(more={"word/embeddings/oleObject1.bin": b"x"}),
    "a hundred and one times itself": brought.document(more={"word/big.xml": b" " * 3_000_000}),
    "an archive in an archive": brought.packed({"a.zip": brought.packed({"b": b""})}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_requirement_45_what_can_run_or_swells_is_not_taken(what: str) -> None:
    with pytest.raises(DomainError) as refusal:
        rules.check(REFUSED[what])
    assert refusal.value.code == "files.kind_refused"


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\a.exe", "photo\u202egpj.exe", "a\0.pdf", "/etc/a", "C:\\b", "\ud800.txt"]
)
def test_requirement_45_no_name_leads_anywhere_or_looks_like_another(name: str) -> None:
    shown = rules.shown_name(name)
    assert not set(shown) & set("/\\\0\u202e\ud800") and ".." not in shown
    assert json.dumps(shown).encode()


def test_nothing_of_the_file_is_told_by_the_one_that_makes_it_anew() -> None:
    """A decoder's own words may hold what is in the file: none of them come back."""
    child = [sys.executable, "-I", str(ROOT / "kalka" / "files" / "child.py"), "png"]
    done = subprocess.run(child, input=make.PNG + CANARY.encode(), capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"", b"")
