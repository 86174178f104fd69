from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "library.not_an_answer": _("Choose one of these"),
    "library.taken_back_already": _("It was taken back already. Nothing was changed."),
    "library.line_unfit": _("Write this in one line, at most {most} letters"),
    "library.day_unfit": _("Choose a day that has come, not earlier than the year 2000"),
    "library.address_or_file": _("Give either an address on the internet or a file, one of the two"),
    "library.address_unfit": _("Write the whole address, like https://example.kg/page"),
    "library.copies_unfit": _("Write a number from 1 to {most}"),
    "library.person_in_name": _("Write the office or organisation alone, without a telephone or a personal number"),
    "library.story_unfit": _("Write the story, at most {most} letters"),
    "library.tells_of_somebody": _(
        "A telephone, a personal number or an address stands in it. It is marked below: take it out."
    ),
    "library.names_found": _(
        "Something that may be a name stands in it. It is marked below: take it out, or say that it is nobody's."
    ),
    "library.own_story": _("Another person must read your story. Nothing was changed."),
    "library.story_was_read": _("Somebody has read this story already. Nothing was changed."),
}
