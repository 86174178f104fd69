"""The columns of a table of events, in three languages, and one row of it as an event."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalka.core.datafile import LANGUAGES
from kalka.places import rules as levels
from kalka.places import said
from kalka.places.rules import COUNTED
from kalka.prevention import labels
from kalka.prevention.rules import GRADES, MOST, LegalTopic, MindTopic, NewEvent, Partner
from kalka.sheets import cells, written
from kalka.sheets.cells import Cell, CellError, Counted, Options
from kalka.sheets.table import Column, SheetRow
from kalka.ui.text import StrOrPromise

TOPICS = (*LegalTopic, *MindTopic)
TITLES: dict[str, StrOrPromise] = {
    "kind": _("What was it?"),
    "on": _("On which day?"),
    "place": _("Place"),
    "people": _("How many people came?"),
    "women": _("Women and girls"),
    "men": _("Men and boys"),
    "times": _("How many times"),
    "grades": pgettext_lazy("of a school", "Which grades?"),
    "partners": _("Jointly with"),
    "partners_abroad": _("Jointly with international organisations"),
    "told": _("What was spoken about, and how it went"),
    **{topic.value: labels.TOPICS[topic] for topic in TOPICS},
}
REQUIRED = ("kind", "on", "place")
VILLAGES = tuple(level for level in levels.LEVELS if level in ("village", "city_village"))
# How else people write the kinds in tables of their own.
ALSO = {
    "meeting": (
        *("жолугушуу", "калк менен жолугушуу", "профилактикалык жолугушуу", "чогулуш", "встреча"),
        *("встреча с населением", "профилактическая встреча", "сход", "meeting"),
    ),
    "parents": ("ата-энелер чогулушу", "ата энелер жыйналышы", "родительское собрание", "родсобрание"),
    "class": ("класстык саат", "класс сааты", "сабак", "классный час", "урок", "8-11-класстар", "class"),
    "households": ("короолорду кыдыруу", "үй кыдыруу", "короо кыдыруу", "подворный обход", "обход"),
    "group": ("ватсап", "ватсап группа", "ватсап-группалар", "whatsapp", "группа в whatsapp"),
    "press": ("гезит", "жергиликтүү басма сөз", "басма сөз", "публикация", "статья", "газета"),
    "appearance": ("чыгып сүйлөө", "радио", "телекөрсөтүү", "выступление"),
    "campaign": ("кампания", "өнөктүк", "кампаниясы"),
    "action": ("акция", "акциялар"),
    "lawyers": ("мкюж", "юридикалык жардам", "юридикалык консультация", "гюп", "юрист"),
    "psychologists": ("психолог", "психологиялык консультация", "психологиялык жардам", "консультация психолога"),
}


@cache
def columns() -> tuple[Column, ...]:
    parse = {
        "on": written.day,
        "place": _place,
        "people": written.counted(0, MOST),
        "women": written.number(0, MOST),
        "men": written.number(0, MOST),
        "times": written.counted(1, MOST),
        "grades": _grades,
        "partners": written.words,
        "partners_abroad": written.words,
        "told": written.words,
        **dict.fromkeys((topic.value for topic in TOPICS), written.number(0, MOST)),
    }
    return tuple(
        Column(name, _titles(name, title), name in REQUIRED, parse.get(name, cells.text), _options(name))
        for name, title in TITLES.items()
    )


def told(row: SheetRow) -> NewEvent:
    people, times = row.values.get("people"), row.values.get("times")
    grades = row.values.get("grades")
    return NewEvent(
        kind=row.text("kind"),
        on=_day(row),
        place=row.text("place"),
        times=times.number if isinstance(times, Counted) else 1,
        times_bound=_bound(times),
        people=people.number if isinstance(people, Counted) else None,
        people_bound=_bound(people),
        reach={
            (sex, "unknown"): number
            for sex, name in (("f", "women"), ("m", "men"))
            if (number := row.number_of(name)) is not None
        },
        topics={topic.value: number for topic in TOPICS if (number := row.number_of(topic.value)) is not None},
        grades=grades if isinstance(grades, tuple) else (),
        partners=(
            *(Partner(name) for name in _listed(row.text("partners"))),
            *(Partner(name, "international") for name in _listed(row.text("partners_abroad"))),
        ),
        told=row.text("told"),
    )


def key(row: SheetRow) -> tuple[str, ...]:
    """Two of a kind in a place on one day are told apart by what was spoken about."""
    return (row.text("kind"), _day(row).isoformat(), row.text("place"), row.text("told"))


def _day(row: SheetRow) -> date:
    found = row.day("on")
    assert found is not None  # its column is required
    return found


def _bound(counted: object) -> str:
    return counted.bound if isinstance(counted, Counted) and counted.bound != "exact" else ""


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]


def _grades(cell: Cell) -> tuple[int, ...]:
    """8; 8, 9; 8-11."""
    plain = written.words(cell).replace("–", "-").replace(";", ",").replace(" ", "").removesuffix("-класстар")
    found: set[int] = set()
    for part in plain.split(","):
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash) and len(part) <= 5):
            raise CellError("prevention.not_grades")
        found |= set(range(int(first), int(last or first) + 1))
    if not found or not found <= set(GRADES):
        raise CellError("prevention.not_grades")
    return tuple(sorted(found))


def _place(cell: Cell) -> str:
    """What is counted by itself comes first: a village bears the name of its aimak."""
    plain = written.words(cell)
    try:
        return said.code_of(plain, levels=COUNTED)
    except CellError as refusal:
        if refusal.code != "places.not_found_by_name":
            raise
        return said.code_of(plain, levels=VILLAGES)


def _titles(name: str, title: StrOrPromise) -> Mapping[str, str]:
    """A topic two professions share a word for is told apart by who was asked."""
    found = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            mind = name.startswith("mind_")
            who = labels.KINDS["psychologists" if mind else "lawyers"]
            found[lang] = f"{title} ({who})" if name in {topic.value for topic in TOPICS} else str(title)
    return found


def _options(name: str) -> Options:
    if name != "kind":
        return {}
    return {
        code: {**_titles("", title), **{str(at): one for at, one in enumerate(ALSO.get(code, ()))}}
        for code, title in labels.KINDS.items()
    }
