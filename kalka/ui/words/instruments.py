from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "instruments.slot_is_empty": _(
        "No risk questionnaire is in use here yet. Nothing was changed. Tell your administrator."
    ),
}
