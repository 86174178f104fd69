from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "core.not_permitted": _("Your post does not allow this. Nothing was changed."),
    "core.root_key_missing": _("There is no root key. Run `kalka prepare`."),
    "core.root_key_readable_by_others": _("Others may read the root key. Give its file mode 0400."),
    "core.root_key_unusable": _("The root key is not a key of this system."),
    "core.passphrase_short": _("The passphrase is too short: at least {least} characters."),
    "core.note_unreadable": _("This is no checkpoint of a record, or a part of it is missing."),
    "core.note_not_ours": _("The checkpoint was not signed with the key of this installation."),
    "core.checkpoint_later": _("That checkpoint is of a longer record than this one is now. Run `kalka verify`."),
    "core.keys_of_another": _("The secret key is not one that the keys of the record were sealed to."),
    "core.record_not_whole": _(
        "The record is not whole. It is neither carried over nor signed before you know why: run kalka verify."
    ),
    "core.record_not_back": _("The record has entries. It cannot go back to its earlier form."),
    "core.passphrase_wrong": _("The passphrase is not right."),
}
