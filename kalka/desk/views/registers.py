"""The lists of cases and orders as files: exactly what the actor may see, in codes and days, never a name or a text."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from kalka.cases import labels as case_labels
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.refs import show_ref
from kalka.orders import labels as order_labels
from kalka.orders import selectors as orders
from kalka.places import selectors as places
from kalka.risk import selectors as risk
from kalka.sheets.streaming import csv_response
from kalka.sheets.writing import Value
from kalka.ui.http import Request


def cases_csv(request: Request) -> StreamingHttpResponse | HttpResponse:
    headings = (
        _("Case"),
        _("Kind"),
        _("Code of the territory"),
        _("Territory"),
        _("Opened"),
        _("Stage"),
        _("Level when last assessed"),
        _("Assessed on"),
    )
    return csv_response("cases", headings, _cases(request))


def orders_csv(request: Request) -> StreamingHttpResponse | HttpResponse:
    headings = (
        _("Case"),
        _("Code of the territory"),
        _("Territory"),
        _("Issued by"),
        _("Issued"),
        _("First day"),
        _("Last day"),
        _("State"),
        _("Served"),
    )
    return csv_response("orders", headings, _orders(request))


def _cases(request: Request) -> Iterator[tuple[Value, ...]]:
    kinds = {code: str(words) for code, words in case_labels.KINDS.items()}
    stages = {code: str(words) for code, words in case_labels.STAGES.items()}
    unassessed = _("not assessed")
    for lines in cases.whole_register(request.actor, now=clock.now):
        named = places.names({line.place for line in lines})
        levels = risk.last_levels(request.actor, [line.subject_id for line in lines], now=clock.now())
        for line in lines:
            level = levels.get(line.subject_id)
            yield (
                show_ref(line.ref),
                kinds[line.kind],
                line.place,
                named[line.place],
                line.opened_on,
                stages[line.stage],
                level.title if level else unassessed,
                level.on if level else None,
            )


def _orders(request: Request) -> Iterator[tuple[Value, ...]]:
    states = {code: str(words) for code, words in order_labels.STATES.items()}
    served = {True: _("yes"), False: _("no")}
    for lines in orders.whole_register(request.actor, now=clock.now):
        named = places.names({line.place for line in lines})
        for line in lines:
            yield (
                show_ref(line.ref),
                line.place,
                named[line.place],
                line.authority,
                line.issued_on,
                line.starts,
                line.last_day,
                states[line.state],
                served[line.served],
            )
