from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "followup.not_an_answer": _("Choose one of these"),
    "followup.visit_to_come": _(
        "A visit that is still to come cannot be noted. Now it is {now}. Check the day and the time."
    ),
    "followup.too_long": _("Shorten this: at most {most} letters"),
    "followup.not_in_his_presence": _(
        "She could not speak alone: her words are not taken down, and no answer is read out of them. Say that you do"
        " not know, and come again."
    ),
    "followup.ask_by_another": _("She is asked by somebody else than whoever made the visit"),
    "followup.nothing_told": _("Write what was wrong or missing"),
    "followup.case_closed": _("This case is closed. Nothing was changed. Open it again first, then note the visit."),
    "followup.not_met": _("At the last visit the protected person was not met"),
    "followup.order_broken": _("At the last visit the order was broken, and nobody went there since"),
    "followup.nobody_to_visit": _(
        "No post is responsible for this place. Nothing was saved. Tell your administrator which post it is."
    ),
}
