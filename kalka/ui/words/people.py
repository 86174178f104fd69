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
    "people.search_budget_spent": _(
        "You have made the {most} searches of a day: nothing was looked for. This is an internal rule, not law. "
        "It keeps anybody from going through the files. It begins anew {again}. If somebody is in danger now, "
        "choose that below; your head can give you more for today."
    ),
    "people.search_emergencies_spent": _(
        "You have searched {most} times in an emergency today: nothing was looked for. Call 102, or whoever "
        "leads your office."
    ),
    "people.search_reason_owed": _(
        "Nothing was looked for. You searched in an emergency before and have not written why. Write it, then "
        "search again."
    ),
    "people.search_reason_missing": _("Write why you search"),
    "people.search_reason_given": _("Why was written already. Nothing was changed."),
    "people.duty_ended": _("This duty has ended: it is no reason to search any more. Choose another, or write why."),
    "people.purpose_closed": _(
        "This case is closed: it is no reason to search any more. Search from an open one, or write why."
    ),
    "people.searches_left": _("You still have searches today. Nobody was asked."),
    "people.nobody_leads": _("Nobody leads above your post here. Nobody was asked."),
    "people.own_searches": _("You asked for this yourself, so somebody else decides."),
    "people.answered_already": _("This was decided already. Nothing was changed."),
    "people.pair_reason_missing": _("Write how you know, or why you cannot say"),
    "people.pair_said_already": _("This was said already. Nothing was changed."),
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
    "people.pair_said_meanwhile": _(
        "Somebody else answered from this file meanwhile: read it below. Yours was not saved, all that you wrote is "
        "still here. Save again if it still holds."
    ),
}
