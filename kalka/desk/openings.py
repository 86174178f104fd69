"""Who opened a file, as the person whose file it is can read it: the day, the institution and post, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.access.openings import openings
from kalka.access.rules import COMPLAINTS
from kalka.cases import selectors as cases
from kalka.cases.labels import PURPOSES, SCOPES
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission
from kalka.core.reading import Opening
from kalka.core.refs import read_ref, show_ref
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.intake import selectors as intake
from kalka.oversight.rules import PLANTED
from kalka.ui.text import StrOrPromise

QUIET = ("complaints.file", "complaints.answer", "complaints.paper", "followup.record_said")
OPENED, LISTED, WROTE, TAKEN = "opened", "listed", "wrote", "taken"
DEEDS: dict[str, StrOrPromise] = {
    OPENED: _("opened it"),
    LISTED: _("saw it among others, in a list or a search"),
    WROTE: _("wrote in it"),
    TAKEN: _("took something out of it: a paper or a file"),
}
_OUT = frozenset(
    {
        "cases.attachment",
        "cases.whole_register",
        "orders.respondent_copy",
        "orders.whole_register",
        "proceedings.report",
        "statistics.export_file",
    }
)


@dataclass(frozen=True, slots=True)
class Who:
    """One post on one day. `post` is None for the system itself, and for somebody who held none."""

    post: PostInfo | None
    machine: bool
    deeds: tuple[tuple[StrOrPromise, int], ...]
    entries: frozenset[int]  # of the record: what the sheet is compared with


Sight = tuple[cases.Shown, StrOrPromise, StrOrPromise, str]  # how much, for what, by what law


@dataclass(frozen=True, slots=True)
class Sheet:
    ref: str
    shown_ref: str
    days: tuple[tuple[date, tuple[Who, ...]], ...]
    shown: tuple[Sight, ...]  # to whom now


def sheet(actor: Actor, ref: str, *, now: datetime) -> Sheet:
    """Everything the record knows of the file, grouped. AccessDenied when the actor does not see the case.

    To the police it does not say who answers a complaint of hers, nor that she was asked about a visit of theirs.

    A file that is nobody's was begun by the post in whose name it stands: who laid it there would give it away.
    """
    case = cases.get_case(actor, read_ref(ref), now=now)
    came_from = intake.subject_of(actor, case.report_id) if case.report_id else None
    every = openings(actor, case.subject_id, also={came_from} if came_from else (), now=now)
    entries = [one for one in every if _told(actor, one.command, one.post_id)]
    found = [replace(one, post_id=case.post_id) if one.command == PLANTED else one for one in entries]
    posts = directory.posts({one.post_id for one in found if one.post_id})
    by_day = groupby(sorted(found, key=_day, reverse=True), key=_day)
    days = tuple((day, tuple(_whos(list(ones), posts))) for day, ones in by_day)
    lang = (get_language() or "ky")[:2]
    shown = tuple(
        (one, SCOPES[one.scope], PURPOSES.get(one.purpose, ""), one.ground.cite(lang) if one.ground else "")
        for one in cases.shown_to(actor, case.ref, now=now)
        if one.why != COMPLAINTS or _told(actor, QUIET[0], one.post_id)
    )
    return Sheet(case.ref, show_ref(case.ref), days, shown)


def _told(actor: Actor, command: str, post_id: int | None) -> bool:
    """What is asked about an officer's own work is told to others than the police, and to the post that did it."""
    quiet = command.startswith(QUIET)
    return not quiet or post_id == actor.post_id or not actor.may(Permission.CALL_ANSWER)


def deed(one: Opening) -> str:
    if one.command in _OUT:
        return TAKEN
    if one.kind == "done":
        return WROTE
    return LISTED if one.among > 1 else OPENED


def _day(one: Opening) -> date:
    return clock.day_of(one.at)


def _whos(ones: list[Opening], posts: dict[int, PostInfo]) -> Iterable[Who]:
    """Of one day: each post once, the machine last."""
    together: dict[tuple[bool, int], list[Opening]] = {}
    for one in sorted(ones, key=lambda one: one.id):
        together.setdefault((one.actor_id == SYSTEM_ID, one.post_id or 0), []).append(one)
    for (machine, post_id), theirs in sorted(together.items(), key=lambda item: item[0][0]):
        done = [deed(one) for one in theirs]
        deeds = tuple((words, done.count(code)) for code, words in DEEDS.items() if code in done)
        yield Who(posts.get(post_id), machine, deeds, frozenset(one.id for one in theirs))
