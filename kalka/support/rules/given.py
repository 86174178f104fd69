"""Help that was given: services in minutes, money and things, documents that were lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.support.rules.plan import known, past

MINUTES = (15, 30, 45, 60, 90, 120)  # what is offered to tap
LONGEST_SERVICE = 600
MOST_SOM = 10_000_000


class Help(StrEnum):
    """The four kinds of help of the law, and material help beside them."""

    PSYCHOLOGICAL = "psychological"
    MEDICAL = "medical"
    SOCIAL = "social"
    LEGAL = "legal"
    MATERIAL = "material"


# Every service that can be given, with the kind of help it is.
HELP: Mapping[str, Help] = {
    "talk": Help.PSYCHOLOGICAL,
    "psychologist": Help.PSYCHOLOGICAL,
    "group": Help.PSYCHOLOGICAL,
    "child_talk": Help.PSYCHOLOGICAL,
    "examination": Help.MEDICAL,
    "treatment": Help.MEDICAL,
    "with_her_to_doctor": Help.MEDICAL,
    "social_advice": Help.SOCIAL,
    "papers": Help.SOCIAL,
    "school_or_nursery": Help.SOCIAL,
    "finding_work": Help.SOCIAL,
    "finding_home": Help.SOCIAL,
    "with_her_to_office": Help.SOCIAL,
    "legal_advice": Help.LEGAL,
    "written_claim": Help.LEGAL,
    "with_her_to_court": Help.LEGAL,
    "handing_out": Help.MATERIAL,
}


# Whose profession is one kind of help notes that kind alone.
OF_PROFESSION: Mapping[Permission, Help] = {
    Permission.COUNSEL_WORK: Help.PSYCHOLOGICAL,
    Permission.FINDING_WRITE: Help.MEDICAL,
    Permission.LEGAL_WORK: Help.LEGAL,
}


class Budget(StrEnum):
    """Whose money it is: figures of one line are never added to another's."""

    REPUBLICAN = "republican"
    LOCAL = "local"
    SOCIAL_ORDER = "social_order"
    DONOR = "donor"
    OWN = "own"
    COMMUNITY = "community"  # gathered among the people of the place


class Aid(StrEnum):
    MONEY = "money"
    FOOD = "food"
    CLOTHES = "clothes"
    HYGIENE = "hygiene"
    TRANSPORT = "transport"
    RENT = "rent"
    HOUSE = "house"
    FEES = "fees"
    SCHOOL = "school"
    MEDICINE = "medicine"
    CHILDCARE = "childcare"
    WORK = "work"  # tools, seed, a beast: what somebody earns a living with
    OTHER = "other"


class Document(StrEnum):
    PASSPORT = "passport"
    ID_CARD = "id_card"
    BIRTH = "birth_certificate"
    CHILD_BIRTH = "child_birth_certificate"
    MARRIAGE = "marriage_certificate"
    DIVORCE = "divorce_certificate"
    PROPERTY = "property_paper"
    LAND = "land_paper"
    INSURANCE = "insurance"
    EDUCATION = "education_paper"
    OTHER = "other"


class DocumentState(StrEnum):
    """Each is a dated step; the last of a document is where it stands."""

    MISSING = "missing"
    APPLIED = "applied"
    RESTORED = "restored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewService:
    kind: str
    minutes: int
    on: date


@dataclass(frozen=True, slots=True)
class NewDecided:
    """What a committee decided that somebody of it does. `owner`: the post that answers for it."""

    decision: UUID
    what: str
    organisation: int
    owner: int
    by: date
    som: int = 0


@dataclass(frozen=True, slots=True)
class NewAid:
    """`som` is 0 for things whose worth nobody set. `organisation`: whose help it is, where not the author's own;
    `decision`: of the sitting that decided it."""

    budget: str
    what: str
    som: int
    on: date
    organisation: int | None = None
    decision: UUID | None = None


def services_of(permissions: Collection[Permission]) -> tuple[str, ...]:
    """What may be noted by whoever has these: everything, or the kinds of help of their own profession."""
    if Permission.SUPPORT_WORK in permissions:
        return tuple(HELP)
    own = {OF_PROFESSION[one] for one in OF_PROFESSION if one in permissions}
    return tuple(kind for kind, help in HELP.items() if help in own)


def check_service(told: NewService, *, may: Collection[str], today: date) -> None:
    known("kind", told.kind, may)
    past("on", told.on, today)
    if not 1 <= told.minutes <= LONGEST_SERVICE:
        raise DomainError("support.minutes_unfit", field="minutes", most=LONGEST_SERVICE)


def check_aid(told: NewAid, *, today: date) -> None:
    """Money has an amount. Refuses an amount nobody hands out."""
    known("budget", told.budget, tuple(Budget))
    known("what", told.what, tuple(Aid))
    past("on", told.on, today)
    least = 1 if told.what == Aid.MONEY else 0
    if not least <= told.som <= MOST_SOM:
        raise DomainError("support.som_unfit", field="som")


def check_document(kind: str, state: str, on: date, *, today: date) -> None:
    known("kind", kind, tuple(Document))
    known("state", state, tuple(DocumentState))
    past("on", on, today)
