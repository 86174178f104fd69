from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "strongroom.no_words": _("This person has chosen no words for the strongroom yet. Nothing was given."),
    "strongroom.no_recovery": _(
        "There is no recovery key yet. Whoever runs Kalka makes one and parts it on paper first."
    ),
    "strongroom.recovery_there": _("There is a recovery key already. It was not touched."),
    "strongroom.recovery_wrong": _("This is not the recovery key of this post. Nothing was given."),
    "strongroom.key_there": _("This post has a key already. A present holder gives it to you."),
    "strongroom.post_without_key": _("One of these posts has no key yet, so nobody could open it. Nothing was kept."),
    "strongroom.not_in_the_post": _("This person does not hold the post today. Nothing was given."),
}
