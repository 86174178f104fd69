import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest

from kalka.core.errors import DomainError
from kalka.papers.docx import MARK, Paper, Part, render

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PAPER = Paper(
    title="Отурумдун протоколу",
    code="K-1",
    stands_for="Расмий форма жок",
    parts=(
        Part("Күн тартиби", ("Биринчи <b>{{ 7 * 7 }}</b> & маселе",)),
        Part("Чечимдер", head=("Код", "Чара", "Жооптуу", "Мөөнөт"), rows=(("4827-16", "үй", "катчы", "1-май"),) * 2),
    ),
)


def _opened(made):
    return docx.Document(io.BytesIO(made))


def test_it_opens_and_says_what_was_put_in():
    opened = _opened(render(PAPER, "ky", now=NOW))

    assert [one.text for one in opened.paragraphs if one.text] == [
        "Отурумдун протоколу",
        "Расмий форма жок",
        "Күн тартиби",
        "Биринчи <b>{{ 7 * 7 }}</b> & маселе",  # never read as markup or as a template
        "Чечимдер",
    ]
    assert [[cell.text for cell in row.cells] for row in opened.tables[0].rows] == [
        ["Код", "Чара", "Жооптуу", "Мөөнөт"],
        ["4827-16", "үй", "катчы", "1-май"],
        ["4827-16", "үй", "катчы", "1-май"],
    ]
    assert len(opened.tables) == 1
    assert opened.sections[0].header.paragraphs[0].text == MARK
    assert opened.sections[0].footer.paragraphs[0].text == "K-1"


def test_it_says_nothing_of_who_made_it():
    about = _opened(render(PAPER, "ru", now=NOW)).core_properties

    assert (about.author, about.last_modified_by, about.title) == ("", "", "Документ")
    assert about.modified.replace(tzinfo=UTC) == NOW


def test_an_official_paper_carries_no_mark():
    opened = _opened(render(Paper("Отчёт", "K-2", (Part(lines=("Одна строка\x00",)),)), "ru", now=NOW))

    assert opened.sections[0].header.paragraphs[0].text == ""
    assert [one.text for one in opened.paragraphs if one.text] == ["Отчёт", "Одна строка"]


def test_what_does_not_fit_is_refused():
    with pytest.raises(DomainError, match="wrong_fields"):
        render(Paper("t", "c", (Part(head=("a", "b"), rows=(("1",),)),)), "ky", now=NOW)
    with pytest.raises(DomainError, match="no_such_language"):
        render(PAPER, "en", now=NOW)


def test_it_is_a_whole_archive():
    assert zipfile.ZipFile(io.BytesIO(render(PAPER, "ky", now=NOW))).testzip() is None
