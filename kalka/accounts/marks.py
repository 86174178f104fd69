"""By what a member of staff is recognised in a file: keyed digests, compared and never shown. None is ever taken away,
so that nobody can step out of the wall before his own file by telling another number."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kalka.accounts.models import StaffMark
from kalka.core import commands
from kalka.core.errors import AccessDenied


def keep(user_id: int, marks: Mapping[bytes, str], *, now: datetime) -> None:
    """Digest → kind. Inside a command; what was told before is told once."""
    if not commands.inside():
        raise AccessDenied("accounts.outside_a_command")
    known = set(StaffMark.objects.filter(user=user_id, mac__in=list(marks)).values_list("mac", flat=True))
    StaffMark.objects.bulk_create(
        StaffMark(user_id=user_id, kind=kind, mac=mac, since=now)
        for mac, kind in marks.items()
        if mac not in {bytes(one) for one in known}
    )


def users_with(marks: Iterable[bytes]) -> frozenset[int]:
    """Whose marks these are. Whoever asks tells nobody."""
    wanted = [mark for mark in marks if mark]
    return frozenset(StaffMark.objects.filter(mac__in=wanted).values_list("user", flat=True)) if wanted else frozenset()


def given(user_id: int) -> dict[str, datetime]:
    """Which kinds a person has told, and when last: what the own page may show of them."""
    return dict(StaffMark.objects.filter(user=user_id).order_by("since").values_list("kind", "since"))
