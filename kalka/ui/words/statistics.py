from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "statistics.unknown_indicator": _("There is no such indicator. Choose one from the list."),
    "statistics.unknown_breakdown": _("This indicator is not broken down in that way. Choose one from the list."),
    "statistics.unknown_period": _("There are no figures for that period. Choose one from the list."),
    "statistics.unknown_place": _(
        "There are no figures for that place. Choose the country or an oblast from the list."
    ),
    "statistics.only_by_year": _(
        "Within an oblast this breakdown is made for whole years only: month by month so few people would stand behind"
        " each figure that nothing could be shown. Choose a year that is over, or the country."
    ),
    "statistics.no_release": _("No figures have been published yet. The first ones come at the beginning of a month."),
    "statistics.release_running": _("Figures are being made just now. Wait until that has ended."),
    "statistics.release_given_up": _("Making these figures was stopped. Nothing was published. Start again."),
    "statistics.too_many_subjects": _(
        "These are more than {most} cases. Choose a shorter period, or look at the published figures."
    ),
    "statistics.purpose_missing": _("Write what you need the lines for. Nothing was sent."),
    "statistics.cap_outside": _("Write a number from 1 to {most}. Nothing was sent."),
    "statistics.no_second_person": _(
        "Nobody else may agree to this now: a second person is needed. Nothing was sent. Tell your administrator."
    ),
    "statistics.own_export": _("You asked for these lines yourself: somebody else decides. Nothing was changed."),
    "statistics.decided_already": _("This was decided already. Nothing was changed."),
    "statistics.reason_missing": _("Write why you refuse. Nothing was saved."),
    "statistics.not_the_asker": _("Only whoever asked may take the file."),
    "statistics.not_approved": _("A second person has not agreed to this. No file was made."),
    "statistics.export_closed": _("The seven days to take the file are over. Ask again."),
    "statistics.newer_release": _("A newer release has come since this was approved. No file was made. Ask again."),
    "statistics.more_than_cap": _(
        "There are more lines than the {most} that were asked for. No file was made. Ask for a shorter period or one"
        " oblast."
    ),
    "statistics.too_long_for_a_sheet": _("More than {most} lines do not go into an XLSX. Take the CSV."),
    "statistics.unknown_export": _("There is no such request."),
}
