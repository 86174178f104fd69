"""For the programmers of other systems: what to change in what was sent."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "api.not_json": _("The body is not JSON in UTF-8. Nothing was saved."),
    "api.key_twice": _("A key stands twice in the same object. Nothing was saved."),
    "api.too_deep": _("The body is nested deeper than {most} levels. Nothing was saved."),
    "api.missing": _("This must be given."),
    "api.unknown_key": _("There is no such key. Remove it; the description lists the keys."),
    "api.unknown_code": _("This is not one of the codes of the description."),
    "api.too_long": _("At most {limit} characters fit here."),
    "api.broken_text": _("This text has a character that cannot be kept."),
    "api.wrong_form": _("This is not written in the form of the description."),
    "api.wrong_type": _("A value of another type is expected here."),
    "api.not_a_day": _("Write the day as 2024-08-07."),
    "api.not_a_moment": _("Write the moment with its offset, as 2024-08-07T09:30:00+06:00."),
    "api.too_many": _("At most {limit} entries fit here."),
    "api.out_of_range": _("The number is outside the range of the description."),
}
