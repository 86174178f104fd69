"""The approved texts, read so strictly that a telling one stops the start."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import LANGUAGES, Fields, refuse
from kalka.core.errors import DomainError
from kalka.notices.rules import is_plain, telling_words

FOLDER = Path(__file__).parent
TEXTS, SENSITIVE, SUBJECT = FOLDER / "texts.yaml", FOLDER / "sensitive.yaml", FOLDER / "subject.yaml"
POST, PERSON = "post", "person"


@dataclass(frozen=True, slots=True)
class Text:
    """Words that leave the installation."""

    words: dict[str, str]
    approved: bool


@dataclass(frozen=True, slots=True)
class NoticeKind:
    code: str
    to: str  # post or person
    text: Text
    inside: dict[str, str]  # what a post reads after sign-in; empty for a person


def kind(code: str, *, to: str) -> NoticeKind:
    """Refuses a kind that is unknown or meant for somebody else."""
    found = kinds().get(code)
    if found is None or found.to != to:
        raise DomainError("notices.unknown_kind", kind=code)
    return found


def for_persons(language: str) -> list[tuple[str, str]]:
    """What may be sent to somebody: each kind with its words."""
    lang = language if language in LANGUAGES else LANGUAGES[0]
    return [(one.code, one.text.words[lang]) for one in kinds().values() if one.to == PERSON and one.text.approved]


@cache
def kinds() -> dict[str, NoticeKind]:
    return read(TEXTS)


@cache
def sensitive() -> tuple[str, ...]:
    """Stems of all three languages together: a Kyrgyz message with a Russian word tells as much."""
    body = Fields(datafile.read(SENSITIVE), SENSITIVE.name)
    stems = Fields(body.raw("stems"), SENSITIVE.name)
    found = tuple(stem for lang in LANGUAGES for stem in stems.strings(lang))
    stems.close()
    body.close()
    return found


def subject(language: str) -> str:
    """What stands above a mail: approved like every other text, and as empty."""
    return _subject().words[language if language in LANGUAGES else LANGUAGES[0]]


@cache
def _subject() -> Text:
    return _text(SUBJECT.name, "subject", datafile.read(SUBJECT))


def read(path: Path) -> dict[str, NoticeKind]:
    """Refuses a file with a text that is not plain or says what it is about."""
    body = Fields(datafile.read(path), path.name)
    texts = {code: _text(path.name, code, item) for code, item in body.take("texts", dict).items()}
    found = {code: _kind(path.name, code, item, texts) for code, item in body.take("kinds", dict).items()}
    body.close()
    return found


def _text(file: str, code: str, item: object) -> Text:
    fields = Fields(item, f"{file}: {code}")
    text = Text(words=fields.words("words"), approved=fields.take("approved", bool))
    fields.close()
    for words in text.words.values():
        _plain(file, code, words)
        if telling := telling_words(words, sensitive()):
            refuse(file, f"{code} tells too much: {', '.join(telling)}")
    return text


def _kind(file: str, code: str, item: object, texts: dict[str, Text]) -> NoticeKind:
    fields = Fields(item, f"{file}: {code}")
    to = fields.one_of("to", (POST, PERSON))
    text = texts[fields.one_of("text", texts)]
    inside = fields.words("inside") if to == POST else {}
    fields.close()
    for words in inside.values():
        _plain(file, code, words)
    return NoticeKind(code, to, text, inside)


def _plain(file: str, code: str, words: str) -> None:
    if not is_plain(words):
        refuse(file, f"{code} is too long, or holds a figure, a link or a place to put something in")
