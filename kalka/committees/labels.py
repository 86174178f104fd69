"""Words for the codes of this module."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalka.committees.rules import Answer, Approver, Channel, Handed, Hours, Office, Region, State, Step, Target
from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

OFFICES: Labels = {
    Office.CHAIR: _("Chair"),
    Office.DEPUTY: _("Deputy chair"),
    Office.SECRETARY: _("Secretary"),
    Office.MEMBER: _("Member"),
}
APPROVERS: Labels = {
    Approver.HEAD: _("Head of the ayil okmotu, or of the part of the city"),
    Approver.KENESH: _("Local kenesh"),
}
ANSWERS: Labels = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: _("I do not know")}
HANDED: Labels = {
    Handed.REGISTER: _("Register of families"),
    Handed.PAPERS: _("Papers and minutes"),
    Handed.STAMP: _("Stamp"),
    Handed.PLAN: _("Plan of the year"),
    Handed.DEVICE: _("Telephone or computer"),
    Handed.ACCESS: _("The old sign-in was shut"),
}
CHANNELS: Labels = {
    Channel.PERSON: _("Only face to face"),
    Channel.CALL: _("By telephone"),
    Channel.SMS: _("By SMS"),
    Channel.WHATSAPP: _("By WhatsApp"),
}
HOURS: Labels = {
    Hours.ANY: _("At any hour"),
    Hours.WORK: _("In working hours"),
    Hours.EVENING: _("In the evening"),
}
TARGETS: Labels = {
    Target.SITTINGS: _("Sittings to hold"),
    Target.CONTACTS: _("Contacts with families made in time, of 100"),
    Target.EVENTS: _("Meetings and other work with people"),
    Target.PEOPLE: _("People to be reached"),
    Target.TRAINED: _("Members who will have been trained"),
    Target.MATERIALS: _("Handbooks and leaflets to give out"),
}
STATES: Labels = {
    State.HAS: pgettext_lazy("committee", "works"),
    State.SLEEPING: pgettext_lazy("committee", "asleep"),
    State.LACKS: pgettext_lazy("committee", "none"),
}
# What the map counts.
DRAWN: Labels = {
    State.HAS: _("Committees that work, by raion and city"),
    State.SLEEPING: _("Committees that sleep, by raion and city"),
    State.LACKS: _("Aimaks, towns and cities without a committee, by raion and city"),
}
CHIPS = {State.HAS: "good", State.SLEEPING: "care", State.LACKS: "open"}
REGIONS: Labels = {
    Region.NORTH: _("North"),
    Region.SOUTH: _("South"),
    Region.OTHER: _("neither north nor south"),
}
# What the guide says of a step, why it is worth a minute, and where it is done.
STEPS: dict[Step, tuple[StrOrPromise, StrOrPromise, str]] = {
    Step.FOUNDING: (
        _("Write down the committee"),
        _("Since when it works and on whose proposal. One minute."),
        "committees:describe",
    ),
    Step.APPROVALS: (
        _("Write down who approved it"),
        _("The head and the local kenesh, with the number and the day of each paper."),
        "committees:approve",
    ),
    Step.MEMBERS: (
        _("Add the members"),
        _("At least three. Who has no telephone is a member like any other."),
        "committees:member_new",
    ),
    Step.OFFICES: (
        _("Choose a chair"),
        _("Somebody other than the secretary, if there is anybody."),
        "committees:office",
    ),
    Step.UNDERTAKINGS: (
        _("Let everybody sign to keep silent"),
        _("Print the paper, let the member sign it, write down the day."),
        "committees:undertaking",
    ),
    Step.WHO: (
        _("Write down who is who here"),
        _("The inspector, the feldsher, the head of the school: a name and a number for a night call."),
        "committees:who",
    ),
    Step.PLAN: (
        _("Plan the year"),
        _("Only the committee's own work: sittings, meetings, contacts in time."),
        "committees:plan",
    ),
    Step.SITTING: (
        _("Hold the first sitting"),
        _("How often a committee sits is set by no act that was found: you decide."),
        "sittings:new",
    ),
}
