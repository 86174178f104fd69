"""Values of this module in the words of the page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.lawbook.book import Provision
from kalka.places import selectors as places
from kalka.programmes import labels
from kalka.programmes.attending import Line
from kalka.programmes.packs import Pack, pack
from kalka.programmes.selectors import GroupLine, Happened, Never
from kalka.ui import writing
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in a list. `far`: sessions attended of all, in words."""

    line: Line
    code: str
    url: str
    stream: str
    state: StrOrPromise
    chip: str
    far: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of what happened."""

    when: str
    words: str
    icon: str
    alarm: bool
    told: str


def lang() -> str:
    return (get_language() or "ky")[:2]


def row(line: Line) -> Row:
    found = pack(line.audience)
    return Row(
        line=line,
        code=show_ref(line.ref),
        url=reverse("programmes:enrolment", args=[line.id]),
        stream=f"{labels.AUDIENCES[line.audience]} · {labels.SETTINGS[line.setting]}",
        state=labels.STEPS[line.last],
        chip=labels.CHIPS.get(line.last, "care"),
        far=far(line, found),
    )


def far(line: Line, found: Pack) -> str:
    attended = sum(how == "came" for how, _module in line.came.marks)
    return _("{n} of {all} sessions").format(n=attended, all=found.sessions)


def group(one: GroupLine) -> str:
    return f"{labels.AUDIENCES[one.audience]} · {labels.LANGUAGES[one.language]} · {writing.day(one.since)}"


def module(found: Pack, code: str) -> str:
    return found.modules[code].titles[lang()] if code in found.modules else code


def modules(found: Pack) -> list[tuple[str, str]]:
    return [(code, one.titles[lang()]) for code, one in found.modules.items()]


def basis(stored: dict[str, object]) -> str:
    """The provision it rests on; empty for an internal rule."""
    return Provision.from_json(stored).cite(lang()) if "key" in stored else ""


def item(one: Happened) -> Item:
    words = {
        "step": labels.STEPS,
        "attendance": labels.HOWS,
        "threat": labels.AGAINST,
    }[one.sort][one.what]
    said = [str(words)]
    if one.sort == "threat":
        said.insert(0, _("Threat"))
    if one.why:
        said.append(str({**labels.ENDED, **labels.EXCUSES}[one.why]))
    if one.organisation and one.what in ("sent", "moved"):
        found = directory.organisation(one.organisation)
        said.append(found.name(lang()) if found else "")
    alarm = one.sort == "threat" or one.what == "evasion"
    icon = "warn" if alarm else "done" if one.what in ("came", "completed") else "note"
    return Item(writing.day(one.at), " · ".join(said), icon, alarm, one.told)


@dataclass(frozen=True, slots=True)
class NeverRow:
    code: str
    url: str
    place: str
    on: date
    days: int
    cite: str
    by_order: bool


def never(one: Never, may_send: bool) -> NeverRow:
    url = reverse("programmes:case", args=[one.ref]) if one.opens and may_send else ""
    return NeverRow(show_ref(one.ref), url, places.name(one.place), one.on, one.days, basis(one.basis), one.by_order)
