"""What proceedings may rest on, on a day, and what the law of that day threatens. Strictly of the file beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.lawbook import book
from kalka.lawbook.book import Law, Provision

FILE = Path(__file__).parent / "grounds.yaml"
COURSES = ("administrative", "criminal")
CODES = {"administrative": "code-of-offences", "criminal": "criminal-code"}
ASKS = ("sessions", "bans", "article")
SENTENCES = ("community_work", "arrest", "imprisonment", "corrective_labour")
# In what a sentence is told, by how many of the unit the law speaks in: years of the law are months of the sentence.
TIMES = {"years": 12}


@dataclass(frozen=True, slots=True)
class Ground:
    code: str
    course: str
    names: str  # a parameter of the lawbook; empty: the article is told by whoever writes
    is_article: bool
    threatens: Mapping[str, tuple[str, ...]]
    asks: tuple[str, ...]
    is_violence: bool  # whoever is found guilty on it committed family violence
    title: Mapping[str, str]

    def basis(self, on: date) -> Provision | None:
        return Law(on).get(self.names) if self.names else None

    def stands(self, on: date) -> bool:
        """Whether the law of the day knows it. Where its parameter is unset, nobody can say that it does not."""
        if not self.names:
            return True
        found = self.basis(on)
        return found is not None and found.value is not False

    def limits(self, sentence: str, on: date) -> tuple[int | None, int | None, tuple[Provision, ...]]:
        """Least and most by the law of the day, and the provisions that say so; None where the law is unset."""
        found = [one for key in self.threatens.get(sentence, ()) if (one := Law(on).get(key))]
        least, most = (_end(found, place) for place in (0, -1))
        return least, most, tuple(found)


def _end(found: Sequence[Provision], place: int) -> int | None:
    if not found:
        return None
    one = found[place]
    value = one.value[place] if isinstance(one.value, tuple) else one.value
    return value * TIMES.get(one.unit, 1) if type(value) is int else None


@cache
def grounds() -> Mapping[str, Ground]:
    body = Fields(datafile.read(FILE), FILE.name)
    return {code: _ground(code, Fields(body.raw(code), code)) for code in body.names()}


def _ground(code: str, row: Fields) -> Ground:
    threatens = Fields(row.raw("threatens"), code) if "threatens" in row else None
    found = Ground(
        code=code,
        course=row.one_of("course", COURSES),
        names=row.maybe("names", str) or "",
        is_article=bool(row.maybe("article", bool)),
        threatens={name: threatens.strings(name) for name in threatens.names()} if threatens else {},
        asks=row.strings("asks") if "asks" in row else (),
        is_violence=bool(row.maybe("violence", bool)),
        title=row.words("title"),
    )
    row.close()
    keys = {found.names, *(key for several in found.threatens.values() for key in several)} - {""}
    if keys - set(book.keys()) or set(found.threatens) - set(SENTENCES) or set(found.asks) - set(ASKS):
        refuse(code, "names something that is not there")
    if bool(found.names) == ("article" in found.asks):
        refuse(code, "either a parameter of the lawbook, or the article is asked for")
    return found


def title(code: str) -> str:
    """In the language of the page."""
    return grounds()[code].title[(get_language() or "ky")[:2]]


def standing(on: date) -> list[tuple[str, str]]:
    """Those that stand on a day, with their words."""
    return [(code, title(code)) for code, one in grounds().items() if one.stands(on)]
