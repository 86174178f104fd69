from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "people.unknown_code": _("This answer is not in the list. Choose one from the list"),
    "people.birth_year_impossible": _("Write a year from {first} to {last}"),
    "people.birth_to_come": _("The day of birth cannot be in the future"),
    "people.birth_twice": _("The year does not fit the day of birth. Leave one of them out"),
    "people.age_impossible": _("Write an age from 0 to 120, or leave it out"),
    "people.too_many_names": _("At most {most} spellings of a name can be kept"),
    "people.too_long": _("Shorten this to {most} characters"),
    "people.phone_without_digits": _("Write the phone number in digits, or leave it out"),
    "people.hours_unclear": _("Choose the days and write both hours, like 09:00 and 12:00"),
    "people.changed_meanwhile": _(
        "Somebody else corrected this person meanwhile. Nothing was changed, your text is still here. Look "
        "at the new version, then send again."
    ),
    "people.unknown_relation": _("This relation is not in the list of that day. Choose one from the list"),
    "people.not_in_one_file": _("Choose different people of one case"),
    "people.ends_before_it_begins": _("The last day is before the first one"),
    "people.day_to_come": _("This day is in the future"),
    "people.search_too_short": _("Write at least {least} letters"),
    "people.pin_length": _("A personal number has fourteen digits. It was kept as written: check it once more"),
    "people.pin_sex": _(
        "The first digit of the personal number does not fit the sex. It was kept as written: check it once more"
    ),
    "people.pin_day": _(
        "The personal number holds no possible day of birth. It was kept as written: check it once more"
    ),
    "people.pin_other_birth": _(
        "The personal number holds another day of birth. It was kept as written: check it once more"
    ),
}
