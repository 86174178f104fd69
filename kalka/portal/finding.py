"""Who helps nearby: chosen by links alone, so that no script is needed and nothing is typed.

The address holds numbers: of a territory and of a kind of help. It stays in the browser's history and must not tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from kalka.core import clock
from kalka.guide import selectors as guide
from kalka.guide.rules import said
from kalka.guide.selectors import Offer
from kalka.guide.taxonomy import TAXONOMY
from kalka.places import selectors as places

FIRST, DIALLED = "ky", "+0123456789"
MOST = 20  # shown at once: whoever needs more chooses a nearer place or a kind of help
WIDEST = ("oblast", "republican_city")
DEEPEST = 3  # country, oblast, raion: an aimak is not asked, so few live there


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An offer as the page says it."""

    offer: Offer
    calls: tuple[tuple[str, str], ...]  # as it is written, as it is dialled
    open_now: bool | None
    times: tuple[str, ...]
    serves: str
    languages: str
    cost: str


@dataclass(frozen=True, slots=True)
class Finder:
    above: tuple[Way, ...]  # the chosen place and those it lies in, the widest first
    below: tuple[Way, ...]
    needs: tuple[Way, ...]
    found: tuple[Found, ...]
    more: int
    asked: bool


def finder(place: str, number: str, *, now: datetime) -> Finder:
    """Unknown numbers are as if nothing had been chosen."""
    language = _language()
    chain = places.chain(place) if places.get(place) else []
    need = TAXONOMY.need_of(number)
    here, code = (chain[0] if chain else ""), (need.code if need else "")
    asked = bool(here or need)
    offers = guide.offers(here, code, today=clock.day_of(now)) if asked else []
    below = places.choices(level=WIDEST) if not here else places.children(here) if len(chain) < DEEPEST else []
    return Finder(
        above=tuple(Way(places.name(one), _url(language, one, number)) for one in reversed(chain)),
        below=tuple(Way(label, _url(language, one, number)) for one, label in below),
        needs=tuple(
            Way(said(one.titles, language)[0], _url(language, here, str(one.number)), one is need)
            for one in TAXONOMY.needs.values()
        ),
        found=tuple(_found(one, now) for one in offers[:MOST]),
        more=max(0, len(offers) - MOST),
        asked=asked,
    )


def _found(one: Offer, now: datetime) -> Found:
    language = _language()
    local = now.astimezone(clock.BISHKEK)
    return Found(
        offer=one,
        calls=tuple((number, "".join(sign for sign in number if sign in DIALLED)) for number in one.phones),
        open_now=one.open_at(local),
        times=tuple(f"{_days(hours.days)} {hours.opens}–{hours.closes}" for hours in one.hours),
        serves=", ".join(said(TAXONOMY.serves[code], language)[0] for code in one.serves),
        languages=", ".join(said(TAXONOMY.languages[code], language)[0] for code in one.languages),
        cost=said(TAXONOMY.costs[one.cost], language)[0],
    )


def _days(days: Sequence[int]) -> str:
    """Days that follow each other are said by the first and the last."""
    names = {"ky": "дш шш шр бш жм иш жк", "ru": "пн вт ср чт пт сб вс", "en": "Mon Tue Wed Thu Fri Sat Sun"}
    short = names[_language()].split()
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{short[ordered[0] - 1]}–{short[ordered[-1] - 1]}"
    return ", ".join(short[day - 1] for day in ordered)


def _url(language: str, place: str, number: str) -> str:
    base = reverse("portal:find") if language == FIRST else reverse("portal:find_in", args=[language])
    asked = {name: value for name, value in (("p", place), ("n", number)) if value}
    return f"{base}?{urlencode(asked)}" if asked else base


def _language() -> str:
    return (get_language() or FIRST)[:2]
