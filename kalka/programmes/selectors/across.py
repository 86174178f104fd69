"""The programmes people were sent to, from whichever case: a question across files."""

from collections.abc import Collection
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.programmes.attending import Line, lines
from kalka.programmes.models import Enrolment, Sending


def of_persons(actor: Actor, person_ids: Collection[UUID]) -> tuple[tuple[UUID, Line], ...]:
    """The file each was sent from, and how far it is; less the files the actor is shut out of. Whoever asks runs it
    beyond sight and records it."""
    sent = access.unwalled(actor, Sending.objects.filter(person__in=list(person_ids)))
    files = dict(sent.values_list("enrolment_id", "subject_id"))
    rows = Enrolment.objects.staged().filter(pk__in=list(files)).order_by("-recorded_at", "id")
    return tuple((files[line.id], line) for line in lines(rows))
