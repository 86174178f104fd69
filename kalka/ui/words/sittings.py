from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "sittings.not_an_answer": _("Choose one of these"),
    "sittings.day_too_far": _("Check the day: a sitting is called at most a year ahead"),
    "sittings.no_words_about_a_case": _(
        "About a family nothing is written here but the code, the measure, who answers for it and the term."
    ),
    "sittings.item_is_there": _("This case stands on the agenda already. Nothing was added."),
    "sittings.no_consent": _(
        "She has not agreed that the committee speaks of it, or took it back. Nothing was added. "
        "Whoever works with her asks her first."
    ),
    "sittings.consent_is_over": _("She took her consent back. Nothing was decided. Go on to the next item."),
    "sittings.conflicted": _("This member declared a conflict of interest here. Choose somebody else."),
    "sittings.answers_for_it": _(
        "This member answers already for what was decided here. First write down that somebody else does."
    ),
    "sittings.conflict_is_there": _("This conflict is written down already."),
    "sittings.term_out_of_reach": _("Choose a day from the sitting on, within two years"),
    "sittings.som_missing": _("Write how much in som"),
    "sittings.too_long": _("Shorten this: at most {most} letters"),
    "sittings.words_missing": _("Write what is to be done"),
    "sittings.not_yet": _("The day of the sitting has not come. Nothing was saved."),
    "sittings.not_a_member": _("Mark who came, of the members of the committee"),
    "sittings.nobody_came": _("First mark who came. Nothing was saved."),
    "sittings.was_held": _("It was written down who came: this sitting cannot be called off. Close it instead."),
    "sittings.is_over": _("This sitting is over. Nothing was changed. What is wrong is corrected beside the minutes."),
    "sittings.no_quorum": _(
        "Too few came to decide on this: {came} of {members}. Nothing was saved. Take it up at the next sitting."
    ),
    "sittings.no_minutes_yet": _("The minutes can be printed once the sitting is closed."),
    "sittings.count_unfit": _("Write a number from 0 to {most}"),
    "sittings.more_done_than_decided": _("More was done than was decided: check the two numbers"),
    "sittings.day_unfit": _("Choose a day from the sitting on, and not one to come"),
    "sittings.decided_and_open": _("A committee decided on help and has not said how it went: {number}"),
    "sittings.decision_is_over": _("It is written down already what became of this decision."),
}
