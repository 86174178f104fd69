"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

WHO: Labels = {"woman": _("A woman"), "man": _("A man")}
SUITS: Labels = {
    "woman": _("A woman"),
    "man": _("A man"),
    "children": _("With children"),
    "sons_over_12": _("With sons over 12"),
    "disability": _("With a disability"),
    "pets": _("With a pet"),
}
NEEDS: Labels = {code: SUITS[code] for code in ("sons_over_12", "disability", "pets")}
BEDS: Labels = {
    "free": _("free"),
    "hold": _("held"),
    "stay": _("taken"),
    "closed": _("out of use"),
}
CHIPS = {"free": "good", "hold": "care", "stay": "", "closed": "open"}
HOLDS: Labels = {
    "running": _("held"),
    "arrived": _("she arrived"),
    "released": _("given up"),
    "expired": _("the time is over"),
}
TIMELINE: Labels = {
    "shelters.held": _("A place in a shelter was held"),
    "shelters.released": _("The place in a shelter was given up"),
    "shelters.expired": _("Nobody came in time to the place in a shelter"),
    "shelters.arrived": _("Arrived in a shelter"),
    "shelters.left": _("Left the shelter"),
}
WHY_CLOSED: Labels = {
    "repair": _("Repair"),
    "illness": _("An illness in the house"),
    "staff": _("Nobody to work there"),
    "known": _("Somebody found out where it is"),
}
REASONS: Labels = {
    "no_place": _("No place was free"),
    "too_many_children": _("No place for so many children"),
    "sons_over_12": _("No place for sons over 12"),
    "disability": _("No place that can be reached with a disability"),
    "pets": _("No place with a pet"),
    "man": _("No place for a man"),
    "known_here": _("The person she flees from knows the place"),
    "illness": _("An illness the house cannot care for"),
    "addiction": _("An addiction the house cannot care for"),
    "too_far": _("The free place was too far away"),
    "other": _("Another reason"),
}
LONGER: Labels = {
    "not_safe": _("It is not safe yet"),
    "court": _("A court or an investigation goes on"),
    "papers": _("Papers are not there yet"),
    "housing": _("Work or a home is not found yet"),
    "health": _("Health"),
    "other": _("Another reason"),
}
WHERE: Labels = {
    "home": _("To her own home, where the other person is no more"),
    "relatives": _("To relatives or friends"),
    "rented": _("To a home of her own, rented or given"),
    "other_shelter": _("To another shelter"),
    "hospital": _("To a hospital"),
    "back": _("Back to the person she fled from"),
    "abroad": _("To another country"),
    "other": _("Somewhere else"),
    "unknown": _("She did not say"),
}
GROUPS: Labels = {
    "north": _("The north"),
    "south": _("The south"),
    "elsewhere": _("Other regions"),
    "country": _("The whole country"),
}
SEXES: Labels = {
    "f": _("Woman or girl"),
    "m": _("Man or boy"),
    "other": _("Other"),
    "unknown": _("Sex not known"),
}
BANDS: Labels = {
    "0-6": _("0–6 years"),
    "7-13": _("7–13 years"),
    "14-17": _("14–17 years"),
    "18-24": _("18–24 years"),
    "25-34": _("25–34 years"),
    "35-44": _("35–44 years"),
    "45-59": _("45–59 years"),
    "60+": _("60 years and older"),
    "unknown": _("Age not known"),
}
CHILD_BANDS: Labels = {code: BANDS[code] for code in ("0-6", "7-13", "14-17", "unknown")}


def pairs(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())


def named(labels: Labels, codes: object) -> str:
    """The words of several codes, in their order."""
    wanted = set(codes) if isinstance(codes, (list, tuple, set, frozenset)) else {codes}
    return ", ".join(str(words) for code, words in labels.items() if code in wanted)
