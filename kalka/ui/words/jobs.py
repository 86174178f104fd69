from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "jobs.args_are_ids": _(
        "This work was not started: it was given something that is not a number or a code. Nothing was "
        "changed. Tell the administrator."
    ),
    "jobs.unknown_kind": _("The system does not know this kind of work. Nothing was changed. Tell the administrator."),
    "jobs.already_ended": _("This work has ended already. There is nothing to stop."),
    "jobs.actor_may_no_longer": _(
        "The work was stopped: whoever asked for it no longer holds the post. What was done before stays."
    ),
    "jobs.unexpected": _(
        "The work failed several times and was given up. What was done before stays. Tell the administrator."
    ),
    "jobs.worker_is_away": _(
        "Nothing has run by itself since {since}: no message leaves, nothing late moves up, no signal is passed on. "
        "See to it that the worker runs."
    ),
    "jobs.worker_lost": _(
        "The work broke off several times and was given up. What was done before stays. Tell the administrator."
    ),
}
