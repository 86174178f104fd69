from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "simulate.real_cases": _(
        "Invented cases never stand beside real ones. Nothing was written. Use an empty installation and --into-empty."
    ),
    "simulate.nobody_there": _(
        "No place has both a social worker and a police inspector. Create the posts and appoint people first."
    ),
    "simulate.another_staff": _(
        "Posts or places have changed since these cases were begun. Go on with the same posts, or use another --seed."
    ),
    "simulate.too_early": _("On {first} other people held these posts, or nobody did. Choose a later first day."),
}
