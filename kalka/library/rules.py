"""What a material may say of itself, who receives it, and what in a story may tell of a person. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError

EARLIEST = date(2000, 1, 1)
LINE, LONGEST, MOST_COPIES = 160, 12_000, 1_000_000
LANGUAGES = ("ky", "ru", "en")


class Kind(StrEnum):
    HANDBOOK = "handbook"
    FORM = "form"
    PRESENTATION = "presentation"
    VIDEO = "video"
    INTERVIEW = "interview"
    OTHER = "other"


class Audience(StrEnum):
    MEMBERS = "members"  # of committees
    OFFICIALS = "officials"
    SCHOOLS = "schools"
    POPULATION = "population"
    EVERYBODY = "everybody"


class Recipient(StrEnum):
    STATE = "state"
    SELF_GOVERNMENT = "self_government"
    MEMBERS = "members"
    CIVIL_SOCIETY = "civil_society"
    MEDIA = "media"
    OTHER = "other"


class Why(StrEnum):
    """A handing does not count."""

    MISTAKE = "mistake"
    TWICE = "twice"
    RETURNED = "returned"


class StoryKind(StrEnum):
    PRACTICE = "practice"
    LESSON = "lesson"


class StoryState(StrEnum):
    WAITING = "waiting"
    SHOWN = "shown"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class NewVersion:
    """Either an address outside or a file."""

    language: str
    on: date
    address: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class NewHanding:
    to: str
    name: str  # of an office or organisation; no person's
    place: str
    copies: int
    on: date


@dataclass(frozen=True, slots=True, repr=False)
class NewStory:
    kind: str
    language: str
    title: str
    text: str


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("library.not_an_answer", field=name)


def line(name: str, text: str, *, most: int = LINE, needed: bool = True) -> str:
    text = " ".join(text.split())
    if len(text) > most or (needed and not text):
        raise DomainError("library.line_unfit", field=name, most=most)
    return text


def day(name: str, on: date, today: date) -> None:
    if not EARLIEST <= on <= today:
        raise DomainError("library.day_unfit", field=name)


_ADDRESS = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:]{2,}(:\d{1,5})?(/[^\s<>\"'`\\]*)?")


def check_version(told: NewVersion, *, today: date) -> None:
    known("language", told.language, LANGUAGES)
    day("on", told.on, today)
    if bool(told.address) == bool(told.content):
        raise DomainError("library.address_or_file", field="address")
    if told.address and (len(told.address) > 500 or not _ADDRESS.fullmatch(told.address)):
        raise DomainError("library.address_unfit", field="address")


def check_handing(told: NewHanding, *, today: date) -> None:
    known("to", told.to, list(Recipient))
    day("on", told.on, today)
    line("name", told.name)
    if not 1 <= told.copies <= MOST_COPIES:
        raise DomainError("library.copies_unfit", field="copies", most=MOST_COPIES)
    if any(find.hard for find in looked_through(told.name, frozenset())):
        raise DomainError("library.person_in_name", field="name")


def check_story(told: NewStory, names: frozenset[str]) -> None:
    """Refuses a telephone, a personal number, an address. What only looks like a name is for people to judge."""
    known("kind", told.kind, list(StoryKind))
    known("language", told.language, LANGUAGES)
    line("title", told.title)
    if not told.text.strip() or len(told.text) > LONGEST:
        raise DomainError("library.story_unfit", field="text", most=LONGEST)
    for name in ("title", "text"):
        if any(find.hard for find in looked_through(getattr(told, name), names)):
            raise DomainError("library.tells_of_somebody", field=name)


# What tells of a person


class What(StrEnum):
    PHONE = "phone"
    PIN = "pin"
    ADDRESS = "address"
    MAIL = "mail"
    NAME = "name"


HARD = frozenset({What.PHONE, What.PIN, What.ADDRESS, What.MAIL})


@dataclass(frozen=True, slots=True)
class Find:
    what: What
    start: int
    end: int

    @property
    def hard(self) -> bool:
        return self.what in HARD


_PIN = re.compile(r"(?<!\d)[12](?:[\s-]?\d){13}(?!\d)")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?996|0)[\s().-]{0,2}(?:\d[\s().-]{0,2}){8}\d(?!\d)|(?<!\d)\d{3}[\s-]\d{2,3}[\s-]\d{2}[\s-]?\d{2}(?!\d)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_STREET = re.compile(
    r"[\w.-]+\s+(?:көчөсү\w*|көч\.|чолок\w*|кичирайону\w*)[\s,]*(?:№\s*)?\d+\w?"
    r"|(?:ул\.|улиц\w+|пер\.|переул\w+|мкр\.?|микрорайон\w*)\s*[\w.-]+[\s,]+(?:д\.|дом)?\s*(?:№\s*)?\d+\w?"
    r"|(?:батир\w*|кв\.|квартир\w+)\s*(?:№\s*)?\d+",
    re.IGNORECASE,
)
_OF = re.compile(r"[А-ЯЁӨҮҢA-Z][\w-]+\s+(?:уулу|кызы)\b")
_WORD = re.compile(r"[А-ЯЁӨҮҢA-Z][а-яёөүңa-z]{2,}(?:-[А-ЯЁӨҮҢа-яёөүң]+)?")
_FAMILY = re.compile(r"(?:ов|ев|ёв|ова|ева|ёва|ович|евич|овна|евна|ская|ский)(?:[а-яөүң]{0,4})$")
# Endings a name takes in Kyrgyz and Russian sentences; the longest first.
_ENDINGS = (
    "нын нин нун нүн дын дин дун дүн тын тин тун түн га ге го гө ка ке ко кө ны ни ну нү ды ди ду дү ты ти ту тү"
    " да де до дө та те то тө дан ден дон дөн тан тен тон төн а я у ю ы и е ой ей ом ем"
).split()
_COMPOSED = re.compile(r"(?<!өз)(?:бек|бүбү|гүл)(?:[нтд]?[аеиоуүөы]\w{0,2})?$")  # Болотбек, Болотбектин
_NO_FAMILY = ("основ", "готов", "здоров", "услов", "голов", "торгов", "псков", "львов")


def looked_through(text: str, names: frozenset[str]) -> tuple[Find, ...]:
    """In the order of the text; nothing is found twice. `names`: in small letters, as they stand in word lists."""
    found: list[Find] = []
    for find in (*_numbers(text), *_names(text, names)):
        if not any(find.start < other.end and other.start < find.end for other in found):
            found.append(find)
    return tuple(sorted(found, key=lambda one: one.start))


def _numbers(text: str) -> Iterator[Find]:
    for what, pattern in ((What.MAIL, _MAIL), (What.PIN, _PIN), (What.PHONE, _PHONE), (What.ADDRESS, _STREET)):
        yield from (Find(what, *one.span()) for one in pattern.finditer(text))


def _names(text: str, names: frozenset[str]) -> Iterator[Find]:
    yield from (Find(What.NAME, *one.span()) for one in _OF.finditer(text))
    for one in _WORD.finditer(text):
        if _is_name(one.group().casefold(), names):
            yield Find(What.NAME, *one.span())


def _is_name(word: str, names: frozenset[str]) -> bool:
    if (
        word in names
        or _COMPOSED.search(word)
        or (_FAMILY.search(word) and not word.startswith(_NO_FAMILY) and len(word) > 4)
    ):
        return True
    return any(word.endswith(end) and word[: -len(end)] in names for end in _ENDINGS)


def check_reviewer(author_id: int, reviewer_id: int) -> None:
    if author_id == reviewer_id:
        raise DomainError("library.own_story")
