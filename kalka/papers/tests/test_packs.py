import pytest

from kalka.core.errors import DomainError
from kalka.papers import packs

GOOD = """
status: draft
title: {ky: "Барак", ru: "Лист"}
stands_for: {ky: "Форма жок", ru: "Формы нет"}
needs: {code: text, lines: lines}
"""
SOURCES = {"ky": "", "ru": ""}


def test_every_pack_is_whole_and_speaks_both_languages_of_the_state():
    found = [packs.pack(name) for name in packs.names()]
    assert {pack.name for pack in found} >= {"order", "order_respondent"}
    assert all({"ky", "ru"} <= set(pack.sources) == set(pack.title) for pack in found)
    assert [pack.name for pack in found if "en" in pack.sources] == ["results"]


def test_no_pack_claims_to_be_official_before_the_form_is_there():
    found = [packs.pack(name) for name in packs.names()]
    assert {(pack.status, pack.is_draft) for pack in found} <= {("draft", True), ("own", False)}
    drafts = [pack for pack in found if pack.name.startswith("order")]
    assert all("№ 417" in words for pack in drafts for words in pack.stands_for.values())
    assert all(pack.is_draft for pack in drafts)


def test_no_pack_fetches_anything():
    sources = [source for name in packs.names() for source in packs.pack(name).sources.values()]
    assert [source for source in sources if "@" in source or "#import" in source or "eval(" in source] == []


def test_what_is_handed_to_the_respondent_has_no_field_for_a_place_a_telephone_or_a_teller():
    assert set(packs.pack("order_respondent").needs) == {
        "code",
        "number",
        "authority",
        "respondent",
        "issued",
        "starts",
        "ends",
        "basis",
        "conditions",
    }


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("status: draft", "status: ready"),
        ("status: draft", "status: official"),  # and still says what it stands for
        ('stands_for: {ky: "Форма жок", ru: "Формы нет"}', ""),
        ('ru: "Лист"', 'en: "Sheet"'),
        ("lines: lines", "lines: markup"),
        ("code: text", "cod: text"),
        ("status: draft", "status: draft\nfont: Arial"),
    ],
)
def test_a_slip_of_the_pen_refuses_the_pack(was, becomes):
    assert packs.parse("x", GOOD, SOURCES).needs == {"code": "text", "lines": "lines"}
    with pytest.raises(DomainError, match="datafile.refused"):
        packs.parse("x", GOOD.replace(was, becomes), SOURCES)


@pytest.mark.parametrize("name", ["", "..", "../order", "orders", "order/../order"])
def test_a_pack_that_is_not_there_is_refused(name):
    with pytest.raises(DomainError, match="papers.no_such_pack"):
        packs.pack(name)
