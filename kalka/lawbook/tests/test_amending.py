"""`docs/change-the-law.md`, walked: a fictitious amendment is entered as the paper says, and nothing old moves."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kalka.core.errors import DomainError
from kalka.lawbook import book, changes, schema
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
