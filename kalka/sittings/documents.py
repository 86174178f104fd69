"""The minutes of a sitting, as a PDF and as a file of a word processor. Nobody's name, no narrative, no votes.

There is no way from a text about a family onto this paper: what stands here comes from codes, days and labels of
members, and words only where a committee wrote of its own work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.papers import docx, printing
from kalka.papers.docx import Paper, Part
from kalka.papers.packs import LANGUAGES, pack
from kalka.papers.printing import Value
from kalka.sittings import selectors, shown
from kalka.sittings.lines import DecisionLine, SittingPage
from kalka.sittings.rules import State
from kalka.ui import writing

PACK = "minutes"
KINDS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class Row:
    """One decision, cell by cell."""

    item: str
    code: str
    measure: str
    who: str
    by: str

    @property
    def said(self) -> str:
        lead = f"{self.item}. {self.code} {self.measure}" if self.code else f"{self.item}. {self.measure}"
        return _("{what}. Answers for it: {who}. Term: {by}.").format(what=lead, who=self.who, by=self.by)


def minutes(actor: Actor, sitting_id: UUID, *, kind: str, lang: str, now: datetime) -> bytes:
    """Of a sitting that was held. AccessDenied for another committee's, and for a kind or a language that is not there.
    Refuses with `sittings.no_minutes_yet` before it is closed. Leaves the read entry `sittings.page`."""
    if kind not in KINDS or lang not in LANGUAGES:
        raise AccessDenied("sittings.unknown")
    with translation.override(lang):
        page = selectors.sitting(actor, sitting_id, now=now)
        if page.line.state is not State.HELD:
            raise DomainError("sittings.no_minutes_yet")
        data = _data(page, lang, now)
        if kind == "pdf":
            return printing.render(PACK, lang, data, now=now)
        return docx.render(_paper(page, data, lang), lang, now=now)


def _data(page: SittingPage, lang: str, now: datetime) -> dict[str, Value]:
    return {
        "code": f"№ {page.line.number}/{page.line.on.year}",
        "committee": page.committee[lang],
        "kind": shown.sitting(page.line).title,
        "when": shown.when(page.line),
        "came": _("{came} of {members} members").format(came=page.present.came, members=page.present.members),
        "quorum": shown.quorum(page.present, page.quorum_words).partition(": ")[2],
        "before": [_became(one) for one in page.before],
        "agenda": [f"{item.number}. {' '.join(part for part in (item.ref, item.what) if part)}" for item in page.items],
        "decisions": [row.said for row in _rows(page)],
        "corrections": list(shown.whole(page)["addenda"]),
        "printed": f"{writing.day(now)}, {writing.clock_time(now)}",
    }


def _rows(page: SittingPage) -> Sequence[Row]:
    return [
        Row(str(item.number), one.ref, _measure(one), one.title, writing.day(one.by))
        for item in page.items
        for one in item.decisions
    ]


def _measure(one: DecisionLine) -> str:
    return f"{one.what}, {writing.number(one.som)} {_('som')}" if one.som else one.what


def _became(one: DecisionLine) -> str:
    what = f"{one.ref} {_measure(one)}" if one.ref else _measure(one)
    return f"{what}: {shown.decision(one).state}"


def _paper(page: SittingPage, data: Mapping[str, Value], lang: str) -> Paper:
    """The same values; the decisions as a table. Headings are those of the printed paper."""
    chosen = pack(PACK)
    words = _WORDS[lang]
    lead = [f"{words[key]}: {data[key]}" for key in ("committee", "kind", "when", "came", "quorum")]
    table = [(row.item, row.code, row.measure, row.who, row.by) for row in _rows(page)]
    parts = [
        Part("", lead),
        *(Part(words[key], list(data[key])) for key in ("before", "agenda") if data[key]),
        Part(words["decisions"], (), words["head"].split("|") if table else (), table),
        *(Part(words[key], list(data[key])) for key in ("corrections",) if data[key]),
        Part("", [f"{words[key]} ____________________" for key in ("chair", "secretary")]),
    ]
    return Paper(chosen.title[lang], str(data["code"]), parts, chosen.stands_for.get(lang, ""))


# The words of the printed paper stand in its pack; a word processor has no pack.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "ky": {
        "committee": "Комитет",
        "kind": "Отурум",
        "when": "Качан, кайда",
        "came": "Катышты",
        "quorum": "Кворум",
        "before": "Мурунку чечимдердин аткарылышы",
        "agenda": "Күн тартиби",
        "decisions": "Чечимдер",
        "corrections": "Оңдоолор",
        "head": "Маселе|Код|Чара|Жооптуу|Мөөнөтү",
        "chair": "Төрага",
        "secretary": "Катчы",
    },
    "ru": {
        "committee": "Комитет",
        "kind": "Заседание",
        "when": "Когда и где",
        "came": "Присутствовали",
        "quorum": "Кворум",
        "before": "Исполнение прежних решений",
        "agenda": "Повестка дня",
        "decisions": "Решения",
        "corrections": "Исправления",
        "head": "Вопрос|Код|Мера|Ответственный|Срок",
        "chair": "Председатель",
        "secretary": "Секретарь",
    },
}
