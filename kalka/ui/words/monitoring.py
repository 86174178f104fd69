from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "monitoring.case_closed": _("This case is closed. Nothing was saved. Open it again first."),
    "monitoring.no_law_then": _("The law book knows no such monitoring for {day}. Nothing was saved. Check the day."),
    "monitoring.too_long": _(
        "The law of that day allows {months} months, until {last}. Nothing was saved. Check the last day."
    ),
    "monitoring.not_who_decides": _(
        "By the law of that day somebody else decides on this. Nothing was saved. Look at the paper again."
    ),
    "monitoring.no_ban": _("Choose at least one ban or limit. Nothing was saved."),
    "monitoring.unknown_code": _("This answer is not on the list. Nothing was saved. Choose from those shown."),
    "monitoring.too_long_text": _("Shorten this: at most {most} letters. Nothing was saved."),
    "monitoring.day_to_come": _("The day lies in the future. Nothing was saved. Write today ({today}) or earlier."),
    "monitoring.time_to_come": _(
        "This lies in the future. Now it is {now}. Nothing was saved. Check the day and the time."
    ),
    "monitoring.starts_before_decision": _(
        "It cannot begin before it was decided ({on}). Nothing was saved. Check the first day."
    ),
    "monitoring.starts_too_late": _("The first day is more than a year later. Nothing was saved. Check the year."),
    "monitoring.ends_before_start": _(
        "The last day lies before the first ({starts}). Nothing was saved. Check the year."
    ),
    "monitoring.not_said_to_have_done_it": _(
        "In this case nobody says that this person did it. Nothing was saved. Add them to the case in that part first."
    ),
    "monitoring.no_device": _("Write the number of the device as it stands on it. Nothing was saved."),
    "monitoring.device_taken": _(
        "A device of this number already watches somebody. Nothing was saved. Compare the number with the device."
    ),
    "monitoring.no_such_device": _("No device of this number watches anybody here."),
    "monitoring.did_not_run_then": _(
        "The monitoring runs from {starts} to {last}. Nothing was saved. Check the day and the time."
    ),
    "monitoring.lifted_already": _("Somebody has already written down that it was lifted. Nothing was changed."),
    "monitoring.answered_already": _(
        "Somebody has already answered this signal. Look at what they found; add a note if there is more."
    ),
    "monitoring.say_what_was_found": _("Write what was seen and done. Nothing was saved."),
    "monitoring.reason_missing": _("Write why it was lifted. Nothing was saved."),
    "monitoring.nobody_responsible": _(
        "Nobody answers for this place. Nothing was saved. Tell whoever leads: a signal would reach nobody."
    ),
    "monitoring.running": _("Somebody is still watched electronically, until {until}."),
    "monitoring.bans_run": _("Bans and limits of a court run until {until}."),
    "monitoring.say_until": _(
        "For bans alone the law that was seen names no longest term. Nothing was saved. Write the last day that "
        "stands on the paper."
    ),
    "monitoring.ends_too_late": _("The last day is more than {most} days later. Nothing was saved. Check the year."),
    "monitoring.nothing_is_to_watch": _("Nothing watches here: it is bans alone. Nothing was saved."),
    "monitoring.signals_refused": _(
        "The centre that watches the devices sent signals that could not be taken in: of a device that watches nobody "
        "here, or of an unknown kind. The log names why. Let whoever leads the police compare the devices today."
    ),
    "monitoring.unanswered": _("A signal of the monitoring has no answer yet."),
}
