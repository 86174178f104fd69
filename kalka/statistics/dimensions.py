"""What figures are broken down by: the codes of each dimension, whole and in order, and their words.

The list of codes is fixed and does not follow what occurred: a code that is missing would say that nobody had it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy as _

from kalka.cases import labels as cases
from kalka.directory import facts as directory
from kalka.guide.taxonomy import TAXONOMY
from kalka.intake import labels as intake
from kalka.lawbook import codes as lawbook
from kalka.legalaid import labels as legalaid
from kalka.orders import labels as orders
from kalka.orders import labels_unissued as unissued
from kalka.referrals import facts as help_facts
from kalka.referrals import labels as referrals
from kalka.referrals.rules.referral import DECLINED_FOR
from kalka.shelters import labels as shelters
from kalka.support import labels as support
from kalka.ui import levels
from kalka.ui.text import StrOrPromise

UNKNOWN = "unknown"
_NOT_KNOWN = _("Not known")
PLACE = "place"
_NEVER_WRITE = frozenset({"penitentiary", "plenipotentiary", "ministry", "statistics", "operator"})

Codes = Mapping[str, object]
Labels = Mapping[str, StrOrPromise]


@dataclass(frozen=True, slots=True)
class Dimension:
    """`several`: one line may have more than one code. `lasting`: the same in every line about one person.

    `telling`: it says something of the persons themselves, and not only of the work.
    """

    code: str
    title: StrOrPromise
    labels: Callable[[str], Labels]  # of a language
    read: Callable[[Codes], tuple[str, ...]]
    several: bool = False
    lasting: bool = False
    telling: bool = False

    def codes(self) -> tuple[str, ...]:
        return tuple(self.labels("ky"))

    def of(self, codes: Codes) -> tuple[str, ...]:
        """The codes of one line, each of them known: what is on no list is not known."""
        listed = _listed(self.code)
        return tuple(dict.fromkeys(code if code in listed else UNKNOWN for code in self.read(codes))) or (UNKNOWN,)


@cache
def _listed(dimension: str) -> frozenset[str]:
    return frozenset(DIMENSIONS[dimension].codes())


def _field(name: str) -> Callable[[Codes], tuple[str, ...]]:
    def read(codes: Codes) -> tuple[str, ...]:
        said = codes.get(name)
        return tuple(map(str, said)) if isinstance(said, list | tuple) else (str(said),) if said else ()

    return read


def _fixed(labels: Labels) -> Callable[[str], Labels]:
    return lambda lang: labels


def _asked(labels: Labels) -> Callable[[str], Labels]:
    """With a line for what nobody said."""
    return _fixed({**labels, UNKNOWN: labels.get(UNKNOWN, _NOT_KNOWN)})


def _forms(lang: str) -> Labels:
    """Every form the law book lists, whenever it did."""
    found = {form.code: form.title[lang] for form in lawbook.forms_on(date.max)}
    return {**found, UNKNOWN: _NOT_KNOWN}


def _agencies(lang: str) -> Labels:
    found = {code: directory.agency_title(code, lang) for code in directory.agency_kinds() if code not in _NEVER_WRITE}
    return {**found, UNKNOWN: _("The system itself")}


def _needs(lang: str) -> Labels:
    return {code: need.titles[lang] for code, need in TAXONOMY.needs.items()}


def _asked_there(lang: str) -> Labels:
    """Whom a referral went to. Who is called alone is no organisation of this installation."""
    return {**_agencies(lang), help_facts.OUTSIDE: _("A service that is called"), UNKNOWN: _NOT_KNOWN}


def _yes_no(name: str) -> Callable[[Codes], tuple[str, ...]]:
    return lambda codes: ("yes" if codes.get(name) else "no",)


def _term(codes: Codes) -> tuple[str, ...]:
    days = codes.get("days")
    if not isinstance(days, int):
        return ()
    return ("3" if days <= 3 else "4-29" if days < 30 else "30" if days == 30 else "31+",)


def _unissued(codes: Codes) -> tuple[str, ...]:
    return (str(codes.get("why") or UNKNOWN),)


def _soon(codes: Codes) -> tuple[str, ...]:
    days = codes.get("after")
    if not isinstance(days, int):
        return ()
    return ("same" if days <= 0 else "next" if days == 1 else "week" if days <= 7 else "later",)


def _kept(codes: Codes) -> tuple[str, ...]:
    return (str(codes.get("kept") or "none"),)


def _level(codes: Codes) -> tuple[str, ...]:
    return (levels.read(str(codes.get("level") or "")),)


_YES_NO = {"yes": _("Yes"), "no": _("No")}
_GROUPS = {
    "intimate": _("Husband, wife or partner"),
    "former_intimate": _("Former husband, wife or partner"),
    "blood": _("Blood relative, or by adoption"),
    "in_law": _("Relative by marriage"),
    "care": _("Guardian, carer or the one cared for"),
    "household": _("Lives in the same home"),
    "none": _("Not related"),
}
_WHYS = {
    "safe": _("Everything was done and the danger has passed"),
    "moved": _("Another territory has the case"),
    "twice": _("The same case was opened twice"),
    "no_violence": _("It was no family violence"),
    "died": _("The person died"),
}
_TERMS = {
    "3": _("Up to 3 days"),
    "4-29": _("4 to 29 days"),
    "30": _("30 days"),
    "31+": _("More than 30 days"),
}
_SOON = {
    "same": _("The same day"),
    "next": _("The next day"),
    "week": _("Within a week"),
    "later": _("Later than a week"),
}
_WAITED = {
    "0": _("The same day"),
    "1": _("The next day"),
    "2-3": _("2 to 3 days"),
    "4-7": _("4 to 7 days"),
    "8-30": _("8 to 30 days"),
    "31+": _("More than 30 days"),
}
_GOT = {**_WAITED, "waiting": _("No help is noted yet")}
_ENROLLED = {**_WAITED, "waiting": _("Never sent yet")}
_TAKEN = {**_WAITED, "waiting": legalaid.STATES["asked"]}
_ENDED = {**legalaid.RESULTS, UNKNOWN: _("Not decided yet")}
_OUTCOMES = {"case": _("A case was opened"), "no_case": _("Not a case"), UNKNOWN: _("Not decided yet")}
_FOUND = {
    "both": _("Both, each of them alone"),
    "protected": _("The protected person"),
    "together": _("Both, and not alone"),
    "respondent": _("Only the other side"),
    "nobody": _("Nobody was there"),
    "refused": _("They did not want to talk"),
}
_KEPT = {
    "kept": _("The order was kept"),
    "broken": _("The order was broken"),
    UNKNOWN: _NOT_KNOWN,
    "none": _("No order ran"),
}
_ANSWERED = {
    "hour": _("Within an hour"),
    "day": _("Within a day"),
    "later": _("Later than a day"),
    "none": _("Nobody answered"),
}
_UNISSUED = {**unissued.WHYS, UNKNOWN: _("Nobody says why")}
_HOWS = {code: words for code, words in orders.HOWS.items() if code != "not_found"}
_DECLINED = {code: words for code, words in referrals.WHYS.items() if code in DECLINED_FOR}
_HELD = {code: words for code, words in shelters.HOLDS.items() if code != "running"}
_STILL_HELD = {**_HELD, UNKNOWN: _("The time still runs")}
_GONE = {
    **{code: words for code, words in shelters.WHERE.items() if code != UNKNOWN},
    UNKNOWN: _("Not known, or there still"),
}
_LASTED = {
    "night_1": _("1 night"),
    "nights_7": _("2 to 7 nights"),
    "nights_14": _("8 to 14 nights"),
    "nights_30": _("15 to 30 nights"),
    "nights_90": _("31 to 90 nights"),
    "longer": _("More than 90 nights"),
    UNKNOWN: _("There still"),
}
_HOURS = {
    "day_1": _("Within 24 hours"),
    "day_2": _("Within 48 hours"),
    "day_3": _("Within 72 hours"),
    "day_4": _("Within 96 hours"),
    "day_5": _("Within 120 hours"),
    "later": _("Later than 120 hours"),
    UNKNOWN: _NOT_KNOWN,
}
_LEVELS = {code: words for code, words in levels.TITLES.items() if code != UNKNOWN}

DIMENSIONS: Mapping[str, Dimension] = {
    dimension.code: dimension
    for dimension in (
        Dimension("sex", _("Sex"), _fixed(cases.SEXES), _field("sex"), lasting=True, telling=True),
        Dimension("age", _("Age"), _fixed(cases.BANDS), _field("age_band"), lasting=True, telling=True),
        Dimension("relation", _("Relation to the protected person"), _asked(_GROUPS), _field("group"), telling=True),
        Dimension("form", _("Form of violence"), _forms, _field("forms"), several=True, telling=True),
        Dimension("way", _("How it came in"), _asked(intake.WAYS), _field("way")),
        Dimension("teller", _("Who told it"), _asked(intake.TELLERS), _field("by_whom")),
        Dimension("outcome", _("What became of it"), _fixed(_OUTCOMES), _field("outcome")),
        Dimension("agency", _("Who wrote it down"), _agencies, _field("agency")),
        Dimension("why", _("Why it was closed"), _asked(_WHYS), _field("why")),
        Dimension("term", _("Term of the order"), _fixed(_TERMS), _term),
        Dimension("served", _("Served"), _fixed(_YES_NO), _yes_no("served")),
        Dimension("extended", _("Extended"), _fixed(_YES_NO), _yes_no("extended")),
        Dimension("how", _("How it was served"), _asked(_HOWS), _field("how")),
        Dimension("soon", _("How soon it was served"), _fixed(_SOON), _soon),
        Dimension("unissued", _("Why there is no order"), _fixed(_UNISSUED), _unissued),
        Dimension("breach", _("How it was broken"), _fixed(orders.BREACHES), _field("how")),
        Dimension("level", _("Level of danger"), _fixed(_LEVELS), _level),
        Dimension("found", _("Whom the visit met"), _asked(_FOUND), _field("found")),
        Dimension("answered", _("How soon her call was answered"), _fixed(_ANSWERED), _field("answered")),
        Dimension("replied", _("How soon a signal was answered"), _fixed(_ANSWERED), _field("replied")),
        Dimension("kept", _("Whether the order was kept"), _fixed(_KEPT), _kept),
        Dimension("need", _("What help"), _needs, _field("need"), telling=True),
        Dimension("wish", _("What the person says to it"), _fixed(referrals.WISHES), _field("says"), telling=True),
        Dimension("stands", _("Where the referral stands"), _fixed(referrals.STEPS), _field("state")),
        Dimension("to", _("Who was asked"), _asked_there, _field("to")),
        Dimension("declined", _("Why it was declined"), _fixed(_DECLINED), _field("why")),
        Dimension("helped", _("How long until help was given"), _fixed(_WAITED), _field("helped")),
        Dimension("got", _("How long until help was given"), _fixed(_GOT), _field("helped")),
        Dimension("waits", _("Waits"), _fixed(_WAITED), _field("waits")),
        Dimension("help", _("Kind of help"), _fixed(support.HELP), _field("help"), telling=True),
        Dimension("budget", _("From which money?"), _fixed(support.BUDGETS), _field("budget")),
        Dimension("given", _("What was given?"), _fixed(support.AID), _field("what"), telling=True),
        Dimension("document", _("Which document?"), _fixed(support.DOCUMENTS), _field("what"), telling=True),
        Dimension("feels", _("Her own word on safety"), _fixed(support.FEELS), _field("code"), telling=True),
        Dimension("needed_for", _("What is the advocate needed for?"), _fixed(legalaid.CATEGORIES), _field("category")),
        Dimension("taken", _("How soon?"), _fixed(_TAKEN), _field("taken")),
        Dimension("ended", _("How did it end?"), _fixed(_ENDED), _field("result"), telling=True),
        Dimension("session", _("What was it?"), _fixed(legalaid.SESSIONS), _field("kind"), telling=True),
        Dimension("reached", _("How long after the way was begun"), _fixed(_WAITED), _field("after")),
        Dimension("gone", _("Where they went"), _fixed(_GONE), _field("where"), telling=True),
        Dimension("lasted", _("How long they stayed"), _fixed(_LASTED), _field("lasted")),
        Dimension("child", _("A child who came along"), _fixed(_YES_NO), _yes_no("child"), lasting=True, telling=True),
        Dimension("with_child", _("With children"), _fixed(_YES_NO), _yes_no("children"), telling=True),
        Dimension("held", _("How the hold ended"), _fixed(_STILL_HELD), _field("outcome")),
        Dimension("turned", _("Why there was no place"), _asked(shelters.REASONS), _field("reason"), telling=True),
        Dimension("needed", _("For whom a place was needed"), _asked(shelters.WHO), _field("needed"), telling=True),
        Dimension("hours", _("How long after the assault"), _fixed(_HOURS), _field("hours"), telling=True),
        Dimension("handed", _("Handed over to 111"), _fixed(_YES_NO), _yes_no("handed")),
        Dimension("read", _("Acknowledged"), _fixed(_YES_NO), _yes_no("read")),
        Dimension("enrolled", _("How soon he was sent to a programme"), _fixed(_ENROLLED), _field("enrolled")),
        Dimension("again", _("Violence or a broken order since"), _fixed(_YES_NO), _yes_no("again"), telling=True),
        Dimension("who_did", _("Who did it"), _fixed(referrals.BY), _field("by"), telling=True),
    )
}


def label(by: str, code: str, lang: str) -> str:
    """The code itself when nobody knows it."""
    return str(DIMENSIONS[by].labels(lang).get(code, code)) if by in DIMENSIONS else code
