"""Requests for single lines, and the lines themselves once a second person has agreed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _

from kalka.access import selectors as access
from kalka.accounts import selectors as accounts
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.statistics import indicators, reading
from kalka.statistics.dimensions import DIMENSIONS, label
from kalka.statistics.exports import BLURRED, KNOWN_OUTSIDE, Line, Safe, open_until, safe
from kalka.statistics.indicators import Indicator
from kalka.statistics.models import Export, ExportDecision, Fact
from kalka.statistics.reading import period_title, said
from kalka.statistics.rules import TOTAL, read_period
from kalka.vault.classes import Klass

FORM = "form"
YEAR_ALONE = '"precision":"year"'  # in the codes of a line whose month is not known


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who asked or decided: the name they sign in with, and their post."""

    login: str
    post: str


@dataclass(frozen=True, slots=True)
class ExportLine:
    """`approved` is None while nobody has decided; `until` once it was approved."""

    id: UUID
    title: str
    period: str
    place: str
    cap: int
    asked_at: datetime
    own: bool
    approved: bool | None
    until: datetime | None

    def open(self, now: datetime) -> bool:
        return self.own and self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class ExportPage:
    line: ExportLine
    asker: Somebody
    decider: Somebody | None
    purpose: str = field(repr=False)
    reason: str = field(repr=False)
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Download:
    """`name` of the file: codes alone. `rows` as they are given out.

    How many lines were left out is not said: beside the published table it would tell a figure that is hidden there."""

    name: str
    headings: tuple[str, ...]
    found: Safe
    indicator: Indicator
    columns: tuple[str, ...]
    release: str

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        names = reading.names({one.place for one, _told in self.found.lines}, _("Place not known"))
        lang, outside = reading.lang(), [name for name in self.columns if name in KNOWN_OUTSIDE]
        told = [name for name in self.columns if name not in KNOWN_OUTSIDE]
        for one, values in self.found.lines:
            yield (
                one.period,
                one.place,
                names.of(one.place),
                *(_word(name, code, lang) for name, code in zip(outside, one.known, strict=True)),
                *(_word(name, code, lang) for name, code in zip(told, values, strict=True)),
                self.release,
            )


def get_export(actor: Actor, export_id: UUID, *, now: datetime) -> Export:
    found = access.visible(actor, Export.objects.filter(pk=export_id), now=now).first()
    if found is None:
        raise AccessDenied("statistics.unknown_export")
    return found


def exports(actor: Actor, *, now: datetime) -> tuple[ExportLine, ...]:
    """Those asked for or to be decided from the actor's post, the newest first."""
    rows = access.visible(actor, Export.objects.select_related("decision"), now=now).order_by("-recorded_at", "id")
    return tuple(_line(actor, row) for row in rows[:100])


def export_page(actor: Actor, export_id: UUID, *, now: datetime) -> ExportPage:
    export = get_export(actor, export_id, now=now)
    keys = access.unlock(actor, [export.subject_id], what="statistics.export_page", now=now, klasses=[Klass.NARRATIVE])
    decision = _decision(export)
    posts = {post for post in (export.post_id, decision.post_id if decision else None) if post}
    titles = {id: post.label() for id, post in directory.posts(posts).items()}
    line = _line(actor, export)
    return ExportPage(
        line=line,
        asker=_somebody(export, titles),
        decider=_somebody(decision, titles) if decision else None,
        purpose=keys.get(export, "purpose") or "",
        reason=(keys.get(decision, "reason") or "") if decision else "",
        may_decide=decision is None and not line.own and actor.may(Permission.EXPORT_APPROVE),
    )


