"""The paper of a visit: what was written down of it, to be signed. What she says of the visit stands on no paper."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from kalka.core.actors import Actor
from kalka.followup import labels, selectors
from kalka.papers import printing
from kalka.ui import writing


def paper(actor: Actor, ref: str, visit_id: UUID, *, lang: str, now: datetime) -> bytes:
    """For whoever sees the file. Nobody of it is named, and no place. Leaves the read entry `followup.paper`."""
    with translation.override(lang):
        page = selectors.visit_paper(actor, ref, visit_id, now=now)
        line = page.line
        data: dict[str, printing.Value] = {
            "code": line.ref,
            "visited": _moment(line.visited_at),
            "recorded": _moment(line.recorded_at),
            "clock": str(labels.CLOCKS.get(line.clock, "")),
            "post": page.post,
            "found": str(labels.FOUND[line.found]),
            "where": str(labels.WHERE[line.where]),
            "zone": str(labels.ZONES.get(page.zone, "")),
            "kept": str(labels.KEPT.get(line.kept, "")),
            "told": page.told,
            "added": [f"{_moment(at)}: {text}" for at, text in page.added],
            "printed": _moment(now),
        }
        return printing.render("visit", lang, data, now=now)


def _moment(at: datetime) -> str:
    return f"{writing.day(at)}, {writing.clock_time(at)}"
