"""Stories: the ones everybody may read, and those that wait, for their writers and for whoever reviews them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.library import naming, rules
from kalka.library.models import Story, StoryShown
from kalka.library.rules import Find, StoryState
from kalka.vault.classes import Klass

LISTED = 100


@dataclass(frozen=True, slots=True)
class StoryLine:
    """`title` is empty of one that others do not read yet: it is sealed."""

    id: UUID
    kind: str
    language: str
    organisation: str
    state: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class StoryPage:
    line: StoryLine
    title: str
    text: str
    finds: tuple[Find, ...]  # in the text, while it waits
    why: str
    may_review: bool


def stories(actor: Actor, *, now: datetime) -> tuple[tuple[StoryLine, ...], tuple[StoryLine, ...]]:
    """Those that wait or were given back, then those everybody may read."""
    if not actor.may(Permission.LIBRARY_READ):
        raise AccessDenied("library.unknown")
    waiting = _waiting(actor, now=now).exclude(state=StoryState.SHOWN)
    read = [_open(one) for one in StoryShown.objects.order_by("-since", "pk")[:LISTED]]
    return tuple(_line(one) for one in waiting.order_by("-recorded_at", "pk")[:LISTED]), tuple(read)


def get_story(actor: Actor, story_id: UUID, *, now: datetime) -> Story:
    """AccessDenied for whoever neither writes nor reviews, also in the organisation it is of."""
    found = _waiting(actor, now=now).filter(pk=story_id).first()
    if found is None:
        raise AccessDenied("library.unknown")
    return found


def story_page(actor: Actor, story_id: UUID, *, now: datetime) -> StoryPage:
    if not actor.may(Permission.LIBRARY_READ):
        raise AccessDenied("library.unknown")
    if (shown := StoryShown.objects.filter(story=story_id).first()) is not None:
        return StoryPage(_open(shown), shown.title, shown.text, (), "", False)
    row = get_story(actor, story_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="library.story", now=now, klasses=(Klass.NARRATIVE,))
    told = keys.get(row, "told")
    may = actor.may(Permission.STORY_REVIEW) and row.state == StoryState.WAITING and row.author_id != actor.user_id
    finds = rules.looked_through(told["text"], naming.names())
    return StoryPage(_line(row), told["title"], told["text"], finds, keys.get(row, "why") or "", may)


def _waiting(actor: Actor, *, now: datetime) -> QuerySet[Story]:
    concerned = actor.may(Permission.STORY_TELL) or actor.may(Permission.STORY_REVIEW)
    return access.visible(actor, Story.objects.all() if concerned else Story.objects.none(), now=now)


def _open(row: StoryShown) -> StoryLine:
    name = _office(row.organisation_id)
    return StoryLine(row.story_id, row.kind, row.language, name, StoryState.SHOWN, row.title, row.since)


def _line(row: Story) -> StoryLine:
    return StoryLine(row.pk, row.kind, row.language, _office(row.organisation_id), row.state, "", row.recorded_at)


def _office(organisation_id: int) -> str:
    found = directory.organisation(organisation_id)
    return found.name() if found else ""
