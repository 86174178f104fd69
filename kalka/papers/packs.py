"""The packs, read strictly from `packs/<name>/`. A slip of the pen refuses the pack before anything is printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.core.errors import DomainError

FOLDER = Path(__file__).parent / "packs"
LANGUAGES = ("ky", "ru")  # the languages of the state: an official paper is in one of them
ENGLISH = "en"  # a paper that is no official one may speak it too
STATUSES = ("draft", "official", "own")  # own: of whoever prints it, where no official form is known
KINDS = ("text", "lines")
SHARED = "shared.typ"  # what stands before the paper in each language


@dataclass(frozen=True, slots=True)
class Pack:
    """`needs` says for each field whether it is one text or a list of lines. `stands_for` is what a draft lacks."""

    name: str
    status: str
    title: Mapping[str, str]
    stands_for: Mapping[str, str]
    needs: Mapping[str, str]
    sources: Mapping[str, str]
    sheet: str = ""  # pocket: small enough to hide

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"


def pack(name: str) -> Pack:
    """Refuses with `papers.no_such_pack`."""
    if name not in names():
        raise DomainError("papers.no_such_pack", pack=name)
    return _pack(FOLDER / name)


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if (folder / "pack.yaml").exists()))


@cache
def _pack(folder: Path) -> Pack:
    spoken = [*LANGUAGES, *([ENGLISH] if (folder / f"{ENGLISH}.typ").exists() else [])]
    shared = folder / SHARED
    drawn = shared.read_text(encoding="utf-8") if shared.exists() else ""
    sources = {lang: drawn + (folder / f"{lang}.typ").read_text(encoding="utf-8") for lang in spoken}
    return parse(folder.name, (folder / "pack.yaml").read_text(encoding="utf-8"), sources)


def parse(name: str, text: str, sources: Mapping[str, str]) -> Pack:
    """Refuses with `datafile.refused`: an unknown key or kind, a draft that does not say what it stands for."""
    file = Fields(datafile.parse(text, f"{name}/pack.yaml"), f"{name}/pack.yaml")
    status = file.one_of("status", STATUSES)
    title = _words(file, "title", sources)
    if (status == "draft") != ("stands_for" in file):
        refuse(file.where, "a draft, and only a draft, says what it stands for")
    if ENGLISH in sources and status != "own":
        refuse(file.where, "a form is in the languages of the state")
    stands_for = _words(file, "stands_for", LANGUAGES) if status == "draft" else {}
    sheet = file.one_of("sheet", ("pocket",)) if "sheet" in file else ""
    fields = Fields(file.raw("needs"), f"{file.where}: needs")
    needs = {field: fields.one_of(field, KINDS) for field in fields.names()}
    if needs.get("code") != "text":
        refuse(file.where, "every paper carries a code")
    file.close()
    return Pack(name, status, title, stands_for, needs, dict(sources), sheet)


def _words(file: Fields, key: str, spoken: Iterable[str]) -> dict[str, str]:
    inner = Fields(file.raw(key), f"{file.where}: {key}")
    found = {lang: inner.take(lang, str) for lang in spoken}
    inner.close()
    return found
