"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

ALONE: Labels = {
    "yes": _("Yes, we are alone"),
    "no": _("No"),
    "without": _("The person is not here: I answer from what is known"),
}
NEAR: Labels = {
    "no": _("No: far away, and cannot come in or hear us"),
    "yes": _("Yes, or I am not sure"),
}
ANSWERS: Labels = {
    "yes": _("Yes"),
    "no": _("No"),
    "unknown": _("I do not know"),
    "refused": _("No answer"),
    "na": _("Does not apply"),
}
REGISTER_ANSWERS: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not looked up")}
# The three things resolution No. 417 asks about.
OUTCOMES: Labels = {
    "recurrence": _("Violence goes on or comes again"),
    "serious_harm": _("Grave or very grave consequences"),
    "death": _("Danger of death"),
}
ALERTS: Labels = {
    "strangulation": _("There was choking. A doctor must look today, even when no mark is seen."),
    "injury": _("There is an injury that needs a doctor."),
    "victim_suicidality": _(
        "The protected person may end their own life. Do not leave them alone; agree now on who comes when they call."
    ),
    "children": _("Children are in it. Each child present is a victim and has a notice of its own."),
}
ALERT_KINDS: Labels = {
    "medical_referral": _("A doctor must look today."),
    "victim_safety": ALERTS["victim_suicidality"],
    "child_protection": ALERTS["children"],
    "prompt": _("The form points at something: look at the answers again."),
}
FACTS: Labels = {
    "relationship": _("the relation between the two"),
    "age": _("the age of the person"),
}
# What a court should know of any level.
LIMITS = (
    _("It is advice on protection, not evidence of guilt."),
    _("No instrument foretells well what one person will do; a low level does not mean safety."),
    _("It rests on what was told and recorded on the day named; the answers themselves are not shown."),
    _("The capacity of services plays no part in it."),
)
# What the registers counted, and is asked of nobody.
REGISTER: Labels = {
    "report_received": _("Reports about this family"),
    "incident": _("Facts of violence"),
    "order_registered": _("Protection orders"),
    "order_breached": _("Breaches of an order"),
    "found_guilty": _("Decisions that found the person guilty"),
    "released": _("Releases from detention"),
    "weapon_found": _("Weapons found"),
}
TIMELINE: Labels = {
    "risk.assessed": _("Risk assessed: {title}"),
    "risk.changed": _("Risk assessed: {title}, before {before}"),
    "risk.lifted": _("Level lifted to {title} until the risk is assessed again: {why}"),
    "risk.proposed": _("A lower level was proposed: {title} instead of {before}"),
    "risk.countersigned": _("A second person agreed to the lower level"),
    "risk.not_countersigned": _("A second person did not agree to the lower level"),
    "risk.not_alone": _("The person could not speak alone: not assessed"),
    "risk.called": _("The risk must be assessed again: {why}"),
}


def label(labels: Labels, code: str) -> StrOrPromise:
    return labels.get(code, code)


def choices(labels: Labels, *codes: str) -> list[tuple[str, StrOrPromise]]:
    return [(code, labels[code]) for code in codes or labels]


def alert(id: str, kind: str) -> StrOrPromise:
    return ALERTS.get(id) or ALERT_KINDS[kind]


class Named(tuple[str, ...]):
    """Codes that say themselves in words where a person reads them."""

    def __str__(self) -> str:
        return ", ".join(str(label(FACTS, code)) for code in self)
