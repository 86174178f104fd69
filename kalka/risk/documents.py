"""The papers of risk: what a court is told, and the small leaflet she takes along."""

from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from kalka.cases import selectors as cases
from kalka.core import datafile
from kalka.core.actors import Actor
from kalka.core.datafile import Fields
from kalka.core.refs import read_ref, show_ref
from kalka.directory import selectors as directory
from kalka.papers import printing
from kalka.papers.printing import Value
from kalka.risk import labels, offered, rules, selectors, tables
from kalka.risk.selectors import CourtPage
from kalka.ui import writing

OF = 4  # the levels the leaflet speaks of


def court(actor: Actor, ref: str, assessment_id: UUID, *, lang: str, now: datetime) -> bytes:
    """The same as the page for the court. AccessDenied for a level that is not in force."""
    with translation.override(lang):
        page = selectors.court_page(actor, ref, assessment_id, now=now)
        return printing.render("risk_court", lang, _court(page, lang, now), now=now)


def _court(page: CourtPage, lang: str, now: datetime) -> dict[str, Value]:
    post = directory.post(page.post_id) if page.post_id else None
    since = _("Something happened since. Until a new assessment the level is no lower than: {level}.")
    notes = {
        since.format(level=page.lifted.title if page.lifted else ""): page.lifted is not None,
        _("The officer set the level higher than the form computed."): page.raised,
        _("Too little was answered: this is a protective level"): page.insufficient,
        _("The term of this level has ended; a new assessment is due."): page.expired,
    }
    return {
        "code": show_ref(read_ref(page.ref)),
        "level": _("{level}, place {at} of {of}").format(
            level=page.level.title, at=page.level.position.partition("/")[0], of=page.count
        ),
        "worst": page.worst.title,
        "outcomes": [
            _("{outcome}: signs found {found} of {of}").format(outcome=one.title, found=one.found, of=one.of)
            for one in page.outcomes
        ],
        "notes": [words for words, so in notes.items() if so],
        "assessed": writing.day(page.assessed_on),
        "valid": _until(page.expires_at) if page.expires_at else _("no term set"),
        "form": f"{offered.words(page.edition.title)} · {offered.name(page.edition)}",
        "status": offered.words(page.edition.banner) or _("Approved form"),
        "post": post.label(lang) if post else "",
        "basis": page.basis.cite(lang) if page.basis else _("not established in law"),
        "limits": [str(words) for words in labels.LIMITS],
    }


def _until(at: datetime) -> str:
    """Not "tomorrow": a court reads it on another day."""
    return f"{writing.day(at)}, {writing.clock_time(at)}"


def leaflet(actor: Actor, ref: str, *, lang: str, now: datetime) -> bytes:
    """By the level that stands; where nothing was assessed, as for whoever could not speak alone."""
    case = cases.get_case(actor, ref, now=now)
    level = selectors.current(actor, case.subject_id, now=now)
    at = rules.place(level.position if level else str(tables.measures().not_alone)).on(OF).at
    calls, advice = _texts()
    data: dict[str, Value] = {
        "code": "",
        "calls": [words[lang] for words in calls],
        "advice": [words[lang] for lowest, words in advice if at >= lowest],
    }
    return printing.render("leaflet", lang, data, now=now)


@cache
def _texts() -> tuple[list[dict[str, str]], list[tuple[int, dict[str, str]]]]:
    body = Fields(datafile.read(Path(__file__).parent / "leaflet.yaml"), "leaflet.yaml")
    body.one_of("standing", ("internal",))
    calls = [Fields({"words": row}, "calls").words("words") for row in body.take("calls", list)]
    rows = [Fields(row, "advice") for row in body.take("advice", list)]
    advice = [(row.take("from", int), row.words("words")) for row in rows]
    body.close()
    return calls, advice
