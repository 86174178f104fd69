from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "risk.not_alone": _("Ask nothing while somebody can listen. Nothing was assessed. Offer another place or time."),
    "risk.she_was_not_there": _("The person was not there, so the answers are somebody else's. Say whose."),
    "risk.not_an_answer": _("This answer is not on the list. Nothing was saved. Choose one of the answers shown."),
    "risk.reason_missing": _("Write the reason"),
    "risk.too_long": _("At most {most} characters fit here. Shorten the text; nothing is lost yet."),
    "risk.no_such_level": _("Choose one of the levels of this form"),
    "risk.only_upwards": _(
        "This level is lower than what the form says or what you judged. Nothing was saved. A level may only be raised."
    ),
    "risk.form_not_offered": _("This form is not in use here. Choose one from the list."),
    "risk.form_not_loaded": _("The text of the official form is not loaded. Choose another form from the list."),
    "risk.form_does_not_fit": _(
        "This form is not made for this case because of: {why}. Nothing was saved. Choose another form."
    ),
    "risk.form_changed": _("The form has changed since you judged. Nothing was saved. Begin the assessment again."),
    "risk.judgement_too_old": _(
        "You judged more than {hours} hours ago. Nothing was saved. Begin again: what was true then may have changed."
    ),
    "risk.already_confirmed": _("The level was already saved. Nothing was changed. Look at it in the case."),
    "risk.no_such_trigger": _("Nothing asks for a new assessment for this reason. Nothing was saved."),
    "risk.not_waiting": _("Nobody waits for a second person here any more. Nothing was changed."),
    "risk.not_by_oneself": _("A lower level needs a second person. Nothing was changed."),
    "risk.lead_alone": _("A lower level is agreed by a leading post alone. Nothing was changed."),
    "risk.overtaken": _(
        "Something happened since then, or the risk was assessed again. Nothing was changed. Look at the newest level."
    ),
    "risk.never_assessed": _("The risk was never assessed"),
    "risk.expired": _("The level of risk has expired, since {since}"),
    "risk.waiting": _("A lower level waits for a second person"),
    "risk.called": _("The risk must be assessed again: {what}"),
    "risk.no_such_slot": _("No place is kept for a form called {edition}. Nothing was put in."),
    "risk.form_there_already": _("The form {edition}, {version} is here already. An edition never changes."),
    "risk.form_not_in_force_yet": _(
        "The form {edition}, {version} is in force from {since} on. Nothing was put in. Put it in on that day."
    ),
    "risk.no_such_practice": _("This practice is not among those that can be taken over. Nothing was saved."),
    "risk.practice_needs_an_act": _("Name the act of your institution. Without one it is nobody's practice."),
    "risk.supervised": _(
        "The practice of your institution asks for supervision until {until}, and for {of} low assessments in person "
        "one after the other; so far: {found}"
    ),
    "risk.assessed_meanwhile": _(
        "Somebody else set a level in this case meanwhile. Yours was not saved, all that you wrote is still here. "
        "Look at the case, then save again."
    ),
}
