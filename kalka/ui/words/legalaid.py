from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "legalaid.case_closed": _("This case is closed. Nothing was changed. Open it again first."),
    "legalaid.not_an_answer": _("Choose one of these"),
    "legalaid.too_long": _("Shorten this: at most {most} letters"),
    "legalaid.day_unfit": _("Choose a day from today on, within a year"),
    "legalaid.day_to_come": _("This day is still to come"),
    "legalaid.not_her_side": _("Choose the person who suffered violence, or who speaks for a child."),
    "legalaid.is_appointed": _("An advocate was asked already. Nothing was changed."),
    "legalaid.both_sides": _("This office cannot take it. Nothing was saved. Choose an advocate of another office."),
    "legalaid.not_your_case": _("Another advocate was asked. Nothing was changed."),
    "legalaid.answered": _("It was answered already. Nothing was changed."),
    "legalaid.has_result": _("It was written down already how this ended. Nothing was changed."),
    "legalaid.nobody_to_appoint": _(
        "No post is responsible for this place. Nothing was saved. Tell your administrator which post it is."
    ),
    "legalaid.open": _("An advocate is sought, or works on it"),
    "legalaid.day_is_planned": _("This day is planned there already."),
    "legalaid.day_was_told": _("It was written down already what this day came to. Nothing was changed."),
    "legalaid.figure_unfit": _("Write a number, 0 or more"),
    "legalaid.minutes_unfit": _("Write the minutes, from 1 to {most}; 0 where nobody came"),
    "legalaid.not_in_team": _("This psychologist does not work on the case. Add the post to the team first."),
    "legalaid.waits_already": _("She is on the list of this office already. Nothing was changed."),
    "legalaid.waits_no_more": _("She is no longer on the list. Nothing was changed."),
    "legalaid.seats_unfit": _("Write how many can come, from 2 to {most}"),
    "legalaid.in_group": _("She is in this group already. Nothing was changed."),
    "legalaid.group_is_full": _("This group is full. Choose another one."),
}
