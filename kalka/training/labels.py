"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

SERIES: Labels = {
    "training": _("Training"),
    "disability": _("Seminar: rights of women and girls with disabilities"),
    "interagency": _("Interagency seminar-meeting, with a plan of the region"),
}
KINDS: Labels = {
    "state": _("State servants"),
    "municipal": _("Municipal servants"),
    "ngo": _("People of non-governmental organisations"),
    "activist": _("Local activists"),
}
SECTORS: Labels = {
    "police": _("Internal affairs"),
    "prosecution": _("Prosecution"),
    "court": _("Court"),
    "bar": _("Advocates"),
    "social": _("Social development"),
    "health": _("Health"),
    "education": _("Education"),
    "self_government": _("Local self-government"),
    "administration": _("Local state administration"),
    "civil": _("Civil society"),
    "media": _("Media"),
    "other": _("Another one"),
    "unknown": _("Not known"),
}
POSITIONS: Labels = {
    "head": _("Head"),
    "specialist": _("Specialist"),
    "focal": _("Answers for gender equality"),
    "focal_head": _("Head of whoever answers for gender equality"),
    "deputy": _("Deputy of a local council"),
    "member": _("Member of a committee or a council"),
    "other": _("Another one"),
    "unknown": _("Not known"),
}
SEXES: Labels = {"f": _("Women"), "m": _("Men"), "unknown": _("Both, or not known")}
BANDS: Labels = {
    "14-17": _("14–17 years"),
    "18-24": _("18–24 years"),
    "25-34": _("25–34 years"),
    "35-44": _("35–44 years"),
    "45-59": _("45–59 years"),
    "60+": _("60 years and older"),
    "unknown": _("Different, or not known"),
}
BOUNDS: Labels = {"": _("Exactly so many"), "over": _("More than this"), "least": _("At least so many")}
PARTS: Labels = {"focal": _("Answers for gender equality"), "head": _("Head of whoever answers")}
DISABILITIES: Labels = {
    "sight": _("Sight"),
    "hearing": _("Hearing"),
    "movement": _("Movement"),
    "mind": _("Mental health"),
    "learning": _("Understanding and learning"),
    "several": _("Several at once"),
}
ACCESS: Labels = {
    "ramp": _("A ramp, or no steps"),
    "toilet": _("A toilet for a wheelchair"),
    "sign": _("Sign language"),
    "large": _("Large print or Braille"),
    "easy": _("Easy language"),
    "transport": _("Transport"),
    "assistant": _("An assistant"),
}
REGIONS: Labels = {"north": _("North"), "south": _("South"), "other": _("Bishkek and Osh cities")}
WHYS: Labels = {"mistake": _("It was a mistake"), "twice": _("It was entered twice")}
LEFT: Labels = {"left": _("They do not answer for it any more"), "mistake": _("It was a mistake")}
WHAT: Labels = {
    "entry": _("Take participants back"),
    "certificate": _("Take a certificate back"),
    "measure": _("Take a line of the plan back"),
    "focal": _("Take somebody off the list"),
}
