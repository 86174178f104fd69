import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.files import rules
from kalka.files.rules import Media
from kalka.files.tests.factories import JPEG, PDF, PNG, TEXT, office


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, Media.JPEG),
        (PNG, Media.PNG),
        (PDF, Media.PDF),
        (TEXT, Media.TEXT),
        (b"\xef\xbb\xbf" + TEXT, Media.TEXT),
        ("Күбөнүн сөзү".encode("utf-16"), Media.TEXT),
        (office("word/document.xml"), Media.DOCX),
        (office("xl/workbook.xml"), Media.XLSX),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: Media) -> None:
    assert rules.check(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'\n  <?xml version="1.0"?><svg/>',
        b"<!DOCTYPE html><p>a</p>",
        b"words first, then < script>alert(1)</script>",
        b"MZ this is a program",
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\nrm -rf /",
        b"{\\rtf1 text}",
        b"%!PS-Adobe-3.0",
        b"GIF89a\x01\x00\x01\x00",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        "Текст".encode("cp1251"),
        b"\x00\x01\x02",
        office("word/document.xml", "word/vbaProject.bin"),
        office("xl/workbook.xml", "xl/embeddings/oleObject1.bin"),
        office("ppt/presentation.xml"),
        b"PK\x03\x04 but no archive",
    ],
)
def test_what_can_run_or_is_not_known_is_refused(content: bytes) -> None:
    with pytest.raises(DomainError) as refusal:
        rules.check(content)
    assert (refusal.value.code, refusal.value.facts) == ("files.kind_refused", {"field": "file"})


def test_a_document_that_would_unpack_to_more_than_it_may_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<x/>")
        parts.writestr("word/document.xml", "<x/>")
        parts.writestr("word/media/image1.png", b"\0" * (rules.UNPACKED + 1))
    assert rules.sniff(packed.getvalue()) is None


def test_an_empty_file_and_one_past_the_limit_are_refused() -> None:
    for content, code in ((b"", "files.empty"), (JPEG + bytes(rules.LIMIT), "files.too_large")):
        with pytest.raises(DomainError) as refusal:
            rules.check(content)
        assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Айгүл\\справка.pdf", "справка.pdf"),
        ("annexe\u202egpj.exe", "annexegpj.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("  эки   боштук .txt", "эки боштук .txt"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_shown_without_folders_and_disguise(given_name: str, shown: str) -> None:
    assert rules.shown_name(given_name) == shown


@given(st.binary(max_size=400))
def test_any_bytes_are_of_a_known_kind_or_of_none(content: bytes) -> None:
    assert rules.sniff(content) in {*Media, None}


@given(st.text(max_size=300))
def test_any_name_can_be_shown(name: str) -> None:
    shown = rules.shown_name(name)
    assert len(shown) <= rules.NAME_LENGTH
    assert "/" not in shown and "\\" not in shown and "\0" not in shown
    shown.encode()
