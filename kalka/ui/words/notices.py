from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "notices.changed_meanwhile": _(
        "Somebody else wrote something down here meanwhile. Nothing of yours was saved, all that you wrote is still "
        "here. Look at what stands now, then save again."
    ),
    "notices.unknown_kind": _("There is no message of this kind. Nothing was sent. Tell the administrator."),
    "notices.way_unknown": _("Choose one of these ways"),
    "notices.address_unfit": _("This address cannot be right. For SMS the number of the file is used: leave it empty."),
    "notices.not_chosen": _("She was not asked yet how she wants to be told, or wants no message. Nothing was sent."),
    "notices.no_such_code": _("This code was used, has run out or is not right."),
}
