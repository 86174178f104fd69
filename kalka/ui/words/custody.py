from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "custody.parts": _("At least {least} holders must be needed, no more than there are, and at most {most} can be."),
    "custody.part_misread": _("A word is missing or was misread. Nothing was lost: read the sheet out once more."),
    "custody.part_of_another": _(
        "This sheet is of another root key, or of an earlier parting. Look at its day and mark."
    ),
    "custody.part_twice": _("This sheet was read out already. Another holder is needed."),
    "custody.parts_do_not_fit": _("These sheets do not fit together. Nothing was written. Begin again."),
    "custody.not_a_ground": _("Nothing was asked: this is no ground to destroy a file. Grounds: {grounds}."),
    "custody.paper_to_come": _("Nothing was asked: the day of the decision is still to come."),
    "custody.paper_number": _("Nothing was asked: write the number of the decision, in letters, digits and hyphens."),
    "custody.case_open": _("The case is open, so nothing was destroyed. Whoever works on it closes it first."),
    "custody.asked_already": _("This was asked already. Nothing was done again."),
    "custody.second_person": _(
        "Whoever asked, and the same post, cannot agree to it. Somebody of another post is needed."
    ),
    "custody.decided_already": _("This was decided already. Nothing was done again."),
    "custody.no_second_step": _(
        "This needs somebody in a post, with a second step of sign-in by code. Set it up on the pages first."
    ),
}
