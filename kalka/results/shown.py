"""Results in words of the page: figures as they are said, and where their records are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.results import indicators as catalogue
from kalka.results import labels, offered
from kalka.results.info import CommitteeLine, Division, Result, Results
from kalka.results.rules import Figure, Part, Quarter, Scope, Span, year_span
from kalka.results.selectors import ReportLine
from kalka.results.selectors.counting import BESIDE
from kalka.ui import writing

FIRST_YEAR = 2020
WIDE = 100
BY_OFFICE, COURSES = ("prevention:list", "library:list"), "training:list"
DIGITS = re.compile(r"\d[\d\s,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a drawing, from `x` on, so wide; both of a hundred."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Split:
    title: str
    parts: tuple[tuple[str, str], ...]  # what it says, and of what
    bars: tuple[Bar, ...]  # of two parts alone


@dataclass(frozen=True, slots=True)
class Shown:
    """`before`, `digits`, `after`: the figure with its bound, «1 000» and «ден ашык» apart, for a large hand."""

    number: str
    before: str
    digits: str
    after: str
    title: str
    unit: str
    stage: str
    how: str
    records: int | None
    url: str  # of the records, for whoever may open that page
    splits: tuple[Split, ...]
    target: str
    hidden: bool
    unset: bool


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    oblast: str
    url: str
    figures: tuple[str, ...]
    told: str  # of the reports of quarters that are over
    silent: bool


def sections(found: Results, actor: Actor) -> list[Section]:
    names: Sequence[str] = () if found.public else offered.names(found.span, found.scope)
    return [
        Section(
            code,
            labels.said(words),
            tuple(_shown(one, found, actor, names) for one in found.results.values() if one.indicator.section == code),
        )
        for code, words in catalogue.sections().items()
    ]


def number(figure: Figure) -> str:
    if figure.unset:
        return _("no term is set")
    return _("hidden") if figure.amount is None else writing.bounded(figure.amount.n, figure.amount.bound)


def lines(found: Results) -> list[Line]:
    return [_line(one, found) for one in found.lines]


def totals(found: Results) -> list[str]:
    return [number(found.results[code].figure) for code in BESIDE]


def complete(found: Results) -> str:
    """How many of the committees wrote anything down."""
    working = [one for one in found.lines if one.working]
    return _("{working} of {all} wrote something down").format(working=len(working), all=len(found.lines))


def open_span(code: str, today: date) -> Span:
    """«2022» or «2021-2022»; else the last year that is over."""
    first, _dash, last = code.partition("-")
    last = last or first
    if not (first.isdigit() and last.isdigit() and FIRST_YEAR <= int(first) <= int(last) <= today.year):
        first = last = str(today.year - 1)
    return Span(date(int(first), 1, 1), date(int(last), 12, 31))


def open_spans(chosen: Span, today: date) -> list[dict[str, object]]:
    years = [str(year) for year in range(today.year, FIRST_YEAR, -1)]
    pairs = [f"{year - 1}-{year}" for year in range(today.year, FIRST_YEAR + 1, -1)]
    return [{"code": code, "label": code, "current": open_span(code, today) == chosen} for code in (*years, *pairs)]


def quarter(one: Quarter) -> str:
    return _("{year}, {months}").format(year=one.year, months=labels.QUARTERS[str(one.number)])


def quarter_choices(quarters: Iterable[tuple[Quarter, bool]]) -> list[tuple[str, str]]:
    said = {True: _("{quarter}: sent"), False: "{quarter}"}
    return [(one.code, said[sent].format(quarter=quarter(one))) for one, sent in quarters]


@dataclass(frozen=True, slots=True)
class Report:
    line: ReportLine
    key: UUID
    quarter: str
    figures: tuple[tuple[str, str], ...]


def reports(found: Sequence[ReportLine]) -> list[Report]:
    made = []
    for one in found:
        told = [
            (labels.said(indicator.title), writing.bounded(one.figures[code].n, one.figures[code].bound))
            for code, indicator in catalogue.indicators().items()
            if code in one.figures
        ]
        made.append(Report(one, new_id(), quarter(one.quarter), tuple(told)))
    return made


def years(found: Results, today: date) -> list[dict[str, object]]:
    """The spans most asked for."""
    spans = [(str(year), year_span(year)) for year in range(today.year, FIRST_YEAR, -1)]
    return [
        {"label": label, "url": address(found, span.first, span.last), "current": span == found.span}
        for label, span in spans
    ]


def address(found: Results, first: date, last: date, scope: str | None = None) -> str:
    code = found.scope.code if scope is None else scope
    given = {"since": first.isoformat(), "until": last.isoformat()} | {"scope": code}
    return f"?{urlencode(given)}"


def files_of(found: Results) -> list[tuple[str, str]]:
    query = address(found, found.span.first, found.span.last)
    return [(kind.upper(), reverse("results:file", args=[kind]) + query) for kind in ("xlsx", "docx", "pdf")]


def period(found: Results) -> str:
    whole = found.span.years
    if len(whole) == 1:
        return writing.year(whole[0])
    if whole:
        return f"{whole[0]}–{writing.year(whole[-1])}"
    return f"{writing.day(found.span.first)} – {writing.day(found.span.last)}"


def _shown(one: Result, found: Results, actor: Actor, names: Sequence[str]) -> Shown:
    indicator, said = one.indicator, number(one.figure)
    found_digits = DIGITS.search(said)
    digits = found_digits[0] if found_digits else ""
    before, _digits, after = said.partition(digits) if digits else ("", "", said)
    return Shown(
        number=said,
        before=before,
        digits=digits,
        after=after,
        title=labels.said(indicator.title),
        unit=labels.said(indicator.unit),
        stage=labels.said(indicator.stage),
        how=labels.said(indicator.how),
        records=one.records,
        url="" if found.public else _records(one, found, actor, names),
        splits=tuple(_split(division) for division in one.divisions if len(division.parts) > 1),
        target=_target(one),
        hidden=one.figure.hidden,
        unset=one.figure.unset,
    )


def _records(one: Result, found: Results, actor: Actor, names: Sequence[str]) -> str:
    """The page that lists them, narrowed as the figure is; for whoever may open it and, of families, all of them."""
    opens = one.indicator.opens
    mine = found.scope == Scope(Part.COMMITTEE, str(actor.organisation_id))
    if not actor.may(opens.may) or (opens.own and not mine) or (one.indicator.families and not one.exact):
        return ""
    given: dict[str, str | Sequence[str]] = {
        "since": found.span.first.isoformat(),
        "until": found.span.last.isoformat(),
        **_within(found, opens.at, names),
    }
    kinds = one.indicator.where.get("kind", ())
    if len(kinds) == 1:
        given["kind"] = kinds[0]
    return f"{reverse(opens.at)}?{urlencode(given, doseq=True)}"


def _within(found: Results, at: str, names: Sequence[str]) -> dict[str, str | Sequence[str]]:
    """What a list is narrowed by. Whoever wrote a record down is of the scope; a course is of its region and of the
    project its programme names."""
    scope = found.scope
    if scope.part is Part.ALL:
        return {}
    if scope.part is Part.COMMITTEE:
        return {"organisation": scope.of}
    if at in BY_OFFICE:
        return {"organisation": ",".join(str(one.organisation) for one in found.lines)}
    project, _colon, region = scope.of.partition(":") if scope.part is not Part.REGION else ("", "", scope.of)
    asked = {"region": region, "project": names if at == COURSES else project}
    return {name: value for name, value in asked.items() if value}


def _told(sent: int, due: int) -> str:
    return _("{sent} of {due}").format(sent=sent, due=due) if due else ""


def _target(one: Result) -> str:
    if not one.target or one.figure.amount is None:
        return ""
    return _("Planned: {target}").format(target=writing.number(one.target))


def _split(division: Division) -> Split:
    amounts = [part.figure.amount.n if part.figure.amount else 0 for part in division.parts]
    bars: list[Bar] = []
    if len(amounts) == 2 and sum(amounts) > 0:
        first = WIDE * amounts[0] / sum(amounts)
        bars = [Bar("0", f"{first:.1f}"), Bar(f"{first + 0.4:.1f}", f"{WIDE - first - 0.4:.1f}")]
    return Split(division.title, tuple((number(part.figure), part.title) for part in division.parts), tuple(bars))


def _line(one: CommitteeLine, found: Results) -> Line:
    return Line(
        name=one.name,
        oblast=one.oblast,
        url=address(found, found.span.first, found.span.last, f"{Part.COMMITTEE}:{one.organisation}"),
        figures=tuple(number(figure) for figure in one.figures.values()),
        told=_told(len(one.sent), len(one.sent) + len(one.missing)),
        silent=not one.working,
    )
