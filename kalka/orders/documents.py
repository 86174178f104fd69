"""The papers of an order: the sheet of the file, and what the respondent may hold in the hand.

None is the order: Kalka does not issue one. Who reported stands on no paper.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from kalka.access import selectors as access
from kalka.cases.labels import BANDS, SEXES
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.orders import conditions, labels, selectors
from kalka.orders.numbers import number_of
from kalka.orders.selectors import OrderLine
from kalka.orders.selectors.page import OrderPage
from kalka.papers import printing
from kalka.papers.printing import Value
from kalka.people import selectors as people
from kalka.ui import writing
from kalka.vault.classes import Klass

Printed = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class RespondentCopy:
    """All that the person the order is against is ever given on paper: the allow-list.

    There is no field for free text, for a place, or for anybody but that person; `conditions` come from the coded list.
    """

    number: str
    authority: str
    respondent: str = field(repr=False)
    issued: str
    starts: str
    ends: str
    basis: str
    conditions: tuple[str, ...]


def sheet(actor: Actor, ref: str, order_id: UUID, *, lang: str, now: datetime) -> bytes:
    """For the file. People by sex and age alone; the case by its code. Leaves the read entry `orders.page`."""
    page = selectors.order_page(actor, ref, order_id, now=now)
    with translation.override(lang):
        return printing.render("order", lang, _of_the_file(page, lang, now), now=now)


def respondent_copy(actor: Actor, ref: str, order_id: UUID, *, lang: str, now: datetime) -> bytes:
    """For the respondent. Only the keys of names and numbers are opened: what is told and where somebody lives stays
    shut, so that it cannot be printed. Refuses with `orders.no_number_no_paper` while the order is pending.
    """
    with translation.override(lang):
        copy = _copy(actor, ref, order_id, now)
        return printing.render("order_respondent", lang, _data(copy), now=now)


def service(actor: Actor, ref: str, order_id: UUID, *, lang: str, now: datetime) -> bytes:
    """That the respondent was told, for that person to sign: how and when, or lines to fill in. Nothing that was told.

    Refuses as `respondent_copy` does.
    """
    with translation.override(lang):
        copy = _data(_copy(actor, ref, order_id, now))
        told = selectors.last_service(actor, ref, order_id, now=now)
        data = {name: copy[name] for name in ("code", "number", "authority", "respondent", "issued", "starts", "ends")}
        data |= {
            "conditions": copy["conditions"],
            "served": _moment(told.at) if told else "",
            "how": str(labels.HOWS[told.how]) if told else "",
            "refused": _("The person would not take or sign it.") if told and told.refused else "",
        }
        return printing.render("order_service", lang, data, now=now)


def extension(actor: Actor, ref: str, order_id: UUID, *, lang: str, now: datetime) -> bytes:
    """That the order runs longer: until when, by whom, on what it rests. Not who asked, nor why.

    Refuses as `respondent_copy` does, and with `orders.not_extended`.
    """
    with translation.override(lang):
        copy = _data(_copy(actor, ref, order_id, now))
        longest = selectors.longest_extension(actor, ref, order_id, now=now)
        if longest is None:
            raise DomainError("orders.not_extended")
        data = {name: copy[name] for name in ("code", "number", "authority", "respondent", "starts", "conditions")}
        unset = _("The law sets no ceiling for this extension: it was kept as granted.")
        data |= {
            "granted": writing.day(longest.on),
            "by": longest.authority,
            "ends": writing.day(longest.until),
            "basis": longest.basis.cite(lang),
            "established": "" if longest.basis.is_set else unset,
        }
        return printing.render("order_extension", lang, data, now=now)


KINDS: Mapping[str, Printed] = {
    "sheet": sheet,
    "respondent": respondent_copy,
    "service": service,
    "extension": extension,
}


def paper(actor: Actor, ref: str, order_id: UUID, *, kind: str, lang: str, now: datetime) -> bytes:
    """One of them. AccessDenied for a kind that is not there."""
    if kind not in KINDS:
        raise AccessDenied("orders.unknown")
    return KINDS[kind](actor, ref, order_id, lang=lang, now=now)


def _copy(actor: Actor, ref: str, order_id: UUID, now: datetime) -> RespondentCopy:
    order = selectors.get_order(actor, ref, order_id, now=now)
    line = selectors.order_line(actor, ref, order_id, now=now)
    if line.pending:
        raise DomainError("orders.no_number_no_paper")
    keys = access.unlock(actor, [order.subject_id], what="orders.respondent_copy", now=now, klasses=[Klass.IDENTITY])
    names = {one.id: one.name for one in people.persons(actor, order.subject_id, keys)}
    respondent = names.get(order.respondent_id, "") if order.respondent_id else ""
    return _allowed(line, number_of(order, keys), respondent)


def _allowed(line: OrderLine, number: str, respondent: str) -> RespondentCopy:
    return RespondentCopy(
        number=number,
        authority=line.authority,
        respondent=respondent,
        issued=_moment(line.issued_at),
        starts=writing.day(line.starts),
        ends=writing.day(line.last_day),
        basis=line.cite,
        conditions=conditions.titles(line.codes),
    )


def _data(copy: RespondentCopy) -> dict[str, Value]:
    """At the foot stands the number of the order: the code of the case is nothing the respondent needs."""
    return {
        "code": copy.number,
        "number": copy.number,
        "authority": copy.authority,
        "respondent": copy.respondent,
        "issued": copy.issued,
        "starts": copy.starts,
        "ends": copy.ends,
        "basis": copy.basis,
        "conditions": copy.conditions,
    }


def _of_the_file(page: OrderPage, lang: str, now: datetime) -> dict[str, Value]:
    line = page.line
    counted = line.counting_is_set
    return {
        "code": show_ref(line.ref),
        "number": page.number or str(labels.STATES["pending"]),
        "authority": line.authority or _("not known"),
        "state": str(labels.STATES[line.state]),
        "issued": _moment(line.issued_at),
        "starts": writing.day(line.starts),
        "ends": writing.day(line.last_day),
        "basis": line.cite,
        "counting": "" if counted else _("The law does not say from when the term is counted: counted from the issue."),
        "protected": [f"{SEXES[one.sex]} · {BANDS[one.age_band]}" for one in page.protected],
        "conditions": conditions.titles(line.codes),
        "note": page.note,
        "happened": [f"{_moment(item.at)}: {labels.TIMELINE[item.what]}" for item in reversed(page.timeline)],
        "printed": _moment(now),
    }


def _moment(at: datetime) -> str:
    return f"{writing.day(at)}, {writing.clock_time(at)}"
