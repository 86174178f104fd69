"""A story is written by one, read by another, and then stands open for everybody at work."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.library import naming, rules, selectors
from kalka.library.models import Story, StoryShown
from kalka.library.rules import NewStory, StoryState
from kalka.places import selectors as places
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written


@command("library.tell_story", needs=Permission.STORY_TELL)
def tell_story(actor: Actor, *, id: UUID, told: NewStory, names_seen: bool, now: datetime) -> Story:
    """Sealed for the own organisation and for those who may review it in its territory.

    Refuses a telephone, a personal number or an address at its field; what looks like a name with
    `library.names_found`, unless the writer saw them and says they are nobody's.
    """
    content = asdict(told)
    if again := repeated(Story, actor, id=id, content=content):
        return again
    if actor.organisation_id is None:
        raise AccessDenied("library.unknown")
    rules.check_story(told, naming.names())
    if not names_seen and any(rules.looked_through(one, naming.names()) for one in (told.title, told.text)):
        raise DomainError("library.names_found", field="names_seen")
    subject_id = new_id()
    keys = new_keys(subject_id, (Klass.NARRATIVE,))
    row = Story(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        organisation_id=actor.organisation_id,
        kind=told.kind,
        language=told.language,
        names_seen=names_seen,
    )
    keys.put(row, "told", {"title": rules.line("title", told.title), "text": told.text.strip()})
    row.save(force_insert=True)
    grants.grant(subject_id, organisation_holder(actor.organisation_id), why="story", now=now)
    for post_id in _reviewers(actor.place, now):
        grants.grant(subject_id, post_holder(post_id), why="story", now=now)
    return row


@command("library.review_story", needs=Permission.STORY_REVIEW)
def review_story(actor: Actor, *, story_id: UUID, show: bool, why: str, now: datetime) -> Story:
    """Show it to everybody at work, or give it back with a reason. Never one's own."""
    row = selectors.get_story(actor, story_id, now=now)
    rules.check_reviewer(row.author_id, actor.user_id)
    if row.state != StoryState.WAITING:
        raise Stale("library.story_was_read")
    why = rules.line("why", why, most=500, needed=not show)
    keys = access.keys_for(actor, row.subject_id, now=now, klasses=(Klass.NARRATIVE,))
    row.state = StoryState.SHOWN if show else StoryState.RETURNED
    row.reviewer_id, row.reviewed_at = actor.user_id, now
    if why:
        keys.put(row, "why", why)
    row.save(update_fields=["state", "reviewer_id", "reviewed_at", "why"])
    if show:
        same = {"organisation_id": row.organisation_id, "kind": row.kind, "language": row.language}
        StoryShown.objects.create(story=row, since=now, **same, **keys.get(row, "told"))
    return row


def _reviewers(place: str, now: datetime) -> list[int]:
    """The posts that may review what is written in this place."""
    above = set(places.chain(place))
    posts = directory.staffed(day_of(now))
    return [one.id for one in posts if one.place in above and Permission.STORY_REVIEW in ROLES[one.role].permissions]
