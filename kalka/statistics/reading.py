"""The rows behind a page: those of the newest release, in one statement each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.errors import DomainError
from kalka.lawbook import book
from kalka.lawbook.book import Provision
from kalka.places import facts as places
from kalka.statistics.dimensions import DIMENSIONS, PLACE
from kalka.statistics.indicators import Words, get
from kalka.statistics.models import Published, Release, Sheet
from kalka.statistics.rules import TOTAL, Figure, Period, ReleaseState, State
from kalka.ui import writing

Cell = tuple[str, str, str, str]  # period, place, by, code


def lang() -> str:
    return (get_language() or "ky")[:2]


def said(words: Words) -> str:
    return words[lang()]


def newest() -> Release:
    """Refuses with `statistics.no_release` before the first one."""
    found = Release.objects.filter(state=ReleaseState.PUBLISHED).order_by("-published_at", "-code").first()
    if found is None:
        raise DomainError("statistics.no_release")
    return found


def of_release(release: Release, **which: object) -> QuerySet[Published]:
    """Its figures: also those an earlier release made and this one keeps."""
    sheets = Sheet.objects.filter(release=release, indicator=OuterRef("indicator"), year=OuterRef("year"))
    return Published.objects.filter(Exists(sheets.filter(source=OuterRef("release"))), **which)


def years(release: Release, indicator: str) -> list[int]:
    rows = Sheet.objects.filter(release=release, indicator=indicator)
    return list(rows.order_by("year").values_list("year", flat=True))


def figure(state: str, n: int | None) -> Figure:
    return Figure(State(state), n)


def cells(rows: QuerySet[Published]) -> dict[Cell, Figure]:
    columns = ("period", "place", "by", "code", "state", "n")
    return {
        (period, place, by, code): figure(state, n) for period, place, by, code, state, n in rows.values_list(*columns)
    }


@dataclass(frozen=True, slots=True)
class Names:
    units: Mapping[str, places.Unit]
    nowhere: str

    def of(self, code: str) -> str:
        """What nobody knows where it lies is called so; the empty code is the country."""
        if code == TOTAL:
            return next((unit.name(lang()) for unit in self.units.values() if unit.level == "country"), "")
        return self.units[code].name(lang()) if code in self.units else self.nowhere


def names(codes: Collection[str], nowhere: str) -> Names:
    return Names(places.named(codes), nowhere)


def by_title(by: str) -> str:
    return _("Territory") if by == PLACE else str(DIMENSIONS[by].title)


def period_title(period: Period) -> str:
    return writing.month(period.first) if period.month else writing.year(period.year)


def marks(indicator: str, *, lang: str) -> tuple[tuple[date, str], ...]:
    """Days on which the law changed what is counted, with its words: «Duration of an order: 30 days»."""
    found = []
    for key in get(indicator).law:
        for provision in book.history(key)[1:]:
            found.append((provision.since, f"{book.title(key, lang)}: {_said(provision, lang)}"))
    return tuple(sorted(found))


def _said(provision: Provision, lang: str) -> str:
    """A value with its unit."""
    if provision.unit != "days" or type(provision.value) is not int:
        return str(provision.value)
    with translation.override(lang):
        return str(writing.tongue().span(provision.value, "day"))
