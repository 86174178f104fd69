from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "training.not_an_answer": _("Choose one of these"),
    "training.number_outside": _("Write a number from {least} to {most}"),
    "training.too_long": _("Shorten this: at most {most} letters"),
    "training.name_missing": _("Write the name"),
    "training.nothing_told": _("Write this down"),
    "training.day_unlikely": _("Check the year"),
    "training.day_to_come": _("This day is still to come"),
    "training.names_and_number": _("There are {names} names. Leave the number empty, or write the same."),
    "training.not_a_phone": _("One of the telephones cannot be dialled. Write ten digits, or leave it out."),
    "training.not_numbers": _("Write numbers alone, with a space between them"),
    "training.term_before": _("The term is before the meeting. Check the day."),
    "training.programme_is_there": _("There is a programme of this name already. Choose it when you enter a course."),
    "training.course_is_there": _("You have entered this programme there on that day already."),
    "training.no_plan_here": _("A plan belongs to an interagency seminar-meeting alone. Nothing was saved."),
    "training.taken_back_already": _("It was taken back already. Nothing was changed."),
    "training.nobody_on_roll": _("Nobody's name is kept. Nothing was changed."),
    "training.no_roll": _("Write the names of the participants first: a certificate is for one person."),
    "training.cite_missing": _("Write which act sets it: without one no term stands here."),
    "training.no_organisation": _("Your post belongs to no organisation. Nothing was saved."),
}
