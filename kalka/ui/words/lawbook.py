from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "datafile.refused": _("The file {file} cannot be used: {problem}. Nothing was changed. Correct the file."),
    "lawbook.no_such_key": _("The law book has no key {key}. `kalka law` lists the keys."),
    "lawbook.no_such_act": _("The law book has no act {act}."),
    "lawbook.not_in_force": _("{key}: no rule is known to be in force on {day}."),
    "lawbook.unset": _("The law does not set this, or its text was not seen: {key}. Nothing was decided."),
    "lawbook.bad_provision": _("The stored reference to the law cannot be read. Nothing was changed."),
}