def download(actor: Actor, export_id: UUID, *, now: datetime) -> Download:
    """The lines, once approved, for whoever asked and for seven days; each time in the record before the first line.

    Refuses `statistics.not_the_asker`, `not_approved`, `export_closed`, `newer_release`, `more_than_cap`.
    """
    export = get_export(actor, export_id, now=now)
    decision = _decision(export)
    if export.author_id != actor.user_id:
        raise DomainError("statistics.not_the_asker")
    if decision is None or not decision.approved:
        raise DomainError("statistics.not_approved")
    if now >= open_until(decision.recorded_at):
        raise DomainError("statistics.export_closed")
    if reading.newest().code != decision.release:
        raise DomainError("statistics.newer_release")
    one = indicators.get(export.indicator)
    lines = _lines(export, one)
    if len(lines) > export.cap:
        raise DomainError("statistics.more_than_cap", most=export.cap)
    outside = tuple(name for name in one.by if name in KNOWN_OUTSIDE)
    found = safe(lines, outside, by_form=FORM in one.by)
    audit.read(actor, "statistics.export_file", [export.subject_id])
    columns = (*outside, *(name for name in one.by if name not in KNOWN_OUTSIDE))
    name = "-".join(part for part in ("lines", export.indicator, export.period, export.place, decision.release) if part)
    return Download(name, _headings(columns), found, one, columns, decision.release)


def _lines(export: Export, one: Indicator) -> list[Line]:
    period = read_period(export.period)
    rows = Fact.objects.filter(release=reading.newest(), kind=one.of, on__gte=period.first, on__lt=period.after)
    if export.place != TOTAL:
        rows = rows.filter(oblast=export.place)
    columns = ("who", "on", "raion", "oblast", "agency", "codes")
    read, found = _reader(one), []
    for who, on, raion, oblast, agency, codes in rows.values_list(*columns).iterator(chunk_size=5_000):
        told = read(codes, agency)
        if told is not None:
            month = str(on.year) if YEAR_ALONE in codes else f"{on.year}-{on.month:02d}"
            found.append(Line(who, month, raion, oblast, *told))
    return found


def _reader(one: Indicator) -> Callable[[str, str], tuple[tuple[str, ...], tuple[str, ...], str] | None]:
    """Of the codes of a line what is known outside, what is told, and its forms; None where it is not counted.
    Lines repeat their codes very often."""
    dimensions = [(name in KNOWN_OUTSIDE, name, DIMENSIONS[name]) for name in one.by]

    @cache
    def read(codes: str, agency: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
        said = {**json.loads(codes), "agency": agency}
        if not one.counts(said):
            return None
        values = [(outside, name, " ".join(sorted(each.of(said)))) for outside, name, each in dimensions]
        forms = next((value for _outside, name, value in values if name == FORM), "")
        known = tuple(value for outside, _name, value in values if outside)
        return known, tuple(value for outside, _name, value in values if not outside), forms

    return read


def _headings(columns: tuple[str, ...]) -> tuple[str, ...]:
    return (
        _("Period"),
        _("Code of the territory"),
        _("Territory"),
        *(str(DIMENSIONS[name].title) for name in columns),
        _("Release"),
    )


def _word(dimension: str, codes: str, lang: str) -> str:
    """Of one code or several; a wider band of age stays as it is."""
    if codes == BLURRED:
        return BLURRED
    return "; ".join(label(dimension, code, lang) for code in codes.split(" "))


def _line(actor: Actor, export: Export) -> ExportLine:
    one, decision = indicators.get(export.indicator), _decision(export)
    names = reading.names([export.place], _("Place not known"))
    return ExportLine(
        id=export.pk,
        title=said(one.title),
        period=period_title(read_period(export.period)),
        place=names.of(export.place),
        cap=export.cap,
        asked_at=export.recorded_at,
        own=export.author_id == actor.user_id,
        approved=decision.approved if decision else None,
        until=open_until(decision.recorded_at) if decision and decision.approved else None,
    )


def _decision(export: Export) -> ExportDecision | None:
    return getattr(export, "decision", None)


def _somebody(row: Export | ExportDecision, posts: dict[int, str]) -> Somebody:
    return Somebody(accounts.login_of(row.author_id) or "", posts.get(row.post_id or 0, ""))
