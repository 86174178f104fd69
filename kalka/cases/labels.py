"""The words of the codes of this module."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

KINDS: Labels = {"violence": _("Violence"), "at_risk": _("Family at risk")}
STAGES: Labels = {
    "open": _("Open"),
    "follow_up": _("Follow-up"),
    "closed": _("Closed"),
}
PARTS: Labels = {
    "protected": _("Person who suffered violence"),
    "alleged": _("Person said to have committed violence"),
    "child": _("Child who was present (victim)"),
    "guardian": _("Guardian or representative"),
    "other": _("Other person"),
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
BY_WHOM: Labels = {
    "anyone": _("Anybody of the service"),
    "woman": _("Only a woman"),
    "known_worker": _("Only the worker she knows"),
}
NEVER: Labels = {
    "sms": _("SMS"),
    "messenger": _("Messenger"),
    "call": _("Call"),
    "voicemail": _("Message on the answering machine"),
    "letter": _("Letter"),
    "visit": _("Visit at home"),
    "through_family": _("Through the family"),
    "through_child": _("Through a child"),
    "through_neighbours": _("Through neighbours"),
}
HOURS: Labels = {
    "morning": _("Weekdays, 9:00–13:00"),
    "afternoon": _("Weekdays, 13:00–18:00"),
    "evening": _("Weekdays, 18:00–21:00"),
    "weekend": _("Saturday and Sunday, 10:00–18:00"),
    "always": _("At any time"),
}
DOMAINS: Labels = {
    "seeing": _("Seeing, even with glasses"),
    "hearing": _("Hearing, even with a hearing aid"),
    "walking": _("Walking or climbing steps"),
    "remembering": _("Remembering or concentrating"),
    "self_care": _("Washing or dressing"),
    "communicating": _("Understanding and being understood"),
}
DIFFICULTIES: Labels = {
    "none": _("No difficulty"),
    "some": _("Some difficulty"),
    "a_lot": _("A lot of difficulty"),
    "cannot": _("Cannot do it at all"),
    "unknown": _("Not known"),
}
WALL_WHYS: Labels = {
    "knows": _("Knows somebody in the case"),
    "kin": _("Is related to somebody in the case"),
    "self": _("Is somebody in the case"),
    "other": _("Another conflict"),
}
WALL_FOUND: Labels = {
    "alleged": _("Is said to have committed the violence"),
    "matched": _("Found by the system"),
    "declared": _("said so"),
    "lead": _("shut out by a leading post"),
}
GLASS_STATES: Labels = {
    "waiting": _("waits for a second person"),
    "refused": _("not agreed to"),
    "lapsed": _("nobody agreed in time"),
    "open": _("open"),
    "over": _("over"),
}
GBV_TYPES: Labels = {
    "rape": _("Rape"),
    "sexual_assault": _("Sexual assault"),
    "physical_assault": _("Physical assault"),
    "forced_marriage": _("Forced marriage"),
    "denial_of_resources": _("Denial of money, food or help"),
    "psychological_abuse": _("Psychological violence"),
}
QUESTIONS: Labels = {
    "penetration": _("Was there penetration against the person's will?"),
    "sexual_contact": _("Was there other unwanted sexual contact?"),
    "physical": _("Was there physical violence?"),
    "forced_marriage": _("Was it a forced marriage?"),
    "resources": _("Were money, food, work or help denied?"),
    "psychological": _("Was there psychological violence?"),
}
ANSWERS: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
CONTEXTS: Labels = {
    "intimate_partner": _("Violence by a husband, wife or partner"),
    "child_sexual_abuse": _("Sexual violence against a child"),
    "child_marriage": _("Child marriage"),
    "bride_kidnapping": _("Bride kidnapping"),
    "trafficking": _("Human trafficking"),
    "sexual_exploitation": _("Sexual exploitation"),
    "harmful_tradition": _("Harmful tradition"),
    "in_laws": _("Violence by relatives by marriage"),
    "elder_abuse": _("Violence against an older person"),
}
SIGNS: Labels = {
    "weapon": _("There was a weapon, a knife or another object to strike with"),
    "threat_to_kill": _("There was a threat to kill"),
}
PRECISIONS: Labels = {
    "day": _("The day is known"),
    "month": _("Only the month is known"),
    "year": _("Only the year is known"),
    "reported": _("Only the day it was told is known"),
}
PURPOSES: Labels = {
    "social": _("Social help"),
    "medical": _("Medical help"),
    "psychological": _("Psychological help"),
    "legal": _("Legal help"),
    "shelter": _("Shelter"),
    "material": _("Money and things"),
    "committee": _("Discussion in the local committee"),
    "programme": _("Programme for the person who committed violence"),
}
SCOPES: Labels = {
    "duties": _("Only the code of the case and what is to be done"),
    "orders": _("Orders and complaints"),
    "file": _("The whole case"),
}
CIRCLES: Labels = {
    "team": _("The team of the case"),
    "psychologist": _("Psychologist's own note"),
    "lawyer": _("Lawyer's own note"),
    "medical": _("Medical note"),
}
DEMANDERS: Labels = {
    "investigator": _("Investigator"),
    "court": _("Court"),
    "prosecutor": _("Prosecutor"),
    "advocate": _("Advocate of a party"),
    "other": _("Other"),
}
SAYINGS: Labels = {
    "withdrawal": _("The complaint was withdrawn"),
    "reconciliation": _("The parties were reconciled"),
    "aksakal_hearing": _("The court of aksakals heard it"),
}
MEMBER_WHYS: Labels = {
    "opened": _("Opened the case"),
    "responsible": _("Responsible for the place"),
    "coordinates": _("Coordinates the help"),
    "child": _("Protects the child"),
    "works": _("Works on the case"),
    "handed_over": _("Took the work over"),
}
TIMELINE: Labels = {
    "cases.opened": _("The case was opened"),
    "cases.follow_up": _("The case went to follow-up"),
    "cases.closed": _("The case was closed"),
    "cases.reopened": _("The case was opened again"),
    "cases.incident": _("Incident of violence"),
    "cases.incident_amended": _("The incident was described more fully"),
    "cases.child": _("A child was registered as a victim"),
    "cases.consent": _("Consent was given"),
    "cases.consent_withdrawn": _("Consent was withdrawn"),
    "cases.note": _("Note"),
    "cases.closed_note": _("Professional note, closed to the team"),
    "cases.demand": _("Demand for a note"),
    "cases.attachment": _("A file was attached"),
    "cases.withdrawal": _("The complaint was withdrawn"),
    "cases.reconciliation": _("The parties were reconciled"),
    "cases.aksakal_hearing": _("The court of aksakals heard it"),
}


def label(labels: Labels, code: str) -> StrOrPromise:
    return labels.get(code, code)


def wall_why(code: str) -> str:
    """«Knows somebody in the case, said so»."""
    how, _dot, why = code.partition(".")
    return ", ".join(str(words) for words in (WALL_WHYS.get(why), WALL_FOUND.get(how)) if words)


def choices(labels: Labels, *codes: str) -> list[tuple[str, StrOrPromise]]:
    """All of them, or those named, in the order named."""
    return [(code, labels[code]) for code in codes or labels]


class Named(tuple[str, ...]):
    """Codes that say themselves in words where a person reads them."""

    labels: Labels

    @classmethod
    def of(cls, labels: Labels, codes: Iterable[str]) -> "Named":
        named = cls(codes)
        named.labels = labels
        return named

    def __str__(self) -> str:
        return ", ".join(str(label(self.labels, code)) for code in self)
