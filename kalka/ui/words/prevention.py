from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "prevention.not_an_answer": _("Choose one of these"),
    "prevention.numbers_only": _("Of rounds of homes and of groups in a messenger only numbers are kept."),
    "prevention.too_long": _("Shorten this: at most {most} letters"),
    "prevention.day_unfit": _("Choose a day that has come, not earlier than the year 2000"),
    "prevention.figure_unfit": _("Write a number from {least} to {most}"),
    "prevention.bound_of_nothing": _("Write the number first, then how exact it is"),
    "prevention.parts_of_nothing": _("Write how many came in all as well"),
    "prevention.parts_exceed": _("By sex and age there are {parts}: more than came in all. Mend one of them."),
    "prevention.too_many_partners": _("Write at most {most} organisations"),
    "prevention.partner_unfit": _("Write the name of an organisation, at most {most} letters"),
    "prevention.no_numbers_of_people": _("Write the organisation alone, without a telephone or a personal number"),
    "prevention.nobody_on_roll": _("Write at least one name"),
    "prevention.roll_too_long": _("At most {most} names, each of at most {letters} letters"),
    "prevention.withdrawn_already": _("This event was taken back already. Nothing was changed."),
    "prevention.minors": _(
        "Photos with children are not kept here. Choose one with adults alone, or of the hall from behind."
    ),
    "prevention.no_picture": _("Choose a photo: JPEG or PNG"),
    "prevention.photo_is_kept": _("This photo is kept already. Nothing was changed."),
    "prevention.nothing_marked": _("Tick the places on the photo that must become unreadable"),
    "prevention.word_needed": _(
        "No face was found or marked. Look at the photo: mark whoever can be recognised, or say that nobody can be."
    ),
    "prevention.not_grades": _("Write the grades from 8 to 11, like 8-11 or 9, 10"),
}
