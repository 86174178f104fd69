import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.papers import packs, printing
from kalka.papers.tests.factories import LETTERS, NOW, everything, filled, pages, printed, text
from kalka.ui.words import say

MARK = "Каралама / Черновик"
CANARY = "Канарейкаң7741"


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("name", packs.names())
def test_the_letters_of_the_country_are_printed_and_read_back(name, lang):
    pdf = printed(name, lang)
    assert text(pdf).count(LETTERS) >= len(packs.pack(name).needs)


def test_a_draft_says_so_on_every_page_and_names_the_form_that_is_missing():
    long = printed(conditions=[f"{number} {LETTERS}" for number in range(200)])
    found = pages(long)
    assert len(found) > 3
    assert [MARK in page for page in found] == [True] * len(found)
    assert "№ 417 токтому менен бекитилген расмий форма жүктөлгөн эмес" in text(long)


def test_an_official_paper_carries_no_mark(monkeypatch):
    official = packs.Pack("order", "official", **_parts(packs.pack("order")))
    monkeypatch.setattr(printing, "pack", lambda name: official)
    assert MARK not in text(printed())


def _parts(pack):
    return {"title": pack.title, "stands_for": {}, "needs": pack.needs, "sources": pack.sources}


@pytest.mark.parametrize(
    "said",
    [
        '#panic() #import "x" #sys.inputs',
        "*bold* _italic_ `raw` $x^2$ = not a heading",
        "@reference <label> \\ // comment /* comment */ ~ -- ---",
        '"quoted" #"string" \\u{41} [content] {code}',
        "https://example.test/?a=#b",
    ],
)
def test_text_is_data_and_never_markup(said):
    assert said in text(printed(note=said))


def test_ten_thousand_letters_are_printed():
    said = "өзөн " * 2_000
    assert text(printed(note=said)).count("өзөн") == 2_000


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=5))
def test_any_text_makes_a_paper(said, lines):
    assert printed(note=said, conditions=lines).startswith(b"%PDF-")


def test_it_is_a_file_for_archives_and_for_those_who_listen():
    whole = everything(printed())
    assert (b"pdfaid:part>2<" in whole, b"pdfuaid:part>1<" in whole) == (True, True)


def test_a_letter_no_font_knows_makes_an_ordinary_paper():
    pdf = printed(note="家 ң")
    assert "ң" in text(pdf) and b"pdfaid:part" not in everything(pdf)


def test_the_metadata_say_nothing_of_what_is_printed():
    pdf = printed(number=CANARY, note=CANARY)
    raw = everything(pdf)
    assert raw.count("'/Title': 'Документ'".encode()) >= 1
    assert CANARY in text(pdf) and CANARY.encode() not in pdf  # the page alone has it, and packed
    metadata = raw[raw.index(b"{'/Title'") :][:400].decode()
    assert CANARY not in metadata and "ордер" not in metadata


def test_nothing_touches_a_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    printed(number=CANARY)
    assert os.listdir(tmp_path) == []


def test_the_same_values_make_the_same_bytes():
    assert printed() == printed()


def test_several_may_print_at_once():
    made = {}
    threads = [
        threading.Thread(target=lambda n=n: made.update({n: text(printed(note=f"беттер {n}"))})) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [f"беттер {n}" in made[n] for n in range(8)] == [True] * 8


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"address": "x"}, "address"),
        ({"number": ["x"]}, "number"),
        ({"conditions": "x"}, "conditions"),
        ({"conditions": ["x", 3]}, "conditions"),
        ({"number": None}, "number"),
    ],
)
def test_unknown_fields_and_wrong_kinds_are_refused_by_name(change, fields):
    with pytest.raises(DomainError, match="papers.wrong_fields") as refused:
        printed(**change)
    assert refused.value.facts["fields"] == fields
    assert CANARY not in say(refused.value)


def test_a_missing_field_is_refused():
    data = filled("order")
    del data["number"], data["note"]
    with pytest.raises(DomainError, match="papers.wrong_fields") as refused:
        printing.render("order", "ky", data, now=NOW)
    assert refused.value.facts["fields"] == "note, number"


def test_a_language_the_state_does_not_write_in_is_refused():
    with pytest.raises(DomainError, match="papers.no_such_language"):
        printed(lang="en")


def test_a_paper_that_cannot_be_made_repeats_nothing(monkeypatch):
    broken = packs.Pack("order", "draft", **_parts(packs.pack("order")) | {"sources": {"ky": "#let body = 3"}})
    monkeypatch.setattr(printing, "pack", lambda name: broken)
    with pytest.raises(DomainError, match="papers.not_made") as refused:
        printed(number=CANARY)
    assert (refused.value.facts, refused.value.__cause__, refused.value.__context__) == ({}, None, None)
