"""The certificate on paper, in a language of the state, with a code that anybody can check."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import ngettext

from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.papers import printing
from kalka.places import selectors as places
from kalka.training import codes, selectors
from kalka.training.models import Course
from kalka.ui import writing


def certificate(
    actor: Actor, course_id: UUID, certificate_id: UUID, *, lang: str, address: str, now: datetime
) -> bytes:
    """`address`: of the page that checks a code, without one. In the drawing the code stands behind «#», which browsers
    keep to themselves: no server and no log on the way reads it. AccessDenied for another organisation's one."""
    paper = selectors.paper_of(actor, course_id, certificate_id, now=now)
    course, code = paper.course, codes.shown(paper.code)
    keepers = {one.id: one.name(lang) for one in directory.organisations()}
    with translation.override(lang):
        data: dict[str, printing.Value] = {
            "code": code,
            "name": paper.name,
            "programme": course.programme.name.get(lang) or course.programme.name["ky"],
            "when": _when(course),
            "place": places.full_name(course.place, lang),
            "hours": _hours(course.programme.hours),
            "organisation": keepers.get(course.organisation_id, ""),
            "partners": [*course.programme.partners, *course.partners],
            "issued": writing.day(paper.issued),
            "address": address,
            "drawn": _drawn(f"{address}#{paper.code}"),
        }
        return printing.render("certificate", lang, data, now=now)


def _when(course: Course) -> str:
    last = course.on + timedelta(days=course.days - 1)
    return writing.day(course.on) if course.days == 1 else f"{writing.day(course.on)} – {writing.day(last)}"


def _hours(hours: int) -> str:
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else ""


def _drawn(text: str) -> list[str]:
    """A line for each row of the squares a telephone reads: 1 is dark."""
    import segno

    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(text, error="m", micro=False).matrix]
