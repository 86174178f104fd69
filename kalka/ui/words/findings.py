from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "findings.not_an_answer": _("Choose one of these"),
    "findings.too_many": _("At most {most}. Nothing was saved."),
    "findings.not_then": _("This cannot have been then. Now it is {now}. Check the day and the time."),
    "findings.not_on_that_day": _("Choose a day from {first} to {last}"),
    "findings.nothing_told": _("Write down what you found"),
    "findings.too_long": _("Shorten this: at most {most} letters"),
    "findings.nobody_to_receive": _(
        "No post answers for this place. Nothing was saved. Call 111, and tell your administrator which post it is."
    ),
    "findings.own_part": _("You wrote this yourself: somebody else acknowledges it. Nothing was changed."),
    "findings.not_by_whom_it_names": _(
        "This person is said to have done it, or may be the one whom the report names. Such a person is shown nothing "
        "of it and cannot take it back."
    ),
    "findings.is_withdrawn": _("This report was taken back already. Nothing was changed."),
    "findings.unread": _("Nobody has read what a clinic or a school wrote to this case"),
}
