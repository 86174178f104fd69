from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "lawbook.not_in_force": _(
        "The law set no such rule on {day}. Nothing was changed. Check the date, or ask your coordinator."
    ),
    "lawbook.no_such_key": _(
        "The law book of this installation does not have this rule. Nothing was changed. Tell your administrator."
    ),
}
