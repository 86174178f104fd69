"""What an alarm says, and what to do next; what became of an attempt."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kalka.backups.rules import Alarm
from kalka.core.errors import DomainError
from kalka.ui.text import StrOrPromise
from kalka.ui.words import say


@dataclass(frozen=True, slots=True)
class Words:
    title: StrOrPromise
    then: StrOrPromise  # what to do


ALARMS: Mapping[Alarm, Words] = {
    Alarm.UNSET: Words(
        _("Nothing is backed up"),
        _(
            "If this machine is lost, every case is lost. Whoever keeps the server names a folder on another disk "
            "(KALKA_BACKUP_TO) and who can open the backups (KALKA_BACKUP_RECIPIENTS), then starts the worker again."
        ),
    ),
    Alarm.NEVER: Words(
        _("No backup has been made yet"),
        _(
            "If this machine is lost, every case is lost. The worker makes one each night, where it runs. Make the "
            "first one now: kalka backup."
        ),
    ),
    Alarm.OLD: Words(
        _("The last backup is older than two days"),
        _(
            "Whatever was written since then would be lost. See below why the last attempt failed; see that the worker "
            "runs and the disk is connected; then make one by hand: kalka backup."
        ),
    ),
    Alarm.UNPROVEN: Words(
        _("No backup has ever been tried"),
        _(
            "A backup that nobody has restored may be empty. Whoever keeps a secret key comes to the server and runs: "
            "kalka drill --identity FILE. It disturbs nobody's work."
        ),
    ),
    Alarm.DRILL_OLD: Words(
        _("No backup has been tried for thirty days"),
        _(
            "Whoever keeps a secret key comes to the server and runs: kalka drill --identity FILE. "
            "It disturbs nobody's work."
        ),
    ),
}

# Codes whose words at the console name a file or a program: on a page none is named.
_UNNAMED: Mapping[str, StrOrPromise] = {
    "backups.altered": _("A file of the backup was altered or cut."),
    "backups.identity_wrong": _("The secret key is not of one of the recipients."),
    "backups.program_missing": _("The client programs of PostgreSQL are missing, or older than the server."),
    "backups.dump_failed": _("The copy of the database failed. Look into the log of the database server."),
    "backups.restore_failed": _("The database could not be filled. Look into the log of the database server."),
    "backups.already_there": _("A backup of this second is there already."),
    "jobs.unexpected": _("It failed for a reason nobody foresaw. The log of the worker says where."),
}


def why(code: str) -> str:
    """Of an attempt that failed, by its code alone."""
    return str(_UNNAMED[code]) if code in _UNNAMED else say(DomainError(code))
