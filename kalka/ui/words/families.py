from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "families.not_an_answer": _("Choose one of these"),
    "families.no_sign": _("Tick what worries you most"),
    "families.children_unfit": _("Write a number up to {most}"),
    "families.name_without_reason": _(
        "A name is written with her agreement or on a ground of the law alone. Say which, or leave the name out."
    ),
    "families.name_missing": _("Write the name, or choose «by code»"),
    "families.ground_missing": _("Say on which ground of the law the name is written"),
    "families.declined": _("She wants no more contact: leave the next day empty."),
    "families.document_missing": _("Say which document, and where it stands"),
    "families.not_agreed": _("Without her agreement nobody is told of her"),
    "families.day_to_come": _("This day is still to come"),
    "families.before_it_began": _("The family was noted later, {since}. Choose a day from then on."),
    "families.next_unfit": _("Choose a day from today on, within a year"),
    "families.too_long": _("Shorten this: at most {most} letters"),
    "families.not_a_colleague": _("Choose somebody of your committee"),
    "families.pair_is_whole": _("Two work on it already. Nobody else is told."),
    "families.nobody_left": _("Nobody else knows of this family yet. Choose who is asked instead of you."),
    "families.ended": _("The work with this family has ended. Nothing was changed."),
    "families.help_waits": _(
        "Somebody is still looking for help that you asked for. The work ends when they have said how it went."
    ),
    "families.crossed": _("Violence was told: whether it has passed is said by those who work on the report."),
    "families.no_name": _("No name stands there. Nothing was changed."),
    "families.nobody_to_name": _("Nobody is written down whose name it could be. Nothing was saved."),
    "families.was_asked": _("It is written down already what she says to this help."),
    "families.kept": _("Two members of a committee still work with the family. They say how their work ended."),
    "families.kept_until": _(
        "Two members of a committee still work with the family: they speak with her next on {next_on}. "
        "They say how their work ended."
    ),
    "families.work_waits": _("Help that the committee asked for, or asks her about, is still open: {number}"),
    "families.nobody_to_ask": _("Nobody who does social work in this place can be asked. Nothing was saved."),
}
