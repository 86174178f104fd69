from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "results.not_a_day": _("This is not a day. Write it like 07.08.2024."),
    "results.ends_before_it_begins": _("The last day lies before the first."),
    "results.not_a_quarter": _("Choose one of the quarters."),
    "results.quarter_unfit": _("A report is sent of a quarter that is over, up to two years back."),
    "results.already_read": _("This report was read above already. Write to whoever read it if a figure is wrong."),
    "results.unknown_indicator": _("There is no such figure."),
    "results.unknown_scope": _("There are no such committees."),
}
