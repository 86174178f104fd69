from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "proceedings.case_closed": _("This case is closed. Nothing was changed. Open it again first."),
    "proceedings.not_an_answer": _("Choose one of these"),
    "proceedings.not_said_to_have_done_it": _("Choose somebody who is said to have done it"),
    "proceedings.no_such_ground_then": _("The law of that day does not know this ground. Look at the day."),
    "proceedings.article_unfit": _("Write the number of the article, for example 122 or 122-1"),
    "proceedings.no_bans": _("Tick which bans were not obeyed"),
    "proceedings.sessions_unfit": _("Write how many sessions were set, from 1 to {most}"),
    "proceedings.missed_unfit": _("Write how many were missed without a reason: from one to as many as were set"),
    "proceedings.not_warned": _("Write on which day he was warned. That he did not come is no evasion by itself."),
    "proceedings.which_reason": _("Write which reason it was"),
    "proceedings.where_she_is": _(
        "A telephone, an address, a school or a workplace of hers stands in these words, and he may read them. Leave it"
        " out."
    ),
    "proceedings.amount_unfit": _("Write the number, from 1 to {most}"),
    "proceedings.number_unfit": _("Choose the register and write the number, at most {most} letters"),
    "proceedings.has_a_number": _("It has a number of this register already. Nothing was changed."),
    "proceedings.day_to_come": _("This day is still to come"),
    "proceedings.moment_to_come": _("This moment is still to come"),
    "proceedings.before_it_began": _("It began on {day}. Choose that day or a later one."),
    "proceedings.too_long": _("Shorten this: at most {most} letters"),
    "proceedings.until_unfit": _("Choose a moment after the custody began"),
    "proceedings.freed_unfit": _("Choose a moment between the beginning and now"),
    "proceedings.is_held": _("This person is held already. Nothing was changed. Write down the release first."),
    "proceedings.is_free": _("This person is free already. Nothing was changed."),
    "proceedings.ended_meanwhile": _(
        "Somebody wrote down a decision meanwhile. Nothing was saved. Look at it and send again what is still true."
    ),
    "proceedings.planned_meanwhile": _(
        "Somebody wrote down another release meanwhile. Nothing was saved. Look at it, and send what is still true."
    ),
    "proceedings.nobody_responsible": _("Nobody answers for this place. Nothing was saved. Tell whoever leads you."),
    "proceedings.in_custody": _("Somebody is held, and the release is not written down"),
    "proceedings.running": _("Proceedings are running, or their end is not written down"),
}
