from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "instruments.no_such_edition": _("There is no form {edition} in this version. Choose one from the list."),
    "instruments.slot_is_empty": _(
        "The official form {edition} is not here yet, so nothing was computed. Put in the official file first."
    ),
    "instruments.unknown_item": _("The form {edition} has no such question. Nothing was computed."),
    "instruments.unknown_answer": _("The form {edition} does not know one of these answers. Nothing was computed."),
    "instruments.unknown_level": _("The form has no level {level}. Nothing was saved."),
    "instruments.judgement_lowers": _(
        "Your own level is lower than that of the form. A level may only be raised. To lower it, assess again."
    ),
    "instruments.not_official": _("The file {edition} is not marked as an official form. Nothing was put in."),
    "instruments.no_outcomes": _("It came to nobody, or to everybody: there is nothing to measure."),
    "instruments.golden_case_failed": _("The form {edition} does not meet its own examples. Nothing was put in."),
}
