"""What keeps a case open, and what a second person looks at."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.support import rules
from kalka.support.models import Contact, SafetyWord, Without, WithoutDecision
from kalka.support.rules import Attempt, Reached, Reason
from kalka.support.selectors.rows import get_without


@dataclass(frozen=True, slots=True)
class WithoutPage:
    case_ref: str
    id: UUID
    reason: str
    at: datetime
    post_id: int | None
    attempts: tuple[Attempt, ...]
    own: bool
    decided: bool
    told: str = field(repr=False)


def attempts(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Attempt, ...]:
    """The contacts of a file, oldest first."""
    rows = access.visible(actor, Contact.objects.filter(subject_id=subject_id), now=now)
    return tuple(Attempt(on, reached) for on, reached in rows.order_by("on", "id").values_list("on", "reached"))


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is closed on her own word that she is safe or safer, said alone since the case was last opened, or on a
    listed reason that a second person agreed with. Her latest word counts; that she could not be reached counts until
    somebody has spoken with her."""
    since = cases.open_since(actor, subject_id, now=now)
    words = access.visible(actor, SafetyWord.objects.filter(subject_id=subject_id), now=now)
    word = words.filter(recorded_at__gte=since, alone=True).order_by("-recorded_at", "-pk").first()
    spoken = Contact.objects.filter(
        subject_id=subject_id, reached=Reached.SPOKE, recorded_at__gt=OuterRef("recorded_at")
    )
    agreed = WithoutDecision.objects.filter(subject_id=subject_id, agreed=True, recorded_at__gte=since)
    agreed = agreed.exclude(Exists(spoken), without__reason=Reason.UNREACHABLE)
    last = access.visible(actor, agreed, now=now).order_by("-recorded_at").first()
    if word is None:
        return () if last else (_blocker(actor, subject_id, "support.no_word", now),)
    if rules.may_close(word.feels, word.alone) or (last is not None and last.recorded_at > word.recorded_at):
        return ()
    return (_blocker(actor, subject_id, "support.not_safe", now),)


def without_page(actor: Actor, ref: str, without_id: UUID, *, now: datetime) -> WithoutPage:
    """Opens what was told, and says so in the record."""
    row = get_without(actor, ref, without_id, now=now)
    case = cases.get_case(actor, ref, now=now)
    keys = access.unlock(actor, [row.subject_id], what="support.without", now=now)
    return WithoutPage(
        case_ref=case.ref,
        id=row.pk,
        reason=row.reason,
        at=row.recorded_at,
        post_id=row.post_id,
        attempts=attempts(actor, row.subject_id, now=now),
        own=row.author_id == actor.user_id or row.post_id == actor.post_id,
        decided=Without.objects.filter(pk=row.pk, decision__isnull=False).exists(),
        told=str(keys.get(row, "told") or ""),
    )


def _blocker(actor: Actor, subject_id: UUID, code: str, now: datetime) -> Blocker:
    case = cases.case_of(actor, subject_id, now=now)
    return Blocker(code, {"url": reverse("support:word", args=[case.ref])})
