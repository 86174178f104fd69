from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "places.not_found_by_name": _("No place of this name is in the list. Write it as the list does, or its code."),
    "places.name_of_several": _("Several places have this name. Write the code, or the raion too: {places}."),
    "places.code_twice": _("Code {code} stands in row {other} already."),
    "places.country_alone": _("Only the country lies in nothing: give the code of the unit this one lies in."),
    "places.parent_unknown": _("There is no unit with code {parent}, neither in this file nor here already."),
    "places.parent_too_low": _("Unit {parent} is of the same or a lower level, so this one cannot lie in it."),
    "places.parent_not_listed": _("The file covers this territory but lacks unit {parent}. Add its row."),
    "places.cycle": _("This unit and unit {parent} lie in each other."),
    "places.predecessor_unknown": _("There is no other unit with code {code} that could have come before."),
    "places.iso_unreadable": _("An ISO code looks like KG-O."),
    "places.ends_before_it_begins": _("The unit ends before it begins."),
    "places.vintage_missing": _(
        "The list does not say of which month it is. Nothing was changed. Add the month, like 2026-01."
    ),
    "places.vintage_mixed": _(
        "The list is of more than one month: {vintages}. Nothing was changed. Load one month at a time."
    ),
    "places.vintage_unreadable": _("This is not a month. Nothing was changed. Write it like 2026-01."),
    "places.vintage_to_come": _("This month is still to come. Nothing was changed. Check the month of the list."),
    "places.vintage_older": _(
        "A newer list, of {newest}, is loaded already. Nothing was changed. An older one cannot replace it."
    ),
}
