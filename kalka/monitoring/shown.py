"""Monitoring in words, for its pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.monitoring import labels
from kalka.monitoring.lines import MeasureLine, SignalLine
from kalka.monitoring.selectors import Board, MeasurePage
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""


TASKS = {
    "register": Task(
        _("Bans and limits under electronic monitoring"),
        _("Write the decision down"),
        _("It was decided elsewhere. Write it down as it stands on the paper."),
    ),
    "fit": Task(_("Fit a device"), _("Save the device"), _("From now on its signals come to this case.")),
    "signal": Task(
        _("Write a signal down"), _("Save the signal"), _("Told by telephone, when it did not come by itself.")
    ),
    "lift": Task(
        _("The monitoring was lifted"),
        _("Write it down"),
        _("A reconciliation lifts nothing. Write down who had the power to end it and did."),
    ),
    "answer": Task(
        _("Answer the signal"),
        _("Save what was found"),
        _("First see that she is safe. Then write down what was found: the clock stops when this is saved."),
    ),
}
NEEDS = {"fit": Permission.ORDER_REGISTER, "lift": Permission.ORDER_REGISTER, "signal": Permission.VISIT_LOG}


@dataclass(frozen=True, slots=True)
class Told:
    line: SignalLine
    url: str
    code: str
    found: StrOrPromise


@dataclass(frozen=True, slots=True)
class Watched:
    line: MeasureLine
    url: str
    code: str
    state: StrOrPromise
    chip: str


def board(found: Board) -> dict[str, Any]:
    return {"waiting": [told(one) for one in found.waiting], "measures": [watched(one) for one in found.measures]}


def page(found: MeasurePage) -> dict[str, Any]:
    line = found.line
    return {
        "page": found,
        "line": line,
        "shown_ref": show_ref(line.ref),
        "state": labels.STATES[line.state],
        "chip": labels.CHIPS[line.state],
        "by": labels.BY[line.by],
        "means": labels.MEANS[line.means],
        "signals": [told(one) for one in found.signals],
    }


def told(one: SignalLine) -> Told:
    url = reverse("monitoring:answer", args=[one.ref, one.id])
    return Told(one, url, show_ref(one.ref), labels.FOUND.get(one.found, ""))


def watched(one: MeasureLine) -> Watched:
    url = reverse("monitoring:measure", args=[one.ref, one.id])
    return Watched(one, url, show_ref(one.ref), labels.STATES[one.state], labels.CHIPS[one.state])
