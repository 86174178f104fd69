"""From values to a DOCX that whoever received it can go on writing in, in memory. The template is `shell.docx`."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kalka.core.errors import DomainError
from kalka.papers.packs import ENGLISH, LANGUAGES

SHELL = Path(__file__).parent / "shell.docx"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARK = "Каралама / Черновик"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML can hold


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, what stands under it line by line, and a table. What is empty is left out.

    Every row has as many cells as `head`.
    """

    heading: str = ""
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """`code` stands at the foot of every page. `stands_for`: what a draft lacks; empty for an official form alone."""

    title: str
    code: str
    parts: Sequence[Part]
    stands_for: str = ""


def render(paper: Paper, lang: str, *, now: datetime) -> bytes:
    """One paper as the bytes of a DOCX. Text is written as it stands and never read as markup.

    Refuses with `papers.no_such_language`, and with `papers.wrong_fields` a row that does not fit its table.
    """
    from docxtpl import DocxTemplate  # 12 MB in each process, most of which never makes one
    from jinja2.sandbox import SandboxedEnvironment

    if lang not in LANGUAGES and (lang != ENGLISH or paper.stands_for):
        raise DomainError("papers.no_such_language", language=lang)
    if any(len(row) != len(part.head) for part in paper.parts for row in part.rows):
        raise DomainError("papers.wrong_fields", pack="docx", fields="rows")
    template = DocxTemplate(SHELL)
    template.render(_values(paper), jinja_env=SandboxedEnvironment(autoescape=True))
    about = template.docx.core_properties
    about.author = about.last_modified_by = ""
    about.language = lang
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None)
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _values(paper: Paper) -> Mapping[str, object]:
    return {
        "title": _plain(paper.title),
        "code": _plain(paper.code),
        "mark": MARK if paper.stands_for else "",
        "stands_for": _plain(paper.stands_for),
        "parts": [
            {
                "heading": _plain(part.heading),
                "lines": [_plain(line) for line in part.lines],
                "head": [_plain(cell) for cell in part.head],
                "rows": [[_plain(cell) for cell in row] for row in part.rows],
            }
            for part in paper.parts
        ],
    }


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
