"""Makes one file anew, in a process of its own: standard input to standard output, with little memory and little time.

Pictures are decoded and drawn again, pages of a PDF are put into a new one, documents are packed again part by part.
What says who, where and with what a file was made does not come along, and nothing in it that runs by itself.
"""

import io
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator

MEMORY = 640 * 1024 * 1024  # of addresses; what is really used stays below 300 MB
SECONDS = 5
PIXELS = 24_000_000  # of the picture that is drawn again
LARGEST = 220_000_000  # of one that comes: more than any camera makes
UNPACKED, RATIO = 100_000_000, 100
REFUSED = 3


class Refused(Exception):
    pass


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


# Pictures


def picture(data: bytes, form: str) -> bytes:
    """The pixels alone, upright. A photo larger than a screen ever shows is made smaller while it is decoded."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # ours are the limits
    image: Image.Image = Image.open(io.BytesIO(data), formats=[form])
    if image.width * image.height > LARGEST:
        raise Refused
    side = int(PIXELS**0.5)
    if form == "JPEG" and image.width * image.height > PIXELS:
        image.draft(None, (min(side, image.width // 2), min(side, image.height // 2)))
    if image.width * image.height > PIXELS:
        raise Refused
    image = ImageOps.exif_transpose(image)
    clear = form == "PNG" and (image.mode in {"LA", "RGBA", "PA"} or "transparency" in image.info)
    drawn = image.convert("RGBA" if clear else "L" if image.mode in {"1", "L"} else "RGB")
    drawn.info.clear()
    out = io.BytesIO()
    drawn.save(out, form, **({"quality": 88} if form == "JPEG" else {"compress_level": 3}))
    return out.getvalue()


def bare(data: bytes) -> bytes:
    """A JPEG inside a PDF without what is told beside the picture; its pixels stay as they are."""
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xDA:  # from here on it is the picture
            end = data.rfind(b"\xff\xd9")
            return b"".join(kept) + (data[at : end + 2] if end > at else data[at:])
        if kind not in {*range(0xE1, 0xEE), 0xEF, 0xFE}:  # Adobe's own says how the colours are meant
            kept.append(data[at : at + 2 + size])
        at += 2 + size
    raise Refused


def bare_jpx(data: bytes) -> bytes:
    """A JPEG 2000 without the boxes that tell of it. Without any box it is the picture alone."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return data
    kept, at = [], 0
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        size = {0: len(data) - at, 1: int.from_bytes(data[at + 8 : at + 16], "big")}.get(size, size)
        if size < 8:
            raise Refused
        kept += [data[at : at + size]] if kind not in {b"uuid", b"xml ", b"uinf"} else []
        at += size
    return b"".join(kept)


# PDF

TELLING = ("/Metadata", "/PieceInfo", "/AA", "/OpenAction", "/JS", "/XFA", "/Thumb", "/LastModified", "/AF", "/EF")
MARKS = {"/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline"}
MARKS |= {"/Squiggly", "/StrikeOut", "/Stamp", "/Ink", "/Caret", "/Widget"}


