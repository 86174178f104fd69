from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "core.not_permitted": _("Your post does not allow this. Nothing was changed."),
    "core.root_key_missing": _("There is no root key. Run `kalka prepare`."),
    "core.root_key_readable_by_others": _("Others may read the root key. Give its file mode 0400."),
    "core.root_key_unusable": _("The root key is not a key of this system."),
    "core.passphrase_short": _("The passphrase is too short: at least {least} characters."),
    "core.passphrase_wrong": _("The passphrase is not right."),
}
