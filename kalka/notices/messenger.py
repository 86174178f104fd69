"""Who delivers: the installation itself, which sees the files it was lent for a message, for as long as that waits."""

from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.permissions import Permission

HOLDER = "job:notices"
WHY = "notice"
MESSENGER = Actor(SYSTEM_ID, frozenset({Permission.SYSTEM}), (HOLDER,))
