"""Events as pages print them."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kalka.prevention import labels
from kalka.prevention.rules import Kind
from kalka.prevention.selectors import Asked, EventLine, EventPage
from kalka.ui import between, offices, writing
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Shown:
    line: EventLine
    kind: StrOrPromise
    times: str  # empty for one that is just itself
    people: str


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: str
    current: bool
    count: int | None = None


def shown(line: EventLine) -> Shown:
    plain = line.times == 1 and not line.times_bound
    return Shown(line, labels.KINDS[line.kind], "" if plain else times(line), people(line))


def times(line: EventLine) -> str:
    what = labels.TIMES.get(line.kind, labels.TIMES_OF_OTHERS)
    return f"{what}: {writing.bounded(line.times, line.times_bound)}"


def people(line: EventLine) -> str:
    if line.small:
        return _("fewer than 5")
    return _("not counted") if line.people is None else writing.bounded(line.people, line.people_bound)


def parts(page: EventPage) -> list[tuple[str, str]]:
    """Of the people, then of the consultations: what, and how many."""
    few = _("fewer than 5")
    reach = [
        (f"{labels.SEXES[one.codes[0]]}, {labels.BANDS[one.codes[1]]}", few if one.count is None else str(one.count))
        for one in page.reach
    ]
    topics = [(str(labels.TOPICS[one.codes[0]]), few if one.count is None else str(one.count)) for one in page.topics]
    return [*reach, *topics]


def asked(given: dict[str, str]) -> Asked:
    """What an address asks for. What cannot be read is not asked."""
    days, page = between.asked(given), given.get("page", "")
    kind = given.get("kind", "")
    return Asked(
        kind=kind if kind in list(Kind) else "",
        since=days.since,
        until=days.until,
        place=given.get("place", "")[:20],
        organisations=offices.asked(given.get("organisation", "")),
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
    )


def years(here: str, given: dict[str, str], today: date) -> list[Tab]:
    """This year, the three before, and all. Whatever else was asked for stays asked."""
    chosen = given.get("year", "")
    told = [str(today.year - back) for back in range(4)]
    return [Tab(address(here, given, year=year), writing.year(int(year)), year == chosen) for year in told] + [
        Tab(address(here, given, year=""), _("All years"), chosen not in told)
    ]


def address(here: str, given: dict[str, str], **changed: str) -> str:
    said = {key: value for key, value in ({**given, "page": ""} | changed).items() if value}
    return f"{here}?{urlencode(said)}" if said else here
