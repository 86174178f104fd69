"""Two tables as people keep them: the members of a committee, and the committees of a territory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kalka.committees import labels, rules, selectors, services
from kalka.committees.rules import SINGLE, Answer, Approval, Approver, Card, Channel, Founding, NewMember, Office
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.datafile import LANGUAGES
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory.roles import CATEGORIES
from kalka.places.said import code_of
from kalka.sheets import written
from kalka.sheets.cells import CellError, Options, looks
from kalka.sheets.loading import Loader, row_id
from kalka.sheets.table import Column, SheetRow
from kalka.ui.text import StrOrPromise

# How people call them in their own lists, beside the titles of the codes.
CALLED = {
    "police": ("милиция", "ИИБ", "участкалык", "участковый", "РИИБ", "РОВД"),
    "health": ("медицина", "фельдшер", "ФАП", "врач", "дарыгер", "саламаттык сактоо", "здравоохранение"),
    "education": ("мектеп", "мугалим", "билим берүү", "школа", "учитель", "завуч", "соцпедагог", "образование"),
    "social": ("соцкызматкер", "социалдык кызматкер", "соцработник", "социальный работник", "соцөнүгүү"),
    "councils": ("аксакалдар соту", "аялдар кеңеши", "жаштар кеңеши", "активист", "суд аксакалов", "женсовет", "имам"),
    "advocates": ("адвокат", "ӨЭУ", "НПО", "кризистик борбор", "кризисный центр", "юрист"),
    "executive": ("айыл өкмөтү", "АӨ", "башкы адис", "айыл башчысы", "айыл окмоту", "ЖӨБО", "ОМСУ", "МТУ"),
    "deputies": ("депутат", "айылдык кеңеш", "шаардык кеңеш", "кенеш", "депутат АК"),
}


@dataclass(frozen=True, slots=True, repr=False)
class FoundedRow:
    place: str
    told: Founding
    approvals: tuple[Approval, ...]


def _heads(title: StrOrPromise, *others: str) -> dict[str, str]:
    """In the three languages, and as lists are headed elsewhere."""
    said = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            said[lang] = str(title)
    return said | {f"also {number}": other for number, other in enumerate(others)}


def _options(titles: labels.Labels) -> Options:
    return {code: _heads(title) for code, title in titles.items()}


def _categories() -> Options:
    return {
        code: {**one.titles, **{f"also {number}": name for number, name in enumerate(CALLED[code])}}
        for code, one in CATEGORIES.items()
    }


def member_columns() -> tuple[Column, ...]:
    return (
        Column("name", _heads(_("Family name and given name"), "ФИО", "Ф.И.О.", "Аты-жөнү", "ФАА"), required=True,
               parse=written.words),
        Column("category", _heads(_("For whom does this member stand?"), "Кайсы тараптан", "Тармагы", "Сектор",
                                  "Категория", "Өкүлү", "Кто представляет"), required=True, options=_categories()),
        Column("office", _heads(_("Office"), "Комитеттеги кызматы", "Должность в комитете"),
               options=_options(labels.OFFICES)),
        Column("since", _heads(_("Member since which day?"), "Дайындалган күнү", "С какого числа", "Киргиз күнү",
                               "Кирген күнү"), required=True, parse=written.day),
        Column("phone", _heads(_("Telephone number"), "Телефон", "Тел", "Байланыш"), parse=written.words),
        Column("on_paper", _heads(_("Without a device"), "Телефону жок", "Без телефона"), parse=written.yes),
        Column("signed_on", _heads(_("Signed to keep silent on"), "Сыр сактоого кол койгон күнү",
                                   "Дата подписки о неразглашении"), parse=written.day),
    )  # fmt: skip


def committee_columns() -> tuple[Column, ...]:
    return (
        Column("place", _heads(_("Aimak, town, city or part of one"), "Айыл аймагы", "АА", "АО", "Айылный аймак",
                               "Муниципалитет", "Шаар"), required=True, parse=written.words),
        Column("since", _heads(_("Works since"), "Түзүлгөн күнү", "Дата создания"), required=True, parse=written.day),
        Column("until", _heads(_("Until"), "Мөөнөтү", "Срок до"), parse=written.day),
        Column("proposed_on", _heads(_("Proposed on"), "Сунушталган күнү", "Дата предложения"), parse=written.day),
        Column("proposal", _heads(_("Number of that paper"), "Сунуштун номери", "Номер предложения"),
               parse=written.words),
        Column("no_earlier", _heads(_("Nothing like it was here before"), "Мурда болгон эмес",
                                    "Ранее не было"), parse=written.yes),
        Column("no_other", _heads(_("No other international organisation supports one here"),
                                  "Башка колдоо жок", "Другой поддержки нет"), parse=written.yes),
        Column("project", _heads(_("Project"), "Долбоор", "Проект"), parse=written.words),
        Column("head_on", _heads(_("Approved by the head on"), "Башчы бекиткен күнү", "Утвердил глава"),
               parse=written.day),
        Column("kenesh_on", _heads(_("Approved by the kenesh on"), "Кеңеш бекиткен күнү", "Утвердил кенеш"),
               parse=written.day),
    )  # fmt: skip


def _member(actor: Actor, row: SheetRow, now: datetime) -> NewMember:
    selectors.own(actor)
    since = row.day("since")
    assert since is not None  # the column is required
    phone = row.text("phone")
    told = NewMember(
        name=row.text("name"),
        category=row.text("category"),
        since=since,
        office=row.text("office") or Office.MEMBER,
        card=Card(row.values.get("on_paper") is True, Channel.CALL if phone else Channel.PERSON, phone=phone),
        signed_on=row.day("signed_on"),
    )
    rules.check_member(told, CATEGORIES, today=day_of(now))
    if not selectors.is_card_there(actor, row_id(MEMBERS.kind, actor.organisation_id, _name_key(row))):
        selectors.ensure_office_free(actor, told.office)
    return told


def _name_key(row: SheetRow) -> Sequence[str]:
    return [row.text("name")]


def _alone(told: object) -> Sequence[tuple[str, str, str]]:
    assert isinstance(told, NewMember)
    return [("office", told.office, "committees.office_twice")] if told.office in SINGLE else []


def _take_member(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, NewMember)
    services.add_member(actor, id=id, told=told, now=now)


def _founded(actor: Actor, row: SheetRow, now: datetime) -> FoundedRow:
    since, today = row.day("since"), day_of(now)
    assert since is not None  # the column is required
    place = code_of(row.text("place"))
    told = Founding(
        since=since,
        until=row.day("until"),
        proposed_on=row.day("proposed_on"),
        proposal=row.text("proposal"),
        no_earlier=_answer(row, "no_earlier"),
        no_other=_answer(row, "no_other"),
        project=_project(actor, row.text("project")),
    )
    approvals = tuple(
        Approval(by, on)
        for by, name in ((Approver.HEAD, "head_on"), (Approver.KENESH, "kenesh_on"))
        if (on := row.day(name)) is not None
    )
    rules.check_founding(told, today=today)
    for one, name in zip(approvals, ("head_on", "kenesh_on"), strict=False):
        if one.on > today:
            raise DomainError("committees.day_to_come", field=name)
    if not selectors.is_there(actor, row_id(COMMITTEES.kind, actor.organisation_id, _place_key(row))):
        selectors.ensure_free(actor, place, told)
    return FoundedRow(place, told, approvals)


def _take_founded(actor: Actor, id: UUID, told: object, now: datetime) -> None:
    assert isinstance(told, FoundedRow)
    services.found(actor, id=id, place=told.place, told=told.told, now=now, approvals=told.approvals)


def _answer(row: SheetRow, name: str) -> str:
    """A blank cell is nobody's no."""
    said = row.values.get(name)
    return Answer.UNKNOWN if said is None else Answer.YES if said else Answer.NO


def _project(actor: Actor, said: str) -> str:
    if not said:
        return ""
    found = [one for one in selectors.projects(actor) if looks(said) in {looks(name) for name in one.names.values()}]
    if len(found) != 1:
        raise CellError("committees.no_such_project", field="project")
    return str(found[0].id)


def _place_key(row: SheetRow) -> Sequence[str]:
    return [row.text("place")]


MEMBERS = Loader(
    kind="members",
    title=_("Members of a committee"),
    needs=Permission.COMMITTEE_KEEP,
    columns=member_columns,
    key=_name_key,
    told=_member,
    is_there=selectors.is_card_there,
    take=_take_member,
    alone=_alone,
)
COMMITTEES = Loader(
    kind="committees",
    title=_("Committees"),
    needs=Permission.COMMITTEE_FOUND,
    columns=committee_columns,
    key=_place_key,
    told=_founded,
    is_there=selectors.is_there,
    take=_take_founded,
)


def loader_for(actor: Actor) -> Loader:
    """Whoever founds committees brings a list of them; whoever keeps one, the list of its members."""
    return COMMITTEES if actor.may(Permission.COMMITTEE_FOUND) else MEMBERS
