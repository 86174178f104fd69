from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "referrals.changed_meanwhile": _(
        "Somebody else wrote something down here meanwhile. Nothing of yours was saved, all that you wrote is still "
        "here. Look at what stands now, then save again."
    ),
    "referrals.not_an_answer": _("Choose one of these"),
    "referrals.too_long": _("Shorten this: at most {most} letters"),
    "referrals.no_need": _("Tick what is needed"),
    "referrals.need_is_there": _("This was written down before. Nothing was saved. Look at it in the case."),
    "referrals.case_closed": _("This case is closed. Nothing was saved. Open it again first."),
    "referrals.she_did_not_ask": _(
        "The person did not say that they want this help. Nothing was sent. Ask first, and write down what they say."
    ),
    "referrals.no_such_service": _(
        "This service does not help with it, or is closed. Nothing was sent. Choose another."
    ),
    "referrals.asked_already": _(
        "This service was asked for it before and has not finished. Nothing was sent. Look at that referral."
    ),
    "referrals.nobody_there": _(
        "This organisation has nobody here who could answer. Nothing was sent. Call them, or choose another."
    ),
    "referrals.consent_missing": _(
        "Without consent nobody is told. Nothing was sent. Say who agrees, and until which day."
    ),
    "referrals.nothing_handed": _("Write what they need to know, and nothing more"),
    "referrals.no_such_step": _(
        "This cannot be written down any more: the referral stands elsewhere by now. Nothing was changed."
        " Look at it again."
    ),
    "referrals.say_why": _("Write down why"),
    "referrals.track_is_there": _("This has begun before. Nothing was saved. Look at it in the case."),
    "referrals.day_to_come": _(
        "The day lies in the future. Nothing was saved. Write today ({today}) or an earlier day."
    ),
    "referrals.day_too_old": _("This is more than a year before it was begun here. Nothing was saved. Check the year."),
    "referrals.once_is_enough": _(
        "The person went through this once. Nothing was saved. If it must be done again, write why."
    ),
    "referrals.nobody_invited": _("Choose who is asked to come"),
    "referrals.too_many": _("At most {most}. Nothing was saved."),
    "referrals.not_that_day": _(
        "A conference is called for today or for the next half-year. Check the day and the time."
    ),
    "referrals.may_not_know": _(
        "Somebody of these may not know of the case. Nobody was asked. First comes a consent, or the team."
    ),
    "referrals.nothing_said": _("Write what was said"),
    "referrals.not_invited": _("Choose one of those who were asked to come"),
    "referrals.day_gone": _("The day has passed. Write today ({today}) or a later day."),
    "referrals.nothing_decided": _("Write what was decided"),
    "referrals.minutes_are_there": _("There are minutes of this conference. Nothing was changed."),
    "referrals.done_already": _("This was written down as done before. Nothing was changed."),
    "referrals.open": _("A referral is not finished"),
    "referrals.unmet": _("Help that the person wants was asked of nobody"),
}
