"""A visit she denies, and whether anybody else has been there since."""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.followup.models import Visit, VisitSaid
from kalka.followup.rules import MET, Said


def awaits_another(actor: Actor, subject_id: UUID, *, now: datetime) -> bool:
    """Whether she denies a visit of the actor's, by her last word, and was met by nobody else since she said it.

    The actor is the person as well as the post: who changes posts stays who wrote it.
    """
    last = VisitSaid.objects.filter(visit=OuterRef("pk")).order_by("-recorded_at", "-id")
    visits = access.visible(actor, Visit.objects.filter(subject_id=subject_id), now=now)
    own = Q(author_id=actor.user_id) | Q(post_id=actor.post_id)
    said = visits.filter(own).annotate(
        said=Subquery(last.values("said")[:1]), said_at=Subquery(last.values("recorded_at")[:1])
    )
    denied_at = said.filter(said=Said.NOT_CAME).order_by("-said_at").values_list("said_at", flat=True).first()
    if denied_at is None:
        return False
    return not visits.exclude(own).filter(found__in=MET, recorded_at__gt=denied_at).exists()
