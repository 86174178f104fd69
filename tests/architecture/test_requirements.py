"""docs/security-requirements.md tells the truth: each test it names is there, and the first to come are all held."""

import re

import pytest

from tests.architecture.tree import ROOT, check_none

DOCUMENT = ROOT / "docs" / "security-requirements.md"
NAMED = re.compile(r"`((?:tests|kalka)/[\w/]+\.py)(?:::([\w:]+))?`")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]*) \|(?: ([^|]*) \|)?$", re.MULTILINE)
FIRST = {*range(1, 11), *range(12, 17), *range(18, 21), *range(22, 26), *range(27, 34), *range(37, 40)}
FIRST |= {*range(41, 48), *range(49, 55), 57, 58, 62, 64, 67}
OPEN: set[int] = set()  # of the first ones; why is said in the document


def rows() -> dict[int, tuple[str, str]]:
    """What holds each requirement, and what is left."""
    text = DOCUMENT.read_text().partition("\n## Traps")[0]
    return {int(one[1]): (one[3], (one[4] or "").strip()) for one in ROW.finditer(text)}


def missing(text: str) -> list[str]:
    """The tests a text names that are not there."""
    gone = []
    for path, name in NAMED.findall(text):
        file = ROOT / path
        source = file.read_text() if file.is_file() else ""
        here = [re.search(rf"\b(?:def|class) {part}\b", source) for part in name.split("::") if part]
        gone += [] if source and all(here) else [f"{path}::{name}"]
    return gone


def test_each_test_that_is_named_is_there():
    check_none(missing(DOCUMENT.read_text()))


def test_all_seventy_two_are_told_and_the_first_ones_are_held():
    told = rows()
    assert sorted(told) == list(range(1, 73))
    bare = {number for number, (tests, _) in told.items() if not NAMED.search(tests)}
    assert bare & FIRST == OPEN
    check_none([f"{number} lacks a reason" for number in bare if not told[number][1].startswith("later: ")])


def test_all_twenty_three_traps_are_answered():
    traps = DOCUMENT.read_text().partition("\n## Traps")[2]
    assert [int(one[1]) for one in ROW.finditer(traps)] == list(range(1, 24))


@pytest.mark.parametrize(
    "text", ["`tests/nowhere.py::test_a`", "`tests/architecture/tree.py::test_nothing_of_this_name`"]
)
def test_what_is_not_there_is_found(text):
    assert missing(text) == [text.strip("`")]