def pages(data: bytes) -> bytes:
    """Each page as it looks: no script, no file within, no way out of it, no names."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as came, pikepdf.new() as made:
        made.pages.extend(came.pages)
        for page in made.pages:
            page.obj.Annots = made.make_indirect(pikepdf.Array([one for one in _marks(page.obj) if one is not None]))
        for one in made.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                _quieten(one)
        out = io.BytesIO()
        made.save(out, deterministic_id=True, preserve_pdfa=False)
    return out.getvalue()


def _marks(page: "object") -> Iterator["object"]:
    for one in page.get("/Annots", ()):  # type: ignore[attr-defined]  # a dictionary of a PDF
        if str(one.get("/Subtype", "")) in MARKS:
            for key in ("/A", "/AA", "/T", "/Popup", "/IRT", "/RC", "/NM", "/M", "/CreationDate", "/Subj"):
                if key in one:
                    del one[key]
            yield one


def _quieten(one: "object") -> None:
    import pikepdf

    for key in TELLING:
        if key in one:  # type: ignore[operator]  # a dictionary of a PDF
            del one[key]  # type: ignore[attr-defined]  # as above
    if isinstance(one, pikepdf.Stream):
        *before, last = _packed(one)
        if last == "/DCTDecode":
            one.write(bare(_opened(one.read_raw_bytes(), before)), filter=pikepdf.Name.DCTDecode)
        elif last == "/JPXDecode":
            one.write(bare_jpx(_opened(one.read_raw_bytes(), before)), filter=pikepdf.Name.JPXDecode)


def _packed(one: "object") -> list[str]:
    """In what a stream is packed, the outermost first."""
    import pikepdf

    packed = one.get("/Filter", "")  # type: ignore[attr-defined]  # a stream of a PDF
    return [str(name) for name in packed] or [""] if isinstance(packed, pikepdf.Array) else [str(packed)]


def _opened(data: bytes, packed: list[str]) -> bytes:
    """What a picture is packed in once more, as some programs do."""
    if not packed:
        return data
    if packed != ["/FlateDecode"]:
        raise Refused
    return zlib.decompressobj().decompress(data, UNPACKED)


# Word and Excel

PICTURES = (".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff")  # of kinds that are not drawn anew: left blank
PARTS = (".xml", ".rels", ".png", ".jpg", ".jpeg", *PICTURES)
LEFT_OUT = re.compile(
    r"docprops/|customxml/|.*thumbnail|word/people|xl/(persons|threadedcomments|externallinks|macrosheets|connections)"
    r"|.*(vbaproject|activex|oleobject|embeddings/|webextension)",
)
DECLARED = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
NAMED = re.compile(r"""\b(w:author|w:initials|w15:userId|w15:providerId|userName|lastModifiedBy)=("[^"]*"|'[^']*')""")
AUTHORS = re.compile(r"(<(?:\w+:)?author(?:\s[^>]*)?>)[^<]*")
FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)
ORDERS = re.compile(r"""(<w:instrText[^>]*>)([^<]*)|(w:instr=")([^"]*)|(w:instr=')([^']*)""")
OUTSIDE = re.compile(r"<externalReferences>.*?</externalReferences>", re.DOTALL)
PRINTER = re.compile(r'(<pageSetup\b[^>]*?)\sr:id="[^"]*"')  # its settings are not among the parts
RELATION = re.compile(r"<Relationship\b[^>]*?(?:/>|></Relationship>)")
OVERRIDE = re.compile(r'<Override\b[^>]*PartName="/([^"]*)"[^>]*/>')


def document(data: bytes) -> bytes:
    """The same document part by part: what is written in it, and its pictures made anew."""
    out, left = io.BytesIO(), min(UNPACKED, RATIO * len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as came, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = [part.filename for part in came.infolist() if not part.is_dir()]
        if len({name.casefold() for name in names}) < len(names) or any(map(_strange, names)):
            raise Refused
        for name in filter(_stays, names):
            with came.open(name) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Refused
            made.writestr(zipfile.ZipInfo(name), _part(name.casefold(), content), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _strange(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name


def _stays(name: str) -> bool:
    return name.casefold().endswith(PARTS) and not LEFT_OUT.match(name.casefold())


def _part(name: str, content: bytes) -> bytes:
    if name.endswith(".png"):
        return picture(content, "PNG")
    if name.endswith((".jpg", ".jpeg")):
        return picture(content, "JPEG")
    if name.endswith(PICTURES):
        return _blank()
    text = content.decode("utf-8-sig")
    if DECLARED.search(text):
        raise Refused
    if name.endswith(".rels"):
        text = RELATION.sub(lambda one: one[0] if _leads_inside(one[0]) else "", text)
    if name == "[content_types].xml":
        text = OVERRIDE.sub(lambda one: one[0] if _stays(one[1]) else "", text)
    text = NAMED.sub(lambda one: f'{one[1]}=""', PRINTER.sub(r"\1", OUTSIDE.sub("", text)))
    if "comments" in name:
        text = AUTHORS.sub(r"\1", text)
    return ORDERS.sub(_order, text).encode()


def _blank() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(out, "PNG")
    return out.getvalue()


def _leads_inside(relation: str) -> bool:
    """To a part that stays; or a link that somebody has to press."""
    target = re.search(r'\bTarget="([^"]*)"', relation)
    if 'TargetMode="External"' in relation:
        return re.search(r'\bType="[^"]*/hyperlink"', relation) is not None
    name = target[1].lstrip("/").removeprefix("../") if target else ""
    return bool(name) and _stays(name) and _stays(f"word/{name}") and _stays(f"xl/{name}")


def _order(one: "re.Match[str]") -> str:
    before, said = (text for text in one.groups() if text is not None)
    return before if FETCHING.search(said) else before + said


KINDS: dict[str, Callable[[bytes], bytes]] = {
    "jpeg": lambda data: picture(data, "JPEG"),
    "png": lambda data: picture(data, "PNG"),
    "pdf": pages,
    "docx": document,
    "xlsx": document,
}


if __name__ == "__main__":
    limit()
    try:
        anew = KINDS[sys.argv[1]](sys.stdin.buffer.read())
    except Exception:  # whatever a decoder stumbles over: the words of it may hold what is in the file
        sys.exit(REFUSED)
    sys.stdout.buffer.write(anew)
