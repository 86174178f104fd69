"""From values to a PDF, in memory."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from kalka.core.errors import DomainError
from kalka.papers.packs import FOLDER, Pack, pack

if TYPE_CHECKING:  # a compiler of 7 MB, for whoever prints
    import typst

Value: TypeAlias = str | Sequence[str]

# For archives (PDF/A) and for those who listen to it (PDF/UA).
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
_compiling = Lock()  # the compiler serves one thread at a time


def render(name: str, lang: str, data: Mapping[str, Value], *, now: datetime) -> bytes:
    """One paper as PDF bytes. Text is printed as it stands and never read as markup.

    Refuses with `papers.no_such_pack`, `papers.no_such_language`, and with `papers.wrong_fields` when a field is
    missing, unknown or of the other kind. The refusal names fields, never what was in them.
    """
    chosen = pack(name)
    if lang not in chosen.sources:
        raise DomainError("papers.no_such_language", language=lang)
    check(chosen, data)
    inputs = {
        "lang": lang,
        "draft": "yes" if chosen.is_draft else "",
        "title": chosen.title[lang],
        "sheet": chosen.sheet,
        "missing": chosen.stands_for.get(lang, ""),
        "data": json.dumps({field: _plain(value) for field, value in data.items()}, ensure_ascii=False),
    }
    source = f"{chosen.sources[lang]}\n{_shell()}".encode()
    with _compiling:
        return _compiled(source, inputs, int(now.timestamp()))


def check(chosen: Pack, data: Mapping[str, Value]) -> None:
    wrong = data.keys() ^ chosen.needs.keys()
    wrong |= {field for field in data.keys() & chosen.needs.keys() if _kind(data[field]) != chosen.needs[field]}
    if wrong:
        raise DomainError("papers.wrong_fields", pack=chosen.name, fields=", ".join(sorted(wrong)))


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "text"
    good = isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
    return "lines" if good else ""


def _plain(value: Value) -> str | list[str]:
    """Without half characters, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [str(_plain(line)) for line in value]


def _compiled(source: bytes, inputs: dict[str, str], at: int) -> bytes:
    """A character that no font knows cannot stand in an archive file: then the paper is an ordinary PDF."""
    import typst

    compiler = _compiler()
    for standards in (STANDARDS, STANDARDS[:0]):
        try:
            made = compiler.compile(source, format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=at)
        except typst.TypstError:  # its words repeat what was printed
            continue
        if isinstance(made, bytes):
            return made
    raise DomainError("papers.not_made")


@cache
def _compiler() -> "typst.Compiler":
    """Its own fonts alone, so that a paper looks the same on every machine; no file but the packs, no package."""
    import typst

    return typst.Compiler(root=str(FOLDER), ignore_system_fonts=True)


@cache
def _shell() -> str:
    return (Path(__file__).parent / "shell.typ").read_text(encoding="utf-8")
