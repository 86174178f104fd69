"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

KINDS: Labels = {"clinic": _("Clinic documentation"), "school": _("School report of a child")}
REGIONS: Labels = {
    "head": _("Head"),
    "face": _("Face"),
    "neck": _("Neck"),
    "chest": _("Chest"),
    "abdomen": _("Abdomen"),
    "pelvis": _("Pelvis and genitals"),
    "arm_right": _("Right arm"),
    "arm_left": _("Left arm"),
    "hand_right": _("Right hand"),
    "hand_left": _("Left hand"),
    "leg_right": _("Right leg"),
    "leg_left": _("Left leg"),
    "foot_right": _("Right foot"),
    "foot_left": _("Left foot"),
    "head_back": _("Back of the head"),
    "neck_back": _("Nape"),
    "back_upper": _("Upper back"),
    "back_lower": _("Lower back"),
    "buttocks": _("Buttocks"),
    "arm_right_back": _("Right arm, from behind"),
    "arm_left_back": _("Left arm, from behind"),
    "leg_right_back": _("Right leg, from behind"),
    "leg_left_back": _("Left leg, from behind"),
}
INJURIES: Labels = {
    "bruise": _("Bruise"),
    "swelling": _("Swelling"),
    "abrasion": _("Abrasion"),
    "cut": _("Cut"),
    "stab": _("Stab wound"),
    "burn": _("Burn"),
    "bite": _("Bite"),
    "fracture": _("Fracture"),
    "strangling": _("Marks of strangling"),
    "pain": _("Pain, nothing to be seen"),
    "other": _("Something else"),
}
SIZES: Labels = {
    "2": _("up to 2 cm"),
    "5": _("up to 5 cm"),
    "10": _("up to 10 cm"),
    "11": _("over 10 cm"),
    "unknown": _("not measured"),
}
SIGNS: Labels = {
    "injury": _("An injury"),
    "fear": _("Fear of going home, or of somebody"),
    "hunger": _("Hungry, cold, not cared for"),
    "absent": _("Does not come to school"),
    "told": _("The child told somebody itself"),
    "witness": _("The child saw violence at home"),
    "other": _("Something else"),
}
ANSWERS: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("I do not know")}
SEXES: Labels = {
    "f": _("Woman or girl"),
    "m": _("Man or boy"),
    "other": _("Other"),
    "unknown": _("Sex not known"),
}
CHILD_BANDS: Labels = {
    "0-6": _("0–6 years"),
    "7-13": _("7–13 years"),
    "14-17": _("14–17 years"),
    "unknown": _("Age not known"),
}
CARE: Labels = {
    "care.hiv_prevention_within_hours": _("Prevention of HIV"),
    "care.pregnancy_prevention_within_hours": _("Prevention of pregnancy"),
}
TIMELINE: Labels = {
    "findings.clinic": _("A clinic documented what it found"),
    "findings.school": _("A school reported about a child"),
}


def pairs(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
