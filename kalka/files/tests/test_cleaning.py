"""What stands beside the pixels of a photo does not leave with it, however a program packed it into a paper."""

import io
import zlib

import pikepdf
import pytest

from kalka.core.errors import DomainError
from kalka.files.cleaning import cleaned
from kalka.files.rules import Media
from tests.security.brought import CANARY, drawn, photo


def paper(*filters: str, content: bytes = b"") -> bytes:
    out, content = io.BytesIO(), content or photo()
    assert CANARY.encode() in content
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        picture = pikepdf.Stream(pdf, zlib.compress(content) if "FlateDecode" in filters else content)
        told = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB"}
        for key, value in told.items():
            picture[f"/{key}"] = pikepdf.Name(f"/{value}")
        picture.Width, picture.Height, picture.BitsPerComponent = 64, 48, 8
        picture.Filter = pikepdf.Array([pikepdf.Name(f"/{one}") for one in filters])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        page.Contents = pikepdf.Stream(pdf, b"q 200 0 0 150 10 10 cm /P Do Q")
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.parametrize("filters", [("DCTDecode",), ("FlateDecode", "DCTDecode")])
def test_a_photo_in_a_paper_is_bare_whatever_else_it_is_packed_in(filters):
    with pikepdf.open(io.BytesIO(cleaned(Media.PDF, paper(*filters)))) as pdf:
        picture = pdf.pages[0].Resources.XObject.P
        assert pikepdf.PdfImage(picture).as_pil_image().size == (64, 48)
        assert CANARY.encode() not in picture.read_raw_bytes() and picture.Filter == pikepdf.Name.DCTDecode


def test_what_is_told_beside_a_jpeg_2000_does_not_leave_either():
    from PIL import features

    assert features.check("jpg_2000")
    out = io.BytesIO()
    drawn().save(out, "JPEG2000")
    told = b"uuid" + bytes(16) + CANARY.encode()
    content = out.getvalue() + (len(told) + 4).to_bytes(4, "big") + told
    with pikepdf.open(io.BytesIO(cleaned(Media.PDF, paper("JPXDecode", content=content)))) as pdf:
        assert pdf.pages[0].Resources.XObject.P.read_raw_bytes() == out.getvalue()


def test_a_photo_packed_in_a_way_we_do_not_open_is_not_shown():
    with pytest.raises(DomainError, match="not_shown"):
        cleaned(Media.PDF, paper("ASCIIHexDecode", "DCTDecode"))
