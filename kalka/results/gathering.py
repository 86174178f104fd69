"""The facts of the modules as lines of one shape. Nothing else is read: no rows, no names, no files."""

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from kalka.committees import facts as committees
from kalka.core.extract import Extract
from kalka.core.sight import beyond
from kalka.directory.roles import CATEGORIES
from kalka.library import facts as library
from kalka.places import selectors as places
from kalka.prevention import facts as prevention
from kalka.results.families import of_families
from kalka.results.rules import Amount, Body, Line, Scope, Span
from kalka.sittings import facts as sittings
from kalka.training import facts as training


@dataclass(frozen=True, slots=True)
class Found:
    """Every committee there is, and the lines of a span."""

    bodies: tuple[Body, ...]
    lines: tuple[Line, ...]

    def within(self, scope: Scope) -> "Found":
        bodies = tuple(body for body in self.bodies if scope.holds(body))
        inside = frozenset(body.organisation for body in bodies)
        return Found(bodies, tuple(line for line in self.lines if _belongs(line, scope, inside)))


def gathered(
    span: Span,
    *,
    projects: Mapping[str, str],
    now: datetime,
    subjects: Collection[UUID] | None = None,
    settled: datetime | None = None,
) -> Found:
    """`subjects`: lines about families of these files alone. `projects`: their ids by each of their names.
    `settled`: of families only what had been written down before this moment."""
    extract = Extract(
        before=now + timedelta(microseconds=1),  # what was written down this moment too
        until=span.after,
        salt=secrets.token_bytes(32),
        subjects=None if subjects is None else frozenset(subjects),
    )
    with beyond():  # numbers alone go on, and few families are taken out of them
        known = committees.committees(on=span.last)
        bodies = tuple(Body(one.organisation, one.place, one.region, one.project) for one in known)
        whole = replace(extract, subjects=None)
        lines = [
            *_standing(span),
            *_events(whole, bodies),
            *_participants(whole, bodies, projects),
            *_sittings(whole),
            *_handed(whole, bodies),
            *of_families(replace(extract, before=settled) if settled else extract),
        ]
    return Found(bodies, tuple(line for line in lines if line.on in span))


def _standing(span: Span) -> Iterator[Line]:
    """As they stand on the last day: each is a line of that day."""
    for one in committees.committees(on=span.last):
        if one.on <= span.last and (one.until is None or one.until >= span.first):
            yield Line(
                "committee", span.last, one.place, one.organisation, {"approved": "yes" if one.approved else "no"}
            )
    for seat in committees.members(on=span.last):
        group = CATEGORIES[seat.category].group if seat.category in CATEGORIES else ""
        codes = {"category": seat.category, "group": group, "office": seat.office}
        yield Line("member", span.last, seat.place, seat.organisation, codes)


def _events(extract: Extract, bodies: Collection[Body]) -> Iterator[Line]:
    ours = {body.organisation for body in bodies}
    for one in prevention.events(extract):
        if one.organisation not in ours:
            continue
        amounts = {"times": Amount(one.times, one.times_bound), "consultations": Amount(one.consultations)}
        if one.people is not None:
            amounts["people"] = Amount(one.people, one.people_bound)
        codes = {"kind": one.kind, "international": "yes" if one.international else "no"}
        yield Line("event", one.on, one.place, one.organisation, codes, amounts)


def _participants(extract: Extract, bodies: Collection[Body], projects: Mapping[str, str]) -> Iterator[Line]:
    """Of a course: it belongs to the committee of its place where the place has one, and to its region."""
    at = {body.place: body.organisation for body in bodies}
    for one in training.participants(extract):
        codes = {
            "series": one.series,
            "region": one.region,
            "days": str(one.days),
            "meeting": "yes" if one.meeting else "no",
            "kind": one.kind,
            "sex": one.sex,
            "project": projects.get(one.project, ""),
        }
        amounts = {"people": Amount(one.number, one.bound)}
        yield Line("participant", one.on, one.place, at.get(places.aimak_of(one.place)), codes, amounts, one.who)


def _handed(extract: Extract, bodies: Collection[Body]) -> Iterator[Line]:
    """Where it was handed out: to the committee of the place, whoever brought it."""
    at = {body.place: body.organisation for body in bodies}
    for one in library.handings(extract):
        committee = at.get(places.aimak_of(one.place))
        yield Line("handing", one.on, one.place, committee, {"kind": one.kind}, {"copies": Amount(one.copies)})


def _sittings(extract: Extract) -> Iterator[Line]:
    for batch in sittings.sittings(extract):
        for one in batch.rows:
            yield Line("sitting", one.on, one.place, one.organisation, {"kind": one.kind, "state": one.state})


def _belongs(line: Line, scope: Scope, inside: frozenset[int]) -> bool:
    if line.of != "participant" or scope.part == "committee":
        return line.organisation in inside or scope.part == "all"
    if scope.part == "all":
        return True
    region = line.codes["region"]
    if scope.part == "region":
        return region == scope.of
    project, _, part = scope.of.partition(":")
    return line.codes["project"] == project and part in ("", region)
