"""Her papers to hand in: the words she chose, without a name. Name, address and signature are written by hand."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from kalka.complaints import labels, selectors
from kalka.complaints.rules import Kind
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.orders import selectors as orders
from kalka.papers import printing
from kalka.ui import writing

PACKS = {Kind.INACTION: "complaint", Kind.EXTENSION: "extension", Kind.APPEAL: "appeal"}


def paper(actor: Actor, ref: str, part: UUID, *, lang: str, now: datetime) -> bytes:
    """For whoever sees the file. Nobody of it is named, and no address stands there: she adds what she wants to."""
    with translation.override(lang):
        page = selectors.paper_page(actor, ref, part, now=now)
        if not page.whole:
            raise AccessDenied("complaints.unknown")
        subject = selectors.get_paper(actor, ref, part, now=now).subject_id
        found = {one.id: one for one in orders.of_case(actor, subject, now=now)}
        order = found.get(page.order) if page.order else None
        data: dict[str, printing.Value] = {
            "code": page.ref,
            "to": [f"{one.post} ({labels.PARTS[one.part]})" for one in page.asked],
            "ground": str(labels.GROUNDS.get(page.ground, "")),
            "against": page.against,
            "order": f"{writing.day(order.starts)} – {writing.day(order.last_day)}" if order else "",
            "told": page.told,
            "calls": [_call(one) for one in page.calls],
            "day": writing.day(page.on),
        }
        return printing.render(PACKS[Kind(page.kind)], lang, data, now=now)


def _call(one: selectors.CallTime) -> str:
    said = f"{writing.day(one.at)}, {writing.clock_time(one.at)}: {labels.WHAT[one.what]}"
    answer = f"{writing.day(one.answered_at)}, {writing.clock_time(one.answered_at)}" if one.answered_at else "—"
    return f"{said} → {answer}"
