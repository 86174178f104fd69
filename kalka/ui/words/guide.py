from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "guide.words_missing": _("Write this in Kyrgyz and in Russian."),
    "guide.too_long": _("This is too long: at most {most} letters."),
    "guide.not_on_the_list": _("Choose at least one of the list."),
    "guide.no_telephone": _("This is no telephone number. Write one on each line, only figures."),
    "guide.no_way_to_come": _("Write a telephone, or choose a place where people can come."),
    "guide.hours_unfit": _("These hours cannot be read. Write them like 09:00 and 18:00, and choose the days."),
    "guide.address_must_not_be_known": _("A place that must not be known has no address here. Leave it empty."),
    "guide.provider_is_there": _("This organisation stands in the directory already."),
    "guide.changed_meanwhile": _(
        "Somebody else has changed this entry meanwhile. Your text is below: compare it with the entry, and save again."
    ),
    "guide.shelter_has_no_address": _(
        "A safe place to sleep has no address here. Choose a place that nobody may know, or none."
    ),
    "guide.feed_unfit": _("This is no directory in HSDS 3.0: neither the document (JSON) nor its tables (ZIP)."),
    "guide.feed_rows_unfit": _("Nothing was taken. By its number in the file, what is wrong in each: {rows}"),
}
