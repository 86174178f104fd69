"""`docs/change-the-law.md`, walked: a fictitious amendment is entered as the paper says, and nothing old moves."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kalka.core.errors import DomainError
from kalka.lawbook import book, changes, schema, tables
from kalka.lawbook.book import Law, Provision

DOCUMENT = Path(__file__).parents[3] / "docs" / "change-the-law.md"
FIRST = date(2027, 1, 1)
ACT = """law-999:
  kind: law
  number: "999"
  date: 2026-12-20
  status: amending
  text_seen: none
  short: {ky: "№ 999 Мыйзам", ru: "Закон № 999", en: "Law No. 999"}
  title: {ky: "Ойдон чыгарылган", ru: "Вымышленный", en: "Invented for a test"}
  note: "There is no such law."
"""
ENTRY = """    - from: 2027-01-01
      from_confidence: verbatim
      value: 45
      act: law-999
      article: "3"
      confidence: verbatim
      source: "An invented act, for this test alone"
"""


class Book:
    """A copy of the law book to write into; `read` lets the installation start with it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch
        (folder / "parameters").mkdir()
        for path in (*book.FOLDER.glob("*.yaml"), *(book.FOLDER / "parameters").glob("*.yaml")):
            (folder / path.relative_to(book.FOLDER)).write_text(path.read_text())

    def append(self, file: str, after: str, text: str) -> None:
        """As the document says: at the end of the key's values, never over an old one."""
        path = self.folder / file
        head, key, rest = path.read_text().partition(after)
        assert key, after
        lines = rest.splitlines(keepends=True)
        end = next((n for n, line in enumerate(lines) if n and line[:1] not in (" ", "#", "\n")), len(lines))
        path.write_text("".join([head, key, *lines[:end], text, *lines[end:]]))

    def read(self) -> None:
        known = schema.acts(self.folder / "acts.yaml")
        found = schema.parameters(sorted((self.folder / "parameters").glob("*.yaml")), known)
        self.patch.setattr(book, "acts", lambda: known)
        self.patch.setattr(book, "_book", lambda: found)


@pytest.fixture
def amended(tmp_path, monkeypatch):
    return Book(tmp_path, monkeypatch)


def test_the_document_says_what_is_done_here():
    text = DOCUMENT.read_text()
    for said in ("**Append** an entry. Never edit an old one", "acts.yaml` first", "`unknown` goes with `value: null`"):
        assert said in text


def test_before_the_act_is_entered_no_rule_may_rest_on_it(amended):
    amended.append("parameters/orders.yaml", "order.duration_days:\n", ENTRY)
    with pytest.raises(DomainError) as refused:
        amended.read()
    assert "unknown act law-999" in str(refused.value.facts["problem"])


def test_the_day_before_follows_the_old_law_and_the_day_itself_the_new_one(amended):
    edition, before = changes.edition(), {key: book.history(key) for key in book.keys()}
    amended.append("acts.yaml", "law-62:\n", ACT)
    amended.append("parameters/orders.yaml", "order.duration_days:\n", ENTRY)
    amended.read()
    eve, day = (Law(on)["order.duration_days"] for on in (FIRST - timedelta(days=1), FIRST))
    assert (eve.value, eve.cite("ru")) == (30, "Закон № 161, статья не установлена")
    assert (day.value, day.cite("ru"), day.confidence) == (45, "Закон № 999, ст. 3", "verbatim")
    assert {key: book.history(key)[: len(old)] for key, old in before.items()} == before, "nothing old moved"
    assert changes.edition() != edition
    assert [one.key for one in changes.between(FIRST - timedelta(days=1), FIRST).numbers] == ["order.duration_days"]


def test_a_decision_made_under_the_old_law_still_says_it(amended):
    stored = Law(date(2026, 11, 23))["order.duration_days"].as_json()
    amended.append("acts.yaml", "law-62:\n", ACT)
    amended.append("parameters/orders.yaml", "order.duration_days:\n", ENTRY)
    amended.read()
    kept = Provision.from_json(stored)
    assert (kept.value, kept.act, book.source(kept)) == (30, "law-161", book.source(Law(date(2026, 11, 23))[kept.key]))


EDITION = """  - from: 2027-01-01
    from_confidence: verbatim
    by: law-999
    seen: quoted
    what: {ky: "Ордер 45 күнгө", ru: "Ордер на 45 дней", en: "An order for 45 days"}
"""
OWED = """    - {from: 2027-01-01, act: law-999, article: "4", confidence: verbatim, source: "An invented act"}
"""


def test_another_edition_and_another_basis_of_a_duty_hold_from_their_day_on(amended, monkeypatch):
    amended.append("acts.yaml", "law-62:\n", ACT)
    amended.append("editions.yaml", "law-63:\n", EDITION)
    amended.append("obligations.yaml", "issue_order:\n", OWED)
    amended.read()
    monkeypatch.setattr(book, "FOLDER", amended.folder)
    read = tables._obligations.__wrapped__()  # past the cache: as a process that starts with the changed file reads it
    monkeypatch.setattr(tables, "_obligations", lambda: read)
    owed = {
        day: next(one for one in tables.obligations_on(day) if one.code == "issue_order").cite("en")
        for day in (FIRST - timedelta(days=1), FIRST)
    }
    assert list(owed.values()) == ["Law No. 161, article not established", "Law No. 999, art. 4"]
    law_63 = [one.by for one in tables.editions(amended.folder / "editions.yaml") if one.act == "law-63"]
    assert law_63 == ["law-63", "law-41", "law-161", "law-214", "law-999"]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("from: 2027-01-01", "from: 2024-01-01"), "does not come after"),
        (("value: 45", "value: forty-five"), "is not a value in days"),
        (("value: 45", "value: null"), "unset (null) exactly when its confidence is unknown"),
        (("act: law-999", "act: draft-5659"), "is a draft: no rule may rest on it"),
        (('article: "3"', 'article: "on the third page"'), "is not an article of an act"),
    ],
)
def test_a_slip_of_the_pen_stops_the_book(amended, slip, said):
    amended.append("acts.yaml", "law-62:\n", ACT)
    amended.append("parameters/orders.yaml", "order.duration_days:\n", ENTRY.replace(*slip))
    with pytest.raises(DomainError) as refused:
        amended.read()
    assert said in str(refused.value.facts["problem"])
