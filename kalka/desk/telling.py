"""The words of a case's time: what the modules say in codes, said to a person in the language of the page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kalka.cases import labels as cases
from kalka.complaints import labels as complaints
from kalka.core import clock
from kalka.core.timeline import TimelineItem
from kalka.directory.info import PostInfo
from kalka.duties import labels as duties
from kalka.findings import labels as findings
from kalka.followup import labels as followup
from kalka.intake import labels as intake
from kalka.lawbook.codes import forms_on
from kalka.legalaid import labels as legalaid
from kalka.monitoring import labels as monitoring
from kalka.orders import labels as orders
from kalka.people import labels as people
from kalka.proceedings import labels as proceedings
from kalka.programmes import labels as programmes
from kalka.referrals import labels as referrals
from kalka.risk import labels as risk
from kalka.shelters import labels as shelters
from kalka.support import labels as support
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

WORDS: Mapping[str, StrOrPromise] = {
    **intake.TIMELINE,
    **cases.TIMELINE,
    **duties.TIMELINE,
    **risk.TIMELINE,
    **orders.TIMELINE,
    **proceedings.TIMELINE,
    **support.TIMELINE,
    **legalaid.TIMELINE,
    **programmes.TIMELINE,
    **monitoring.TIMELINE,
    **followup.TIMELINE,
    **complaints.TIMELINE,
    **findings.TIMELINE,
    **shelters.TIMELINE,
    **referrals.TIMELINE,
    **people.TIMELINE,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the page shows it. `late` says when it happened and when it was written down."""

    what: str
    when: str
    icon: str
    who: str
    key: bool
    alarm: bool
    told: tuple[str, ...]
    lines: tuple[str, ...]
    late: str
    url: str
    basis: str


def entries(items: Iterable[TimelineItem], posts: Mapping[int, PostInfo], now: datetime) -> list[Entry]:
    """Newest first."""
    newest = sorted(items, key=lambda item: item.at, reverse=True)
    return [_entry(item, posts, now) for item in newest]


def _entry(item: TimelineItem, posts: Mapping[int, PostInfo], now: datetime) -> Entry:
    post = posts.get(item.who_post or 0)
    return Entry(
        what=_filled(item),
        when=_when(item, now),
        icon=item.icon,
        who=post.label() if post else "",
        key=item.key,
        alarm=item.alarm,
        told=tuple(_told(item)),
        lines=item.lines,
        late=_late(item, now),
        url=item.url,
        basis=item.basis,
    )


def _when(item: TimelineItem, now: datetime) -> str:
    return writing.near(item.at, now) if item.whole_day else writing.moment(item.at, now)


def _filled(item: TimelineItem) -> str:
    words = str(WORDS.get(item.what, item.what))
    return words.format_map({name: str(fact) for name, fact in item.facts.items()}) if "{" in words else words


def _late(item: TimelineItem, now: datetime) -> str:
    if item.recorded_at is None:
        return ""
    happened, written = _when(item, now), writing.moment(item.recorded_at, now)
    return _("happened %(happened)s, written down %(written)s") % {"happened": happened, "written": written}


def _told(item: TimelineItem) -> Iterator[str]:
    say = SAID.get(item.what)
    if say:
        yield from (line for line in say(item.facts) if line)


def _incident(facts: Mapping[str, object]) -> Iterator[str]:
    on = facts["on"]
    titles = {form.code: form.title for form in forms_on(on if isinstance(on, date) else clock.day_of(clock.now()))}
    language = (get_language() or "ky")[:2]
    yield ", ".join(titles[code][language] for code in _codes(facts["forms"]) if code in titles)
    yield ", ".join(str(cases.SIGNS[code]) for code in _codes(facts["signs"]))
    yield ", ".join(str(cases.CONTEXTS[code]) for code in _codes(facts["contexts"]))
    if children := int(str(facts["children"])):
        yield ngettext(
            "%(count)s child was there and is a victim", "%(count)s children were there and are victims", children
        ) % {"count": children}


def _consent(facts: Mapping[str, object]) -> Iterator[str]:
    until = facts["until"]
    purpose = str(cases.PURPOSES.get(str(facts["purpose"]), ""))
    yield f"{facts['organisation']} · {purpose}"
    if isinstance(until, date):
        yield _("until %(day)s") % {"day": writing.day(until)}


def _report(facts: Mapping[str, object]) -> Iterator[str]:
    told_on = facts["told_on"]
    if isinstance(told_on, date):
        yield _("told on %(day)s") % {"day": writing.day(told_on)}


def _codes(stored: object) -> tuple[str, ...]:
    return tuple(stored) if isinstance(stored, tuple) else ()


SAID: Mapping[str, Callable[[Mapping[str, object]], Iterator[str]]] = {
    "intake.received": _report,
    "cases.incident": _incident,
    "cases.incident_amended": _incident,
    "cases.consent": _consent,
    "cases.consent_withdrawn": _consent,
}
