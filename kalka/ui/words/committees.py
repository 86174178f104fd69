from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "committees.day_to_come": _("This day is still to come"),
    "committees.ends_before_it_begins": _("The last day comes before the first"),
    "committees.proposed_after_founding": _("It was proposed after it was founded: check both days"),
    "committees.not_an_answer": _("Choose one of these"),
    "committees.too_long": _("Shorten this: at most {most} letters"),
    "committees.words_missing": _("Write it in Kyrgyz, Russian and English"),
    "committees.name_missing": _("Write the name"),
    "committees.not_a_unit": _("A committee is for an aimak, a town, a city or a part of one. Choose one of these."),
    "committees.outside_territory": _("This place is not in your territory. Nothing was saved."),
    "committees.unit_has_one": _("There is a committee whose term runs. Nothing was saved."),
    "committees.approved_already": _("This approval is written down already. Nothing was changed."),
    "committees.office_twice": _("Row {first} names somebody for this office already. One person holds it at a time."),
    "committees.office_is_held": _("Somebody holds this office. Nothing was saved. Hand it over from their page."),
    "committees.signed_already": _("It was written down already that it was signed. Nothing was changed."),
    "committees.secretary_by_administrator": _(
        "The secretary's sign-in goes with her post: the administrator appoints the next one. Nothing was changed."
    ),
    "committees.no_such_project": _("No project is called like this. Write its name as it stands in the system."),
    "committees.no_device": _("Only the tasks of a member without a device are entered here. Nothing was changed."),
}
