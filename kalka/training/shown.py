"""Values of this module in the words of the page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kalka.lawbook import codes as law
from kalka.places import selectors as places
from kalka.training import labels, reckoning
from kalka.training.selectors import CourseLine, CoursePage, EntryLine, Totals
from kalka.ui import writing
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Row:
    """A course in a list."""

    line: CourseLine
    name: str
    place: str
    when: str
    number: str


def lang() -> str:
    return (get_language() or "ky")[:2]


def row(line: CourseLine) -> Row:
    return Row(
        line, line.programme.name(lang()), places.name(line.place), when(line), writing.bounded(line.number, line.bound)
    )


def when(line: CourseLine) -> str:
    return days(line.on, line.last)


def days(first: date, last: date) -> str:
    """The day, or the first and the last, with the year."""
    return writing.day(first) if first == last else f"{writing.day(first)} – {writing.day(last)}"


def entry(one: EntryLine) -> tuple[StrOrPromise, str, str]:
    """Who, what else is known of them, and how many."""
    more = [
        str(said[code])
        for said, code in (
            (labels.SEXES, one.sex),
            (labels.SECTORS, one.sector),
            (labels.POSITIONS, one.position),
            (labels.BANDS, one.band),
        )
        if code != "unknown"
    ]
    return labels.KINDS[one.kind], ", ".join(more), writing.bounded(one.number, one.bound)


def about(page: CoursePage) -> list[tuple[StrOrPromise, str]]:
    """What stands on top of the page of a course, as pairs; what nobody said is left out."""
    line = page.line
    pairs = (
        (_("When"), when(line)),
        (_("Where"), places.full_name(line.place)),
        (_("Region"), str(labels.REGIONS[line.region])),
        (_("Partners"), ", ".join(page.partners)),
        (_("Project"), line.programme.project),
        (_("Which disabilities it was about"), _said(labels.DISABILITIES, page.disabilities)),
        (_("What the place had"), _said(labels.ACCESS, page.access)),
    )
    return [(name, words) for name, words in pairs if words]


def means(page: CoursePage) -> list[tuple[StrOrPromise, str, int]]:
    """The mean of the results before and after in per cent, and of how many."""
    parts = ((_("Before"), page.before), (_("After"), page.after))
    return [(name, writing.per_cent(reckoning.mean(part) or 0), len(part)) for name, part in parts if part]


def totals(found: Totals) -> list[tuple[StrOrPromise, str]]:
    """How many took part in all, by region, by length and by kind."""
    number, bound = found.whole
    people = [(_("People, as far as they are known again"), (number - found.again, bound))] if found.again else []
    rows: list[tuple[StrOrPromise, tuple[int, str]]] = [
        (_("In all"), found.whole),
        *people,
        *((labels.REGIONS[code], found.region[code]) for code in labels.REGIONS if code in found.region),
        *((_long(days), found.days[days]) for days in sorted(found.days, key=int)),
        *((labels.KINDS[code], found.kind[code]) for code in labels.KINDS if code in found.kind),
    ]
    return [(words, writing.bounded(*counted)) for words, counted in rows if number]


def _long(days: str) -> str:
    return ngettext("A course of {n} day", "A course of {n} days", int(days)).format(n=days)


def responsible(code: str, page: CoursePage) -> str:
    titles = {one.code: one.title for one in law.subjects_on(page.line.on)}
    return titles[code].get(lang(), code) if code in titles else code


def _said(words: labels.Labels, chosen: tuple[str, ...]) -> str:
    return ", ".join(str(words[one]) for one in chosen)
