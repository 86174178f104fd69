"""Bringing out what waits. Sending is outside every transaction: a slow gateway holds no lock."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from kalka.core.errors import AccessDenied
from kalka.notices import selectors, services, texts
from kalka.notices.adapters import Adapter, Message, Refused
from kalka.notices.messenger import MESSENGER
from kalka.notices.models import Notice
from kalka.notices.rules import KEPT_WAITING, LANGUAGES, TRIES, State, Way, telling_words, wait_after
from kalka.notices.texts import Text
from kalka.people import selectors as people


def deliver(adapter: Adapter, now: datetime) -> int:
    """Try everything that is due once. Returns how many were taken up. Safe to run twice, and beside another."""
    if not selectors.any_due(MESSENGER, now=now):
        return 0
    taken = services.take_notices(MESSENGER, now=now)
    for notice in taken:
        _deliver(notice, adapter, now)
    return len(taken)


def _deliver(notice: Notice, adapter: Adapter, now: datetime) -> None:
    text = _text(notice.kind)
    if text is None:
        _drop(notice, "text_not_approved", now)
    elif notice.to_person_id is None:
        language = settings.LANGUAGE_CODE[:2] if settings.LANGUAGE_CODE[:2] in LANGUAGES else LANGUAGES[0]
        _send(notice, Message(text.words[language], language, post_id=notice.to_post_id), adapter, now)
    else:
        _to_person(notice, notice.to_person_id, text, adapter, now)


def _text(kind: str) -> Text | None:
    """The text of a kind, once more looked at: None for one that may not leave."""
    found = texts.kinds().get(kind)
    if found is None or not found.text.approved:
        return None
    telling = any(telling_words(words, texts.sensitive()) for words in found.text.words.values())
    return None if telling else found.text


def _to_person(notice: Notice, person_id: UUID, text: Text, adapter: Adapter, now: datetime) -> None:
    try:
        ways = selectors.chosen(MESSENGER, notice.subject_id, now=now)
        reach = people.reach(MESSENGER, person_id, now=now, channel=Way.NOTHING, chosen=ways)
    except AccessDenied:
        _drop(notice, "not_visible", now)
        return
    if reach.route is not None and selectors.is_stopped(MESSENGER, reach.route.channel, reach.route.number):
        _drop(notice, "stopped", now)
    elif reach.route is not None:
        language = reach.route.language
        _send(notice, Message(text.words[language], language, route=reach.route), adapter, now)
    elif reach.again_at is None:
        _drop(notice, reach.why_not, now)
    elif reach.again_at >= notice.created_at + KEPT_WAITING:
        _drop(notice, "too_late", now)
    else:
        services.postpone_notice(MESSENGER, notice_id=notice.pk, why="not_now", until=reach.again_at, now=now)


def _send(notice: Notice, message: Message, adapter: Adapter, now: datetime) -> None:
    try:
        adapter.send(message)
    except Refused:
        _drop(notice, "refused", now)
        return
    except OSError:
        _again_or_never(notice, now)
        return
    services.settle_notice(MESSENGER, notice_id=notice.pk, state=State.SENT, now=now)


def _again_or_never(notice: Notice, now: datetime) -> None:
    if notice.tries >= TRIES:
        _drop(notice, "undeliverable", now)
        return
    until = now + wait_after(notice.tries)
    services.postpone_notice(MESSENGER, notice_id=notice.pk, why="gateway", until=until, now=now)


def _drop(notice: Notice, why: str, now: datetime) -> None:
    services.settle_notice(MESSENGER, notice_id=notice.pk, state=State.DROPPED, why=why, now=now)
