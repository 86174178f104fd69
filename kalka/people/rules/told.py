"""What may be said about a person. Every word of it is optional."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kalka.core.errors import DomainError
from kalka.people.rules.age import BANDS, age_band

SEXES = ("f", "m", "other", "unknown")
PARTS = ("protected", "alleged", "child", "guardian", "other")
# The Washington Group's short set: how much difficulty somebody has.
DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
ANSWERS = ("none", "some", "a_lot", "cannot", "unknown")
BY_WHOM = ("anyone", "woman", "known_worker")
NEVER = (
    "sms",
    "messenger",
    "call",
    "voicemail",
    "letter",
    "visit",
    "through_family",
    "through_child",
    "through_neighbours",
)
LANGUAGES = ("ky", "ru", "en", "uz", "tg", "dungan", "other", "")

FIRST_YEAR = 1900
NAME_LENGTH, LINE_LENGTH, TEXT_LENGTH = 100, 200, 2_000
NAMES, WINDOWS = 12, 14
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one person's name. Any part may be missing."""

    family: str = ""
    given: str = ""
    patronymic: str = ""

    @property
    def whole(self) -> str:
        return " ".join(part for part in (self.family, self.given, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Window:
    """Hours that are safe on some days of the week, Monday 0. Ends after midnight when it ends before it begins."""

    days: tuple[int, ...]
    start: str = "09:00"
    end: str = "18:00"


@dataclass(frozen=True, slots=True)
class Safe:
    """How somebody may be reached. Without a window nothing is sent: silence is not consent."""

    when: tuple[Window, ...] = ()
    by_whom: str = "anyone"
    say: str = ""  # what may be said, to whoever answers
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str = ""
    address: str = ""
    school: str = ""
    workplace: str = ""
    language: str = ""
    safe: Safe = field(default_factory=Safe)


@dataclass(frozen=True, slots=True)
class NewPerson:
    sex: str = "unknown"
    names: tuple[Name, ...] = ()
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    band: str = ""  # said as a band only
    pin: str = ""
    note: str = ""
    washington: Mapping[str, str] = field(default_factory=dict)
    contact: Contact = field(default_factory=Contact)

    def age_band(self, on: date) -> str:
        known = age_band(on, birth_date=self.birth_date, birth_year=self.birth_year, age=self.age)
        return self.band if known == "unknown" and self.band else known


def has_disability(answers: Mapping[str, str]) -> bool | None:
    """A lot of difficulty, or more, in one domain. None where that is not known of every domain."""
    said = {answers.get(domain, "unknown") for domain in DOMAINS}
    if said & {"a_lot", "cannot"}:
        return True
    return None if "unknown" in said else False


def checked(told: NewPerson, on: date) -> NewPerson:
    """Refuses, naming the field, what cannot be: a birth to come, an unknown code, hours that are no hours."""
    _codes(told)
    _birth(told, on)
    _lengths(told)
    _safe(told.contact.safe)
    return told


def _codes(told: NewPerson) -> None:
    _one_of("sex", told.sex, SEXES)
    _one_of("band", told.band, ("", *BANDS))
    _one_of("language", told.contact.language, LANGUAGES)
    for domain, answer in told.washington.items():
        _one_of("washington", domain, DOMAINS)
        _one_of("washington", answer, ANSWERS)


def _birth(told: NewPerson, on: date) -> None:
    year = told.birth_date.year if told.birth_date else told.birth_year
    named = "birth_date" if told.birth_date else "birth_year"
    if year is not None and not FIRST_YEAR <= year <= on.year:
        raise DomainError("people.birth_year_impossible", field=named, first=str(FIRST_YEAR), last=str(on.year))
    if told.birth_date and told.birth_date > on:
        raise DomainError("people.birth_to_come", field="birth_date")
    if told.birth_date and told.birth_year not in (None, told.birth_date.year):
        raise DomainError("people.birth_twice", field="birth_year")
    if told.age is not None and not 0 <= told.age <= 120:
        raise DomainError("people.age_impossible", field="age")


def _lengths(told: NewPerson) -> None:
    if len(told.names) > NAMES:
        raise DomainError("people.too_many_names", field="names", most=NAMES)
    for name in told.names:
        for part in (name.family, name.given, name.patronymic):
            _short("names", part, NAME_LENGTH)
    contact = told.contact
    _short("pin", told.pin, 30)
    _short("phone", contact.phone, 40)
    for place, said in (("school", contact.school), ("workplace", contact.workplace)):
        _short(place, said, LINE_LENGTH)
    for text, said in (("note", told.note), ("address", contact.address), ("say", contact.safe.say)):
        _short(text, said, TEXT_LENGTH)
    if contact.phone and not any(c.isdigit() for c in contact.phone):
        raise DomainError("people.phone_without_digits", field="phone")


def _safe(safe: Safe) -> None:
    _one_of("by_whom", safe.by_whom, BY_WHOM)
    for code in safe.never:
        _one_of("never", code, NEVER)
    for window in safe.when[:WINDOWS]:
        fits = all(_CLOCK.fullmatch(at) for at in (window.start, window.end)) and window.start != "24:00"
        if not fits or window.start == window.end or not window.days or not set(window.days) <= set(range(7)):
            raise DomainError("people.hours_unclear", field="when")
    if len(safe.when) > WINDOWS:
        raise DomainError("people.hours_unclear", field="when")


def _one_of(name: str, value: str, codes: tuple[str, ...]) -> None:
    if value not in codes:
        raise DomainError("people.unknown_code", field=name)


def _short(name: str, value: str, most: int) -> None:
    if len(value) > most:
        raise DomainError("people.too_long", field=name, most=most)
