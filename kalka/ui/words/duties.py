from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "duties.already_ended": _(
        "This duty has ended already. Nothing was changed. Go back to Today to see what is next."
    ),
    "duties.not_yours": _(
        "This duty is with another post. Nothing was changed. Ask them, or the post that leads yours."
    ),
    "duties.ends_by_its_step": _(
        "This duty ends by doing it, not by ticking it off. Nothing was changed. Open it and do the step."
    ),
    "duties.law_is_not_waived_alone": _(
        "This duty rests on a law: only a leading post may let it go. Nothing was changed. Ask the post that leads "
        "yours, or hand the duty over."
    ),
    "duties.reason_missing": _("Write the reason"),
    "duties.post_out_of_reach": _("Choose a post of your organisation"),
    "duties.post_is_vacant": _("Nobody holds this post now. Choose another one"),
    "duties.still_open": _(
        "Something in this case must still be done. Nothing was changed. Look at the list of what is open."
    ),
    "duties.open": _("Not done yet: {title}"),
    "duties.late": _("Late, since {due}: {title}"),
}
