from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "intake.unknown_code": _("Choose one of the answers given."),
    "intake.broken_text": _("This text has a character that cannot be kept. Write it again, do not paste it."),
    "intake.too_long": _("At most {limit} characters fit here. Shorten the text by {over}; nothing is lost yet."),
    "intake.no_such_day": _("There is no such day. Write the day, the month and the year, or the year alone."),
    "intake.future": _("This day has not come yet: today is {today}."),
    "intake.too_old": _("The year is before {year}. Check it."),
    "intake.children_count": _("Write how many children there are, from 1 to {most}, and answer «Yes» above."),
    "intake.nothing_told": _("Write in a few words what was told."),
    "intake.anonymous_named": _(
        "The person does not want to be named. Remove the name and the number, or choose who told."
    ),
    "intake.unknown_place": _("This place is not in the list of territories. Choose another."),
    "intake.reason_short": _("Write the reason in at least {least} letters."),
    "intake.nobody_to_look": _("No post looks at reports there. Tell your coordinator; what you wrote is still here."),
    "intake.already_decided": _("What becomes of this report has been said already. Nothing was changed."),
    "intake.nobody_there": _("There is no such post for this territory. Choose another."),
    "intake.passed_to_itself": _("The report is with this post already. Choose another."),
    "intake.reporter_unknown": _("Nobody wrote down who told this. There is nothing to open."),
    "intake.reporter_shown": _("It was shown once already. To see it again, give a reason again."),
    "intake.not_a_row_number": _("This is no row number. Copy one from an empty row of the template."),
    "intake.row_number_twice": _("This row number stands in the file twice. Take another from the template."),
    "intake.row_differs": _(
        "A report with this row number is there already and says something else. Reports are not changed: take a new"
        " number for a new report, or add a correction to the old one."
    ),
}
