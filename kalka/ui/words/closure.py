from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "closure.still_open": _(
        "The case cannot be closed yet: {number} things are open. Nothing was changed. They stand above this form."
    ),
    "closure.not_a_reason": _(
        "A withdrawn complaint, a reconciliation or a hearing of aksakals never closes a case. Choose what is true."
    ),
    "closure.unknown_reason": _("Choose one of these"),
    "closure.word_too_short": _("Write at least {least} letters: what was done, what is known"),
    "closure.word_too_long": _("Shorten this: at most {most} letters"),
    "closure.nobody_responsible": _(
        "No post is responsible for this place. Nothing was saved. Tell your administrator which post it is."
    ),
}
