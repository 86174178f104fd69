"""Uploads through Django's own parser: what arrives, and what lies on the disk meanwhile."""

import tempfile
import threading
import zlib
from base64 import b64encode
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from kalka.files import rules, serving
from kalka.files.fields import AttachmentField, Uploaded
from kalka.files.rules import Media
from kalka.files.selectors import Opened
from kalka.files.tests.factories import JPEG, TEXT
from kalka.files.uploads import MemoryFile

CANARY = "КАНАРЕЙКА-7f3a1c-" * 8


class OneFile(forms.Form):
    words = forms.CharField(required=False)
    file = AttachmentField(required=False)


def posted(**data: object) -> OneFile:
    request = RequestFactory().post("/", data)
    return OneFile(request.POST, request.FILES)


def test_a_chosen_file_arrives_in_memory() -> None:
    form = posted(file=SimpleUploadedFile("a.jpg", JPEG), words="жазуу")
    assert form.is_valid()
    assert form.cleaned_data == {"words": "жазуу", "file": Uploaded("a.jpg", JPEG)}
    assert isinstance(form.files["file"], MemoryFile)


def test_no_file_is_no_file() -> None:
    form = posted(words="жазуу")
    assert form.is_valid() and form.cleaned_data["file"] is None


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "files.empty"), (b"<svg/>", "files.kind_refused"), (b"MZ\0\0", "files.kind_refused")]
)
def test_what_is_refused_is_said_beside_the_field_and_the_text_is_kept(content: bytes, code: str) -> None:
    with translation.override("en"):
        form = posted(file=SimpleUploadedFile("a.jpg", content), words="жазуу")
        assert not form.is_valid()
    assert [e.code for e in form.errors.as_data()["file"]] == [code]
    assert form.cleaned_data == {"words": "жазуу"}


def test_files_past_the_limit_of_one_request_are_dropped_and_the_text_arrives() -> None:
    large = b"a" * (rules.LIMIT // 2 + 1)
    with translation.override("en"):
        request = RequestFactory().post(
            "/", {"one": SimpleUploadedFile("1.txt", large), "file": SimpleUploadedFile("2.txt", large), "words": "ж"}
        )
        form = OneFile(request.POST, request.FILES)
        assert not form.is_valid()
        assert form.errors["file"] == [
            "Together the files are larger than 20 MB. The text is kept. Choose a smaller file or send them one by one."
        ]
    assert form.cleaned_data == {"words": "ж"}
    assert request.FILES["file"].size == 0


def test_nothing_of_an_upload_is_on_the_disk_while_it_is_read() -> None:
    content = (CANARY * (6_000_000 // len(CANARY))).encode()
    seen: list[Path] = []
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(done, seen))
    watch.start()
    try:
        form = posted(file=SimpleUploadedFile("a.txt", content))
        assert form.is_valid() and form.cleaned_data["file"].content == content
    finally:
        done.set()
        watch.join()
    assert seen == []
    assert settings.FILE_UPLOAD_HANDLERS == ["kalka.files.uploads.MemoryOnly"]


def _watch(done: threading.Event, seen: list[Path]) -> None:
    """Looks at every file of the data and temporary folders until told to stop, and once more."""
    forms_of = [CANARY.encode(form) for form in ("utf-8", "utf-16-le")] + [b64encode(CANARY.encode())[:60]]
    again = True
    while again:
        again = not done.is_set()
        for path in (*Path(tempfile.gettempdir()).iterdir(), *Path(settings.DATA).rglob("*")):
            if path.suffix == ".upload" or (path.is_file() and _holds(path, forms_of)):
                seen.append(path)


def _holds(path: Path, canaries: list[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(200_000)
    except OSError:
        return False
    try:
        start += zlib.decompress(start)
    except zlib.error:
        pass
    return any(canary in start for canary in canaries)


def test_a_file_leaves_as_a_download_in_a_sandbox_under_a_name_that_says_nothing() -> None:
    one, two = (serving.download(Opened(Media.TEXT, TEXT)) for _ in range(2))
    assert one.content == TEXT
    assert one["Content-Type"] == "text/plain"
    assert one["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert one["X-Content-Type-Options"] == "nosniff"
    assert one["Cache-Control"] == "no-store"
    assert one["Content-Disposition"].startswith('attachment; filename="')
    assert one["Content-Disposition"].endswith('.txt"')
    assert one["Content-Disposition"] != two["Content-Disposition"]
