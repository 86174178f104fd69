from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "complaints.not_an_answer": _("Choose one of these"),
    "complaints.to_come": _("This is still to come. Now it is {now}. Check the day and the time."),
    "complaints.day_to_come": _("This day is still to come. Today is {today}."),
    "complaints.too_long": _("Shorten this: at most {most} letters"),
    "complaints.case_closed": _("This case is closed. Nothing was changed. Open it again first, then write this down."),
    "complaints.no_order_runs": _(
        "No order runs in this case. What you wrote is still here: write it down as an incident."
    ),
    "complaints.nobody_responsible": _(
        "No inspector is responsible for this place. Nothing was saved. Call the police, then tell your administrator."
    ),
    "complaints.before_the_call": _("She called on {called}: the answer cannot be before that"),
    "complaints.call_open": _("Her call during an order was not answered"),
    "complaints.watched_by_another": _("Only whoever leads, and was asked to see to it, can say this"),
    "complaints.nobody_answered": _("Nobody has answered her yet. Call her, or send somebody now."),
    "complaints.which_order": _("Choose which order it is about"),
    "complaints.nothing_told": _("Write what she says"),
    "complaints.before_the_paper": _("It was written on {since}: the answer cannot be before that"),
    "complaints.reason_missing": _("Write why, in words she can hold against you"),
    "complaints.answered": _("It was answered meanwhile. Nothing was changed. Look at the answer."),
    "complaints.not_asked": _("You are not asked for an answer to this"),
    "complaints.paper_open": _("A paper of hers was not answered"),
}
