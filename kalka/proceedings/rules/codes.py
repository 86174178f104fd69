"""The codes of proceedings, custody and weapons, and the bounds of what is told of them."""

from datetime import timedelta
from enum import StrEnum

LONGEST_TEXT, LONGEST_NUMBER, MOST_SESSIONS = 2_000, 40, 200
LONGEST_AHEAD = timedelta(days=366 * 20)  # beyond this somebody mistyped a year
MOST = {"community_work": 1_000, "arrest": 90, "imprisonment": 600, "corrective_labour": 60}
DETENTION = "detention"


class Register(StrEnum):
    JOURNAL = "journal"  # ЖУИ: the electronic journal of whatever was reported
    UNIFIED = "unified"  # ЕРП: the unified register


class Stage(StrEnum):
    """How far it is, as told last."""

    BEGUN = "begun"
    REPORT = "report"  # the report of the offence was drawn up
    OPENED = "opened"  # the criminal case was opened
    SUSPENDED = "suspended"
    PROSECUTOR = "prosecutor"
    COURT = "court"


COURSE = {
    "administrative": (Stage.BEGUN, Stage.REPORT, Stage.COURT),
    "criminal": (Stage.BEGUN, Stage.OPENED, Stage.SUSPENDED, Stage.PROSECUTOR, Stage.COURT),
}


class How(StrEnum):
    """How it ended."""

    GUILTY = "guilty"
    ACQUITTED = "acquitted"
    REFUSED = "refused"  # it was not taken up
    DROPPED = "dropped"


WITHOUT_JUDGEMENT = (How.REFUSED, How.DROPPED)


class Reason(StrEnum):
    """Why it was refused or dropped."""

    NO_EVENT = "no_event"
    NO_ELEMENTS = "no_elements"
    NOT_PROVEN = "not_proven"
    WITHDRAWN = "withdrawn"
    TERM_OVER = "term_over"
    AGE = "age"
    OTHER = "other"


class Sentence(StrEnum):
    COMMUNITY_WORK = "community_work"  # hours
    ARREST = "arrest"  # full days and nights
    IMPRISONMENT = "imprisonment"  # months
    CORRECTIVE_LABOUR = "corrective_labour"  # months
    OTHER = "other"


class Measured(StrEnum):
    """What the amount is by the law of the day of the judgement."""

    WITHIN = "within"
    OUTSIDE = "outside"
    UNSET = "unset"


class Custody(StrEnum):
    DETENTION = "detention"
    ARREST = "arrest"
    REMAND = "remand"
    SENTENCE = "sentence"


class Keeper(StrEnum):
    """Who holds the person."""

    POLICE = "police"
    PENITENTIARY = "penitentiary"


class Freed(StrEnum):
    TERM = "term"
    DECIDED = "decided"
    MOVED = "moved"  # house arrest, hospital: no longer behind a door
    FLED = "fled"


class Weapon(StrEnum):
    NONE = "none"
    FOUND = "found"  # and left where it is
    TAKEN = "taken"
    HANDED_IN = "handed_in"
    PERMIT_REVOKED = "permit_revoked"
    RETURNED = "returned"
    UNKNOWN = "unknown"  # could not be looked for
