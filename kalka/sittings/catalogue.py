"""The topics and measures, read strictly from data: what is not on the list is not in minutes about a family."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.sittings.rules import Kind, Sort

FILE = Path(__file__).parent / "measures.yaml"
OTHER = "other"  # takes words of one's own
BEFORE = "before"  # what became of earlier decisions
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    code: str
    kinds: tuple[str, ...]
    titles: Words


@dataclass(frozen=True, slots=True)
class Measure:
    code: str
    sort: Sort
    titles: Words
    need: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    cases: Mapping[str, Words]
    topics: Mapping[str, Topic]
    measures: Mapping[str, Measure]
    own: Mapping[str, Words]

    def topics_of(self, kind: str) -> tuple[str, ...]:
        return tuple(code for code, topic in self.topics.items() if kind in topic.kinds)

    def sorts(self, *, about_case: bool) -> Mapping[str, Sort]:
        if about_case:
            return {code: one.sort for code, one in self.measures.items()}
        return dict.fromkeys(self.own, Sort.TASK)


@cache
def catalogue() -> Catalogue:
    return parse(FILE.read_text("utf-8"))


def topic(code: str, *, of_case: bool) -> str:
    known = catalogue()
    return _said(known.cases[code] if of_case else known.topics[code].titles)


def measure(code: str, *, of_case: bool) -> str:
    known = catalogue()
    return _said(known.measures[code].titles if of_case else known.own[code])


def parse(text: str) -> Catalogue:
    """Refuses with `datafile.refused` a referral without a need, and aid or an action that does not say of what."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    cases, own = _words(body, "cases"), _words(body, "own")
    topics = {code: _topic(code, raw) for code, raw in _entries(body, "topics")}
    measures = {code: _measure(code, raw) for code, raw in _entries(body, "measures")}
    body.close()
    return Catalogue(cases, topics, measures, own)


def _words(body: Fields, key: str) -> dict[str, Words]:
    inner = Fields(body.raw(key), f"{FILE.name}: {key}")
    return {code: inner.words(code) for code in inner.names()}


def _entries(body: Fields, key: str) -> list[tuple[str, Fields]]:
    inner = Fields(body.raw(key), f"{FILE.name}: {key}")
    return [(code, Fields(inner.raw(code), f"{FILE.name}: {code}")) for code in inner.names()]


def _topic(code: str, raw: Fields) -> Topic:
    made = Topic(code, tuple(raw.strings("kinds")), raw.words("title"))
    raw.close()
    if not set(made.kinds) <= set(Kind):
        refuse(FILE.name, f"{code}: an unknown kind of sitting")
    return made


def _measure(code: str, raw: Fields) -> Measure:
    sort = Sort(raw.one_of("sort", list(Sort)))
    need = raw.take("need", str) if sort is Sort.REFERRAL else ""
    help = raw.take("help", str) if sort in (Sort.AID, Sort.ACTION) else ""
    made = Measure(code, sort, raw.words("title"), need, help)
    raw.close()
    return made


def _said(words: Words) -> str:
    return words.get((get_language() or "ky")[:2]) or words["ky"]
