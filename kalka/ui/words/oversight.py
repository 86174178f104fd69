from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "oversight.unknown_code": _("This answer is not on the list. Nothing was saved. Choose one of the answers shown."),
    "oversight.note_missing": _("Write how you know. Nothing was saved yet."),
    "oversight.looked_at_already": _("Somebody has looked at this already. Nothing was changed."),
    "oversight.opening_not_over": _(
        "Nothing was opened here, or it is open still. It is looked at when it is over. Nothing was saved."
    ),
    "oversight.own_opening": _("You asked for this or agreed to it, so somebody else looks at it. Nothing was saved."),
}
