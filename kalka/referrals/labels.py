"""The words of the codes of this module."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.guide.rules import said
from kalka.guide.taxonomy import TAXONOMY
from kalka.referrals.practice import tracks
from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

URGENCIES: Labels = {"now": _("cannot wait"), "days": _("within days"), "later": _("can wait")}
WISHES: Labels = {
    "wants": _("wants it"),
    "not_now": _("not now"),
    "refuses": _("does not want it"),
    "met": _("has it already"),
    "not_asked": _("not asked yet"),
}
AGOS: Labels = {
    "h24": _("Less than a day ago"),
    "h72": _("One to three days ago"),
    "h120": _("Three to five days ago"),
    "later": _("More than five days ago"),
    "unknown": _("Not known"),
}
STEPS: Labels = {
    "sent": _("Sent, not seen yet"),
    "acknowledged": _("Seen, no answer yet"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "done": _("Help was given"),
    "no_show": _("Did not come"),
    "withdrawn": _("Withdrawn"),
    "rerouted": _("Sent elsewhere"),
}
# How a state is shown: chip kinds of the look.
CHIPS = {
    "sent": "open",
    "acknowledged": "open",
    "accepted": "good",
    "done": "good",
    "declined": "care",
    "no_show": "care",
    "withdrawn": "",
    "rerouted": "",
}
ACTIONS: Labels = {
    "acknowledged": _("We have seen it"),
    "accepted": _("We accept"),
    "declined": _("We cannot take this"),
    "done": _("Help was given"),
    "no_show": _("Did not come"),
    "withdrawn": _("Withdraw the referral"),
}
WHYS: Labels = {
    "full": _("No room, no free hours"),
    "not_for_her": _("Not for this person, or not for those who come along"),
    "not_ours": _("This is not what we do"),
    "closed": _("Closed for now"),
    "too_far": _("Too far away"),
    "no_means": _("No money or staff for it"),
    "other": _("Another reason"),
    "she_asked": _("The person asked for it"),
    "no_need": _("No longer needed"),
    "mistake": _("It was sent by mistake"),
    "consent": _("The consent was taken back or has ended"),
}
WARMS: Labels = {
    "together": _("Somebody goes along"),
    "call": _("By a call made together"),
    "message": _("Only in writing, here"),
}
KINDS: Labels = {
    "sexual_violence": _("Care after sexual violence"),
    "trafficking": _("Help after trafficking"),
}
BY: Labels = {
    "known": _("Somebody known"),
    "stranger": _("A stranger"),
    "several": _("Several people"),
    "unknown": _("Not known"),
}
OUTCOMES: Labels = {
    "done": _("Done"),
    "refused": _("The person does not want it"),
    "not_possible": _("It was not possible"),
}
WINDOWS: Labels = {
    "unset": _("hours not established"),
    "open": _("there is still time"),
    "maybe": _("perhaps there is still time"),
    "over": _("the hours have passed; a doctor still helps"),
}
TIMELINE: Labels = {
    "referrals.intake": _("What is needed was asked"),
    "referrals.chosen": _("The person's own choice"),
    "referrals.refused": _("The person does not want this help"),
    "referrals.sent": _("Referral: {need}"),
    "referrals.acknowledged": _("The referral was seen: {need}"),
    "referrals.accepted": _("The referral was accepted: {need}"),
    "referrals.declined": _("The referral was declined: {need}"),
    "referrals.done": _("Help was given: {need}"),
    "referrals.no_show": _("Did not come: {need}"),
    "referrals.withdrawn": _("The referral was withdrawn: {need}"),
    "referrals.rerouted": _("The referral went elsewhere: {need}"),
    "referrals.track_done": _("Done: {step}"),
    "referrals.track_refused": _("The person does not want it: {step}"),
    "referrals.track_not_possible": _("It was not possible: {step}"),
    "referrals.conference_called": _("A joint conference was called"),
    "referrals.conference_held": _("A joint conference was held"),
}


def choices(labels: Labels, *only: str) -> list[tuple[str, StrOrPromise]]:
    return [(code, words) for code, words in labels.items() if not only or code in only]


def need(code: str) -> str:
    """In the language of the page."""
    return said(TAXONOMY.needs[code].titles, _lang())[0]


def track_step(kind: str, code: str) -> str:
    return next((one.titles[_lang()] for one in tracks()[kind] if one.code == code), code)


def _lang() -> str:
    return (get_language() or "ky")[:2]
