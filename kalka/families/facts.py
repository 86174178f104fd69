"""What may be counted of families at risk: days, the aimak, the committee, codes. `who` stands for the file.

`organisation` is for the committee's own figures: no line of a release carries it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from kalka.core.extract import Batch, Extract, pages
from kalka.families import practice, rules
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd, Work
from kalka.families.rules import Met
from kalka.people.facts import pseudonym


@dataclass(frozen=True, slots=True)
class FamilyFact:
    """By the day it was noted. `state`: where the work with it stood on the last day asked about, `continuing` being
    the indicator of continuing work; `unset` while no institution set the term. `silent`: days since somebody spoke
    with it, so that it can be reckoned for any term."""

    on: date
    place: str
    organisation: int
    how: str
    setting: str
    signs: tuple[str, ...]
    crossed: bool
    state: str
    silent: int
    who: str


@dataclass(frozen=True, slots=True)
class FamilyStep:
    """Something that was done with a family on a day: `what` is contact, work, crossing or end; `code` which.

    `in_time`: whether a contact came by the day agreed on; None where none was. `asked`: others do it.
    """

    on: date
    place: str
    organisation: int
    what: str
    code: str
    in_time: bool | None
    asked: bool
    who: str


def families(extract: Extract) -> Iterator[Batch[FamilyFact]]:
    last = extract.until - timedelta(days=1)
    term = practice.contact_within_days(last)
    rows = FamilyAtRisk.objects.filter(noted_on__lt=extract.until)
    columns = ("noted_on", "place", "organisation_id", "how", "setting", "signs", "subject_id")
    for page in pages(rows, extract, *columns):
        spoke, ended, crossed = _after({row[0] for row in page}, extract)
        yield Batch(
            str(page[-1][0]),
            tuple(
                FamilyFact(
                    on=on,
                    place=place,
                    organisation=organisation,
                    how=how,
                    setting=setting,
                    signs=tuple(signs.split(",")),
                    crossed=pk in crossed,
                    state=str(rules.state(noted=on, spoke=spoke.get(pk), ended=ended.get(pk), on=last, term=term)),
                    silent=(last - max(on, spoke.get(pk, on))).days,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, on, place, organisation, how, setting, signs, subject in page
            ),
        )


def files(extract: Extract) -> frozenset[UUID]:
    """The subjects of the registers, by which results narrow what they ask of other modules. They leave to nobody."""
    rows = FamilyAtRisk.objects.filter(noted_on__lt=extract.until, recorded_at__lt=extract.before)
    if extract.subjects is not None:
        rows = rows.filter(subject_id__in=extract.subjects)
    return frozenset(rows.values_list("subject_id", flat=True))


def contacts(extract: Extract) -> Iterator[Batch[FamilyStep]]:
    rows = FamilyContact.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "family_id", "met", "promised", "subject_id"):
        steps = [
            (pk, on, family, met, rules.in_time(on, promised=promised), False, subject)
            for pk, on, family, met, promised, subject in page
        ]
        yield _steps("contact", steps, extract)


def works(extract: Extract) -> Iterator[Batch[FamilyStep]]:
    rows = Work.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "family_id", "kind", "asked", "subject_id"):
        steps = [(pk, on, family, kind, None, asked, subject) for pk, on, family, kind, asked, subject in page]
        yield _steps("work", steps, extract)


def crossings(extract: Extract) -> Iterator[Batch[FamilyStep]]:
    rows = Crossing.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "family_id", "subject_id"):
        steps = [(pk, on, family, "violence", None, True, subject) for pk, on, family, subject in page]
        yield _steps("crossing", steps, extract)


def ends(extract: Extract) -> Iterator[Batch[FamilyStep]]:
    rows = FamilyEnd.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "family_id", "how", "subject_id"):
        steps = [(pk, on, family, how, None, False, subject) for pk, on, family, how, subject in page]
        yield _steps("end", steps, extract)


def _after(ids: Collection[UUID], extract: Extract) -> tuple[dict[UUID, date], dict[UUID, date], frozenset[UUID]]:
    """When somebody last spoke with each, when work ended, and of which violence was told; by the last day."""
    known: dict[str, Any] = {"family__in": ids, "recorded_at__lt": extract.before, "on__lt": extract.until}
    spoken = FamilyContact.objects.filter(met=Met.SPOKE, **known).values_list("family").annotate(Max("on"))
    ended = FamilyEnd.objects.filter(**known).values_list("family", "on")
    crossed = Crossing.objects.filter(**known).values_list("family", flat=True)
    return dict(spoken), dict(ended), frozenset(crossed)


def _steps(what: str, rows: list[tuple[Any, ...]], extract: Extract) -> Batch[FamilyStep]:
    """Rows of key, day, family, code, in time, asked, subject."""
    families = FamilyAtRisk.objects.filter(pk__in={row[2] for row in rows})
    known = {pk: (place, owner) for pk, place, owner in families.values_list("pk", "place", "organisation_id")}
    return Batch(
        str(rows[-1][0]),
        tuple(
            FamilyStep(
                on=on,
                place=known[family][0],
                organisation=known[family][1],
                what=what,
                code=code,
                in_time=in_time,
                asked=asked,
                who=pseudonym(subject, extract.salt),
            )
            for _key, on, family, code, in_time, asked, subject in rows
        ),
    )
