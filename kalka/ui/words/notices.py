from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "notices.unknown_kind": _("There is no message of this kind. Nothing was sent. Tell the administrator."),
    "notices.way_unknown": _("Choose one of these ways"),
    "notices.address_unfit": _("This address cannot be right. For SMS the number of the file is used: leave it empty."),
    "notices.no_such_code": _("This code was used, has run out or is not right."),
}
