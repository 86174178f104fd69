"""What comes back by a way: one word stops it, a code from us lets the bot know who writes. Nothing else is looked at,
and none of it is kept or answered: an answer on her phone would be one more trace."""

from collections.abc import Iterable
from datetime import datetime

from kalka.core.errors import DomainError
from kalka.notices import choosing, rules
from kalka.notices.adapters import Incoming, Listening
from kalka.notices.messenger import MESSENGER
from kalka.notices.rules import Way


def listen(ways: Iterable[Listening], now: datetime) -> int:
    """Ask each way what came. One that does not answer is asked again next time. Returns how much was acted on."""
    return sum(hear(one, now) for way in ways for one in _asked(way))


def hear(one: Incoming, now: datetime) -> bool:
    """Whether it was the word, or a code that holds."""
    if rules.is_stop(one.words):
        choosing.stop(MESSENGER, way=one.channel, address=one.address, now=now)
        return True
    code = rules.invited_by(one.words)
    if one.channel != Way.TELEGRAM or not code:
        return False
    try:
        choosing.accept_invitation(MESSENGER, code=code, address=one.address, now=now)
    except DomainError:
        return False
    return True


def _asked(way: Listening) -> list[Incoming]:
    try:
        return way.incoming()
    except OSError:
        return []
