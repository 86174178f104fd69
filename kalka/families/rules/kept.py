"""How a family enters the register, and what is done with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError

LONGEST = 2000
MOST_CHILDREN = 20
LONGEST_AHEAD = 366
EARLIEST = date(2000, 1, 1)


class How(StrEnum):
    """Where the committee knows of it from."""

    SELF = "self"
    ROUND = "round"  # of the households
    MEETING = "meeting"
    NEIGHBOUR = "neighbour"
    RELATIVE = "relative"
    SCHOOL = "school"
    CLINIC = "clinic"
    POLICE = "police"
    SOCIAL = "social"
    ELDERS = "elders"  # aksakal court, council
    OTHER = "other"


class Sign(StrEnum):
    """What worries. None of them is violence: that crosses over."""

    ALCOHOL = "alcohol"  # or drugs
    QUARRELS = "quarrels"
    CONTROL = "control"  # jealousy, who decides on everything
    BEFORE = "before"  # violence of former years, dealt with
    POVERTY = "poverty"  # debts
    WORKLESS = "workless"
    MIGRATION = "migration"  # the parents work abroad
    ISOLATED = "isolated"
    IN_LAWS = "in_laws"
    DIVORCE = "divorce"
    ILLNESS = "illness"  # or a disability
    PREGNANT = "pregnant"  # or a child below three
    SCHOOL = "school"  # a child stays away
    EARLY_MARRIAGE = "early_marriage"
    NO_PAPERS = "no_papers"


class Setting(StrEnum):
    FAMILY = "family"
    OUTSIDE = "outside"  # gender-based violence outside families


class Named(StrEnum):
    """Why a name stands there. Without one of the others a family is a code."""

    CODE = "code"
    CONSENT = "consent"
    GROUND = "ground"


class Met(StrEnum):
    SPOKE = "spoke"
    NOBODY = "nobody"
    NOT_SAFE = "not_safe"
    DECLINED = "declined"


class Way(StrEnum):
    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"


class Kind(StrEnum):
    """The kinds of work that the committees name."""

    TALK = "talk"  # preventive
    DOCUMENTS = "documents"
    SHELTER = "shelter"
    LEGAL = "legal"  # guaranteed by the state
    PSYCHOLOGIST = "psychologist"
    PROGRAMME = "programme"  # corrective


# What is asked of those whose profession it is, with the kind of help it is there.
ASKED: Mapping[Kind, str] = {
    Kind.SHELTER: "shelter",
    Kind.LEGAL: "legal",
    Kind.PSYCHOLOGIST: "psychological",
    Kind.PROGRAMME: "social",
}


class End(StrEnum):
    """How the work of the committee ended. Reconciliation is none of them."""

    PASSED = "passed"  # what worried has passed
    HANDED_OVER = "handed_over"
    MOVED = "moved"
    DECLINED = "declined"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class NewFamily:
    """`second`: the other post of the pair, asked and not yet seated. `ground`: code of a listed one."""

    how: str
    signs: tuple[str, ...]
    setting: str = Setting.FAMILY
    sex: str = "unknown"
    band: str = ""
    children: int | None = None
    second: int | None = None
    named: str = Named.CODE
    ground: str = ""
    family: str = field(default="", repr=False)
    given: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    next_on: date | None = None
    told: str = field(default="", repr=False)
    on: date | None = None  # of a list that was kept before; today where nobody says


@dataclass(frozen=True, slots=True)
class NewName:
    """A name written later, or, `code`, taken back."""

    named: str
    ground: str = ""
    family: str = field(default="", repr=False)
    given: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


class Says(StrEnum):
    """What she says to help that a committee decided on."""

    WANTS = "wants"
    NOT_NOW = "not_now"
    REFUSES = "refuses"
    MET = "met"


@dataclass(frozen=True, slots=True)
class NewWord:
    """`agreed`: those who are asked for it may know of her; needed where she wants it."""

    says: str
    agreed: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class NewContact:
    way: str
    met: str
    on: date
    next_on: date | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewWork:
    """`agreed`: she said that those who are asked may know. `document` and `state`: for a document alone."""

    kind: str
    on: date
    agreed: bool = False
    urgent: bool = False
    document: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class NewEnd:
    how: str
    on: date
    told: str = field(default="", repr=False)


def check_family(told: NewFamily, *, grounds: Collection[str], today: date) -> None:
    """Refuses a name without her consent or a listed ground, and a family about which nothing worries anybody."""
    _known("how", told.how, How)
    _known("setting", told.setting, Setting)
    for sign in told.signs:
        _known("signs", sign, Sign)
    if not told.signs:
        raise DomainError("families.no_sign", field="signs")
    if told.children is not None and not 0 <= told.children <= MOST_CHILDREN:
        raise DomainError("families.children_unfit", field="children", most=MOST_CHILDREN)
    check_name(told, grounds)
    past("on", told.on or today, since=EARLIEST, today=today)
    ahead(told.next_on, today)
    _short("told", told.told)


def check_word(told: NewWord) -> None:
    _known("says", told.says, Says)
    if told.says == Says.WANTS and not told.agreed:
        raise DomainError("families.not_agreed", field="agreed")


def check_name(told: NewFamily | NewName, grounds: Collection[str]) -> None:
    """A telephone alone names nobody here: it is compared, and not kept."""
    _known("named", told.named, Named)
    said = bool(told.family or told.given)
    if told.named == Named.CODE and said:
        raise DomainError("families.name_without_reason", field="named")
    if told.named != Named.CODE and not said:
        raise DomainError("families.name_missing", field="family")
    if (told.named == Named.GROUND) != bool(told.ground):
        raise DomainError("families.ground_missing", field="ground")
    if told.ground:
        _known("ground", told.ground, grounds)


def check_contact(told: NewContact, *, since: date, today: date) -> None:
    """Refuses a day to come, one before the family was noted, and a next day for whoever wants no more contact."""
    _known("way", told.way, Way)
    _known("met", told.met, Met)
    past("on", told.on, since=since, today=today)
    if told.met == Met.DECLINED and told.next_on is not None:
        raise DomainError("families.declined", field="next_on")
    ahead(told.next_on, today)
    _short("told", told.told)


def check_work(told: NewWork, *, since: date, today: date, programme_by_others: bool) -> None:
    """What others are asked for needs her agreement. A committee held programmes before the law gave them away."""
    _known("kind", told.kind, Kind)
    past("on", told.on, since=since, today=today)
    if (told.kind == Kind.DOCUMENTS) != bool(told.document and told.state):
        raise DomainError("families.document_missing", field="document")
    if is_asked(told, programme_by_others=programme_by_others) and not told.agreed:
        raise DomainError("families.not_agreed", field="agreed")


def is_asked(told: NewWork, *, programme_by_others: bool) -> bool:
    """Whether others do it, and the committee only asks them."""
    return told.kind in ASKED and (told.kind != Kind.PROGRAMME or programme_by_others)


def check_end(told: NewEnd, *, since: date, today: date) -> None:
    _known("how", told.how, End)
    past("on", told.on, since=since, today=today)
    _short("told", told.told)


def past(name: str, on: date, *, since: date, today: date) -> None:
    if on > today:
        raise DomainError("families.day_to_come", field=name)
    if on < since:
        raise DomainError("families.before_it_began", field=name, since=since)


def ahead(next_on: date | None, today: date) -> None:
    if next_on is not None and not today <= next_on <= date.fromordinal(today.toordinal() + LONGEST_AHEAD):
        raise DomainError("families.next_unfit", field="next_on")


def _known(name: str, code: str, allowed: Iterable[str]) -> None:
    if code not in {str(one) for one in allowed}:
        raise DomainError("families.not_an_answer", field=name)


def _short(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise DomainError("families.too_long", field=name, most=LONGEST)
