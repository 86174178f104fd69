from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "notices.unknown_kind": _("There is no message of this kind. Nothing was sent. Tell the administrator."),
}
