"""What the documents name exists: files, links, make targets, commands and options, settings, names of the code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import click
import pytest

from kalka.cli.main import commands
from tests.architecture.tree import ROOT, check_none, every_file

CODE = re.compile(r"```\w*\n([\s\S]*?)```|`([^`\n]+)`|^ {4,}(\S.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PATH = re.compile(r"(?<![\w./<>*…-])[\w.-]+(?:/[\w.-]+)+")
FILE = re.compile(r"(?<![\w./<>*…-])[\w-]+\.(?:py|yaml|md|toml|sql|sh|html|js|css|typ)(?![\w(])")
TARGET = re.compile(r"(?<![\w./-])make ([a-z]+)")
CONSOLE = re.compile(r"(?<![\w-])(?<!import )kalka ((?:[a-z][a-z-]*(?: |$))+)?([^\n#]*)")
OPTION = re.compile(r"(?<!\S)--[a-z-]+")
SETTING = re.compile(r"KALKA_[A-Z_]+")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|[A-Z][a-z]+(?:[A-Z][a-z]+)+")
READ = re.compile(r'env\.(?:str|bool|int|list)\("([A-Z_]+)"')
BUILT = {"data", ".venv"}  # made on the machine, not in the tree


@dataclass(frozen=True)
class Document:
    name: str
    text: str

    @property
    def codes(self) -> list[str]:
        """What stands as code: in a line, in a block, indented."""
        return [next(part for part in found if part) for found in CODE.findall(self.text) if any(found)]


@cache
def documents() -> tuple[Document, ...]:
    files = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return tuple(Document(file.relative_to(ROOT).as_posix(), file.read_text()) for file in files)


def missing_links(document: Document) -> Iterator[str]:
    for link in LINK.findall(document.text):
        target, _hash, anchor = link.partition("#")
        file = (ROOT / document.name).parent / target if target else ROOT / document.name
        if "://" in link:
            continue
        if not file.exists() or (anchor and anchor not in anchors(file.read_text())):
            yield f"{document.name}: link to {link}"


def anchors(text: str) -> set[str]:
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in HEADING.findall(text)}


def missing_files(document: Document) -> Iterator[str]:
    """A path of the tree, or below kalka/ as the glossary writes it; a bare name must be somewhere."""
    tops = {path.name for folder in (ROOT, ROOT / "kalka") for path in folder.iterdir() if path.is_dir()} - BUILT
    for code in document.codes:
        for path in PATH.findall(code):
            if path.split("/")[0] in tops and not any((top / path).exists() for top in (ROOT, ROOT / "kalka")):
                yield f"{document.name}: {path}"
        for name in FILE.findall(code):
            if name not in names_of_files():
                yield f"{document.name}: {name}"


@cache
def names_of_files() -> frozenset[str]:
    folders = [ROOT / top for top in ("kalka", "config", "docs", "tests", "tools")]
    return frozenset(path.name for folder in folders for path in folder.rglob("*.*")) | {
        path.name for path in ROOT.glob("*.*")
    }


def missing_targets(document: Document) -> Iterator[str]:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for code in document.codes:
        yield from (f"{document.name}: make {target}" for target in TARGET.findall(code) if target not in there)


def missing_commands(document: Document) -> Iterator[str]:
    for code in document.codes:
        for words, rest in CONSOLE.findall(code):
            given, found = words.split(), commands
            for word in given:
                if not isinstance(found, click.Group):
                    break
                inner = found.get_command(click.Context(found), word)
                if inner is None:
                    yield f"{document.name}: kalka {words}"
                    break
                found = inner
            known = {option for parameter in found.params for option in parameter.opts}
            for option in set(OPTION.findall(f"{words} {rest}")) - known - {"--help"}:
                yield f"{document.name}: kalka {words} {option}"


def missing_settings(document: Document) -> Iterator[str]:
    read = {f"KALKA_{name}" for name in READ.findall((ROOT / "config" / "env.py").read_text())}
    known = read | {name for source in every_file() if not source.is_test for name in SETTING.findall(source.text)}
    known |= set(SETTING.findall((ROOT / "conftest.py").read_text()))
    yield from (f"{document.name}: {name}" for name in SETTING.findall(document.text) if name not in known)


def unread_settings(documents_: str) -> list[str]:
    """Whatever the environment may set is told to whoever installs."""
    read = READ.findall((ROOT / "config" / "env.py").read_text())
    return [name for name in read if f"`KALKA_{name}`" not in documents_]


def missing_names(document: Document) -> Iterator[str]:
    """A name of the code, whole as it stands, or with each of its parts a word of the code."""
    for code in document.codes:
        if NAME.fullmatch(code) and not FILE.fullmatch(code) and code not in words_of_code()[0]:
            if any(part not in words_of_code()[1] for part in code.split(".")):
                yield f"{document.name}: {code}"


@cache
def words_of_code() -> tuple[str, frozenset[str]]:
    data = [file for suffix in ("yaml", "sql", "js") for file in (ROOT / "kalka").rglob(f"*.{suffix}")]
    text = "\n".join([*(s.text for s in every_file() if not s.is_test), *(file.read_text() for file in data)])
    folders = {path.name for path in (ROOT / "kalka").iterdir()}
    return text, frozenset(re.findall(r"\w+", text)) | folders


CHECKS = (missing_links, missing_files, missing_targets, missing_commands, missing_settings, missing_names)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_the_documents_name_exists(check):
    check_none(fault for document in documents() for fault in check(document))


def test_every_setting_is_told():
    check_none(unread_settings((ROOT / "docs" / "deploy.md").read_text()))


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (missing_links, "see [this](docs/nowhere.md)"),
        (missing_links, "see [this](README.md#no-such-heading)"),
        (missing_files, "in `kalka/cases/nowhere.py`"),
        (missing_files, "in `cases/nowhere.yaml`"),
        (missing_files, "the file `nowhere.yaml`"),
        (missing_targets, "run `make nothing`"),
        (missing_targets, "so:\n\n    make nothing\n"),
        (missing_commands, "run `kalka nothing`"),
        (missing_commands, "```\nkalka user nothing LOGIN\n```"),
        (missing_commands, "run `kalka user add LOGIN --nothing`"),
        (missing_settings, "set `KALKA_" + "NOWHERE`"),
        (missing_names, "a `cases.NoSuchRow`"),
        (missing_names, "a `NoSuchRow`"),
    ],
)
def test_what_does_not_exist_is_found(check, text):
    assert len(list(check(Document("x.md", text)))) == 1


def test_a_setting_nobody_told_is_found():
    assert "SECRET_KEY" in unread_settings("`KALKA_DATA`")


def test_placeholders_and_what_is_made_on_the_machine_are_left_alone():
    text = (
        "`kalka/ui/words/<module>.py`, `data/demo`, `.venv/bin/kalka`, `from kalka.cases import selectors`, `FILE.xlsx`"
    )
    assert [fault for check in CHECKS for fault in check(Document("x.md", text))] == []
