from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "support.case_closed": _("This case is closed. Nothing was changed. Open it again first."),
    "support.not_an_answer": _("Choose one of these"),
    "support.say_more": _("Write a little more, so that somebody else can understand it"),
    "support.too_long": _("Shorten this: at most {most} letters"),
    "support.nothing_written": _("Nothing is written yet. Fill in one of the fields."),
    "support.day_to_come": _("This day is still to come"),
    "support.day_unfit": _("Choose a day from today on, within a year"),
    "support.owner_not_in_team": _("Choose a post of the team that helps in this case."),
    "support.goal_ended": _("This goal has ended already. Nothing was changed."),
    "support.actions_stand": _("Something is still to be done for this goal. Write down first how that went."),
    "support.action_ended": _("It was written down already how this went. Nothing was changed."),
    "support.changed_meanwhile": _(
        "Somebody else has changed the safety plan meanwhile. Your text is below: open the plan anew, and add to it."
    ),
    "support.she_declined": _("She wants no more contact: leave the next day empty."),
    "support.nobody_to_ask": _("Only somebody in a post can do this. Nothing was saved."),
    "support.minutes_unfit": _("Write the minutes, from 1 to {most}"),
    "support.som_unfit": _("Write how much money it was"),
    "support.not_your_service": _("Only whoever noted it can say that it was a mistake."),
    "support.service_void": _("It was said already that this was a mistake. Nothing was changed."),
    "support.too_few_attempts": _(
        "Too few attempts are written down: at least {least}, on different days of the last three months."
    ),
    "support.no_such_contact": _("No contact in which she said so is written down."),
    "support.second_is_asked": _("A second person was asked already, and has not decided yet."),
    "support.no_second_person": _("Nobody else of the team could agree. Add somebody to the team first."),
    "support.own_reason": _("You asked for it yourself, or sit in the same post. Somebody else decides."),
    "support.decided": _("It was decided already. Nothing was changed."),
    "support.no_such_ticket": _("This code was used, has run out or is not right. Look at the slip once more."),
    "support.no_word": _("Her own word on safety is not written down, nor why there is none"),
    "support.not_safe": _("By her own last word she is not safe"),
}
