from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "backups.no_recipient": _(
        "Nobody was named who could open the backup. Nothing was written. Name at least one recipient (age1…)."
    ),
    "backups.recipient_unusable": _(
        "A recipient is not a public key of the form age1…. Nothing was written. Never put a secret key here."
    ),
    "backups.identity_unusable": _("The file of the secret key holds none of the form AGE-SECRET-KEY-1…."),
    "backups.identity_wrong": _("This secret key does not open {name}: it is not one of its recipients."),
    "backups.folder_missing": _(
        "The folder of the backups is not there. Is its disk connected? Nothing was written or removed."
    ),
    "backups.folder_in_data": _(
        "The folder of the backups lies inside the data. Whatever takes one takes both: choose a folder elsewhere."
    ),
    "backups.already_there": _("{name} is there already. Nothing was changed."),
    "backups.busy": _("Another backup, restore or drill is running. Wait until it has ended."),
    "backups.disk_full": _(
        "The disk is full, takes no file so large, or fails. Nothing half was left. Make room and run it again."
    ),
    "backups.program_missing": _(
        "{program} {version} or newer is needed and was not found. Install the client programs of PostgreSQL {version}."
    ),
    "backups.dump_failed": _("{program} failed. Nothing half was left. Look into the log of the database server."),
    "backups.restore_failed": _("{program} failed. Nothing was restored. Look into the log of the database server."),
    "backups.none_there": _("There is no whole backup in this folder."),
    "backups.not_a_backup": _("One of the files is not a backup of this system."),
    "backups.altered": _("{name} was altered or cut. Nothing was restored. Take another copy of it."),
    "backups.both_needed": _(
        "A restore needs both files: the data (kalka-data-….age) and the keys (kalka-keys-….age). Nothing was restored."
    ),
    "backups.other_moment": _(
        "The two files are of different moments: data of {data}, keys of {keys}. Nothing was restored. Keys that are "
        "newer than the data are good too: say so with --newer-keys."
    ),
    "backups.other_root_key": _(
        "The root key here is not the one the backup was made with. Nothing was restored. Put the right one in its "
        "place: “kalka keys open”."
    ),
    "backups.other_engine": _(
        "The backup is of another kind of database. SQLite goes back into a folder, PostgreSQL into PostgreSQL."
    ),
    "backups.newer_version": _(
        "The backup was made by a newer version of Kalka. Nothing was restored. Install that version."
    ),
    "backups.target_taken": _(
        "The place to restore into is not empty. Nothing was changed. Choose an empty folder or an empty database."
    ),
    "backups.counts_differ": _(
        "Not every row came back. Do not use what was restored: empty the place and take another backup."
    ),
    "backups.drill_needs_database": _(
        "The drill needs a database of its own, and the role may not make one. Allow it: ALTER ROLE … CREATEDB."
    ),
    "backups.drill_broke": _("The drill broke off. Restore the backup by hand to see where."),
    "backups.drill_sealed": _("The backup came back, but a case could not be opened with its keys."),
    "backups.drill_record": _("The backup came back, but the record in it is not whole. Run “kalka verify”."),
}
