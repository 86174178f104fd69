from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "core.not_permitted": _("Your post does not allow this. Nothing was changed."),
}
