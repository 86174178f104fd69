"""The words of the codes of this module."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

AREAS: Labels = {
    "safety": _("Safety"),
    "health": _("Health"),
    "psychological": _("Psychological help"),
    "legal": _("Legal help"),
    "social": _("Social help"),
    "children": _("Children"),
    "home": _("A place to live"),
    "documents": _("Documents"),
    "work": _("Work and study"),
    "money": _("Money"),
}
MET: Labels = {
    "reached": _("Reached"),
    "partly": _("Reached in part"),
    "dropped": _("She does not want it any more"),
}
DONE: Labels = {
    "done": _("Done"),
    "not_possible": _("It was not possible"),
    "not_wanted": _("She did not want it"),
}
HELP: Labels = {
    "psychological": _("Psychological help"),
    "medical": _("Medical help"),
    "social": _("Social help"),
    "legal": _("Legal help"),
    "material": _("Material help"),
}
SERVICES: Labels = {
    "talk": _("First talk, support"),
    "psychologist": _("Session with a psychologist"),
    "group": _("Support group"),
    "child_talk": _("Talk with a child"),
    "examination": _("Medical examination"),
    "treatment": _("Treatment"),
    "with_her_to_doctor": _("Went with her to the doctor"),
    "social_advice": _("Advice on social support"),
    "papers": _("Help with documents"),
    "school_or_nursery": _("School or nursery for a child"),
    "finding_work": _("Help in finding work"),
    "finding_home": _("Help in finding a place to live"),
    "with_her_to_office": _("Went with her to an office"),
    "legal_advice": _("Legal advice"),
    "written_claim": _("Wrote a claim or a petition"),
    "with_her_to_court": _("Went with her to court"),
    "handing_out": _("Handed out material help"),
}
BUDGETS: Labels = {
    "republican": _("Republican budget"),
    "local": _("Local budget"),
    "social_order": _("State social order"),
    "donor": _("Donor or international project"),
    "own": _("Own means of the organisation"),
    "community": _("Gathered among the people of the place"),
}
AID: Labels = {
    "money": _("Money"),
    "food": _("Food"),
    "clothes": _("Clothes and shoes"),
    "hygiene": _("Hygiene articles"),
    "transport": _("Travel"),
    "rent": _("Rent"),
    "house": _("A house or a flat"),
    "fees": _("Fees and duties for documents"),
    "school": _("Things for school"),
    "medicine": _("Medicine"),
    "childcare": _("Care for a child"),
    "work": _("Means to earn a living"),
    "other": _("Other"),
}
DOCUMENTS: Labels = {
    "passport": _("Passport for travel abroad"),
    "id_card": _("Identity card (ID)"),
    "birth_certificate": _("Her birth certificate"),
    "child_birth_certificate": _("Birth certificate of a child"),
    "marriage_certificate": _("Marriage certificate"),
    "divorce_certificate": _("Divorce certificate"),
    "property_paper": _("Paper on a house or land"),
    "land_paper": _("Paper on a share of land"),
    "insurance": _("Medical insurance"),
    "education_paper": _("Paper on education"),
    "other": _("Other"),
}
DECIDED: Labels = DOCUMENTS | AID  # what a committee may decide on
STATES: Labels = {
    "missing": _("Missing"),
    "applied": _("Applied for"),
    "restored": _("Restored"),
    "refused": _("The office did not give it"),
}
CHANNELS: Labels = {
    "call": _("Call"),
    "meeting": _("Meeting"),
    "message": _("Message"),
    "visit": _("Visit"),
}
REACHED: Labels = {
    "spoke": _("Spoke with her"),
    "no_answer": _("No answer"),
    "not_safe": _("She could not speak safely"),
    "declined": _("She wants no more contact"),
}
FEELS: Labels = {
    "safe": _("She says that she is safe"),
    "safer": _("She says that she is safer than before"),
    "same": _("She says that nothing has changed"),
    "worse": _("She says that it has become worse"),
}
REASONS: Labels = {
    "unreachable": _("She cannot be reached"),
    "declined": _("She wants no more contact"),
    "moved": _("She moved; another territory goes on"),
    "twice": _("The same case was opened twice"),
    "no_violence": _("It was looked into: it was no family violence"),
    "died": _("The protected person has died"),
}
MOMENTS: Labels = {"before": _("At the beginning"), "during": _("In between"), "after": _("At the end")}
SCALES: Labels = {
    "safe": _("How safe she feels"),
    "home": _("Where she lives"),
    "money": _("Money of her own"),
    "people": _("People who stand by her"),
    "health": _("Health and sleep"),
}
SCORES: Labels = {"4": _("Good"), "3": _("Fair"), "2": _("Bad"), "1": _("Very bad"), "0": _("Not asked")}
SECTIONS: Labels = {
    "home": _("At home: which room, which neighbour, what to keep away from"),
    "leaving": _("Leaving: when, with what, where to"),
    "after": _("Afterwards: way to work, school, court"),
    "phone": _("Phone and social media: passwords, location, photos"),
    "children": _("Children: what they do, whom they call"),
    "codeword": _("Code word, and who knows it"),
}
QUESTIONS: Labels = {
    "heard": _("Did they listen to you and believe you?"),
    "safe": _("Did you feel safe with them?"),
    "useful": _("Did the help change something for you?"),
    "again": _("Would you come here again, or tell a friend to come?"),
}
SAID: Labels = {"yes": _("Yes"), "partly": _("In part"), "no": _("No")}
LEFT_OUT: StrOrPromise = _("Left out")

TITLES: Mapping[str, Labels] = {
    "service": SERVICES,
    "aid": AID,
    "contact": REACHED,
    "document": STATES,
    "goal": AREAS,
    "word": FEELS,
    "safety": {},
}
TIMELINE: Labels = {
    "support.service": _("Help: {title}"),
    "support.aid": _("Material help: {title}"),
    "support.contact": _("Asked how she is: {title}"),
    "support.document": _("A document: {title}"),
    "support.goal": _("A goal of hers: {title}"),
    "support.word": _("Her own word: {title}"),
    "support.safety": _("The safety plan was written ({title})"),
}
