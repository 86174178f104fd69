"""The reports two grounds ask for: evasion of the programme, and refusal of bans under electronic monitoring.

They go to the court, and he may read them: nothing of the person who is protected is opened for them, and there is no
field for it. What happened is printed as the officer wrote it, who was told so beside the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.orders import selectors as orders
from kalka.orders.numbers import number_of
from kalka.papers import printing
from kalka.papers.printing import Value
from kalka.people import selectors as people
from kalka.proceedings import grounds, labels, selectors
from kalka.proceedings.lines import ProceedingLine
from kalka.proceedings.numbers import numbers_of
from kalka.ui import writing
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

PACKS: Mapping[str, str] = {"evasion_of_programme": "evasion", "refusal_of_bans": "refusal_of_bans"}


@dataclass(frozen=True, slots=True)
class Report:
    """All that is ever printed: the allow-list."""

    number: str
    person: str = field(repr=False)
    on: str
    ground: str
    basis: str
    threatens: tuple[str, ...]
    order: str
    facts: tuple[str, ...]
    told: str = field(repr=False)
    post: str
    printed: str


def report(actor: Actor, ref: str, proceeding_id: UUID, *, lang: str, now: datetime) -> bytes:
    """A draft while the official form is unknown. Leaves the read entry `proceedings.report`.

    AccessDenied for proceedings on a ground that has no report of its own.
    """
    row = selectors.get_proceeding(actor, ref, proceeding_id, now=now)
    if row.ground not in PACKS:
        raise AccessDenied("proceedings.unknown")
    keys = access.unlock(
        actor, [row.subject_id], what="proceedings.report", now=now, klasses=[Klass.IDENTITY, Klass.NARRATIVE]
    )
    names = {one.id: one.name for one in people.persons(actor, row.subject_id, keys)}
    with translation.override(lang):
        line = selectors.proceeding_line(actor, ref, proceeding_id, now=now)
        told = Report(
            number="; ".join(number for _register, number in numbers_of([row.pk], keys).get(row.pk, [])),
            person=names.get(row.person_id, ""),
            on=writing.day(line.on),
            ground=line.title,
            basis=line.cite,
            threatens=threatens(line),
            order=_order(actor, line, keys, now),
            facts=_facts(line),
            told=str(keys.get(row, "told") or ""),
            post=_post(actor, lang),
            printed=f"{writing.day(now)}, {writing.clock_time(now)}",
        )
        return printing.render(PACKS[row.ground], lang, _data(told), now=now)


def threatens(line: ProceedingLine) -> tuple[str, ...]:
    """What the law of the day it began threatens, or that it is not established."""
    ground = grounds.grounds()[line.ground]
    found = []
    for sentence in ground.threatens:
        least, most, _provisions = ground.limits(sentence, line.on)
        words = str(labels.SENTENCES[sentence])
        if most is None:
            found.append(_("%(sentence)s: not established in law") % {"sentence": words})
        elif least in (None, most):
            found.append(f"{words}: {amount(sentence, most)}")
        else:
            found.append(f"{words}: {least}–{amount(sentence, most)}")
    return tuple(found)


def amount(sentence: str, number: int | None) -> str:
    """In the unit of the sentence. Days of arrest are full days and nights."""
    if not number:
        return ""
    told = {"n": number}
    if sentence == "community_work":
        return ngettext("%(n)s hour", "%(n)s hours", number) % told
    if sentence == "arrest":
        return ngettext("%(n)s full day and night", "%(n)s full days and nights", number) % told
    return ngettext("%(n)s month", "%(n)s months", number) % told


def _facts(line: ProceedingLine) -> tuple[str, ...]:
    found = list(line.conditions)
    if line.sessions:
        missed, of = line.sessions
        found.append(
            _("Sessions missed without a reason: %(missed)s of %(of)s") % {"missed": str(missed), "of": str(of)}
        )
    if line.warned_on:
        found.append(_("Warned on %(day)s") % {"day": writing.day(line.warned_on)})
    return tuple(found)


def _order(actor: Actor, line: ProceedingLine, keys: Keys, now: datetime) -> str:
    """Its number, once it has one, and its days."""
    if line.order_id is None:
        return ""
    order = orders.get_order(actor, line.ref, line.order_id, now=now)
    return f"{number_of(order, keys)} · {writing.day(order.starts)} – {writing.day(order.until or order.ends)}".strip(
        " ·"
    )


def _post(actor: Actor, lang: str) -> str:
    post = directory.post(actor.post_id) if actor.post_id else None
    return f"{post.label(lang)} · {post.organisation_name(lang)}" if post else ""


def _data(told: Report) -> dict[str, Value]:
    """At the foot stands the number of the register, or the day: the code of the case is nothing he needs."""
    return {
        "code": told.number or told.on,
        "number": told.number or "____________________",
        "person": told.person,
        "on": told.on,
        "ground": told.ground,
        "basis": told.basis,
        "threatens": told.threatens,
        "order": told.order,
        "facts": told.facts,
        "told": told.told,
        "post": told.post,
        "printed": told.printed,
    }
