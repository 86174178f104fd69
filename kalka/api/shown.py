"""What several resources show alike."""

from django.utils.translation import get_language

from kalka.api.schemas import Basis, Level
from kalka.duties.lines import Basis as Why
from kalka.duties.rules import read_level
from kalka.lawbook.book import Provision


def lang() -> str:
    return (get_language() or "ky")[:2]


def basis(why: Why) -> Basis:
    if why.provision is not None:
        return of_law(why.provision)
    return Basis(internal=True, key=None, act=None, article=None, citation=why.cite)


def of_law(found: Provision) -> Basis:
    return Basis(internal=False, key=found.key, act=found.act, article=found.article, citation=found.cite(lang()))


def level(position: str) -> Level | None:
    found = read_level(position)
    return Level(position=found.position, of=found.count) if found else None
