"""Cells as people write them in tables of their own: each understood in one way, or refused with what to write instead.

A column of a module's own list takes these as its `parse`. What two people would read differently is not guessed.
"""

import re
import unicodedata
from datetime import date, timedelta

from kalka.sheets import cells
from kalka.sheets.cells import Cell, CellError, Counted, Options, Parse, text

_MOST = 10_000_000
_LATIN, _CYRILLIC = "aceopxyABCEHKMOPTXYɵθƟΘγi", "асеорхуАВСЕНКМОРТХУөөӨӨүі"
_AS_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = "\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'’"
_NUMBER = rf"(\d{{1,3}}(?:[{_SPACE}.,]\d{{3}})+|\d+)"
_OVER = re.compile(
    rf"(?:>|свыше|более(?: чем)?|больше(?: чем)?|over|more than)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*-?\s*(?:[дт][аеоө]н\s+(?:ашык|ашуун|көп|коп|ашты)|с лишним|\+)"
)
_LEAST = re.compile(
    rf"(?:≥|>=|не менее|не меньше|от|минимум|кеминде|эң аз|at least)\s*{_NUMBER}"
    rf"|{_NUMBER}\s*-?\s*[дт][аеоө]н\s+(?:кем эмес|аз эмес)"
)
_UNIT = re.compile(
    r"\s*(?:адам(?:дар)?|киши|үй-?бүлө|человека?|чел|семь[яией]|шт|раза?|сом(?:ов|а)?|кгс|kgs|som|people|persons?)\.?$"
)
_THOUSAND = re.compile(r"(\d+)(?:[.,](\d))?\s*(?:миң|мин|тыс\.?|тысячи?|thousand)")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\s*-?\s*(?:ж|г|года|жыл)?\.?")
_IN_WORDS = re.compile(r"(\d{1,2})[-\s]*(\w+?)\s+(\d{4})\s*(?:-?\s*(?:ж|г|года|жыл\w*))?\.?")
_YEAR_BEFORE = re.compile(r"(\d{4})\s*-?\s*(?:ж|г|жыл\w*|года?)\.?,?\s+(?:(\d{1,2})[-\s]+(\w+)|(\w+?)\s+(\d{1,2}))")
_SERIAL_FROM, _SERIAL_TO = date(2000, 1, 1), date(2050, 1, 1)
_SERIAL_BASE = date(1899, 12, 30)
_MONTHS: dict[str, int] = {
    stem: number
    for number, stems in enumerate(
        (
            ("январ", "янв", "үчтүн айы", "jan"),
            ("феврал", "фев", "бирдин айы", "feb"),
            ("март", "мар", "жалган куран", "mar"),
            ("апрел", "апр", "чын куран", "apr"),
            ("май", "мая", "бугу", "may"),
            ("июн", "кулжа", "jun"),
            ("июл", "теке", "jul"),
            ("август", "авг", "баш оона", "aug"),
            ("сентябр", "сен", "сент", "аяк оона", "sep"),
            ("октябр", "окт", "тогуздун айы", "oct"),
            ("ноябр", "ноя", "жетинин айы", "nov"),
            ("декабр", "дек", "бештин айы", "dec"),
        ),
        1,
    )
    for stem in stems
}
_SUFFIX = re.compile(r"(?:ы|и|у|ү|я|ь|а|дын|ында|инде|unda|uary|ruary|ch|il|e|y|ust|tember|ober|ember)?")
YES_NO: Options = {
    "yes": {"ky": "ооба", "ru": "да", "en": "yes", "short": "+", "mark": "v", "number": "1", "there": "бар"},
    "no": {"ky": "жок", "ru": "нет", "en": "no", "short": "-", "dash": "–", "number": "0", "not": "эмес"},
}
SEX: Options = {
    "f": {"ky": "аял", "ru": "женский", "en": "female", "1": "а", "2": "ж", "3": "жен", "4": "кыз", "5": "женщина"},
    "m": {"ky": "эркек", "ru": "мужской", "en": "male", "1": "э", "2": "м", "3": "муж", "4": "бала", "5": "мужчина"},
}


def lettered(said: str) -> str:
    """In a word with Cyrillic letters, Latin ones that look Cyrillic are Cyrillic. A word that is Latin whole stays:
    it may be the name of an organisation."""
    return _WORD.sub(lambda found: _one_script(found[0]), said)


def _one_script(word: str) -> str:
    mixed = any("\u0400" <= letter <= "\u052f" for letter in word)
    return word.translate(_AS_CYRILLIC) if mixed else word


def words(cell: Cell) -> str:
    """A text in one script, each space once."""
    return " ".join(lettered(text(cell)).split())


def choice(options: Options) -> Parse:
    return cells.choice(options)


def yes(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    said = unicodedata.normalize("NFKC", text(cell)).strip()
    if said in ("+", "✓", "✔", "√"):
        return True
    if said in ("-", "–", "—", "−"):
        return False
    return cells.choice(YES_NO)(cell) == "yes"


sex = cells.choice(SEX)


def counted(least: int = 0, most: int = _MOST) -> Parse:
    """A number, or a bound of one: 24, «20дан ашык», «свыше 1 000 человек», «200+», «не менее 15»."""

    def parse(cell: Cell) -> Counted:
        said, bound = _plain_number(cell), "exact"
        if found := _OVER.fullmatch(said):
            said, bound = found[1] or found[2], "over"
        elif found := _LEAST.fullmatch(said):
            said, bound = found[1] or found[2], "least"
        return Counted(_whole(said, least, most), bound)

    return parse


def number(least: int = 0, most: int = _MOST) -> Parse:
    """A number alone, with its unit or without: «12 адам», «13 000 сом», «13 миң сом»."""

    def parse(cell: Cell) -> int:
        return _whole(_plain_number(cell), least, most)

    return parse


def _plain_number(cell: Cell) -> str:
    said = unicodedata.normalize("NFKC", text(cell)).casefold()
    said = _zeros(said).strip(" .")
    before = ""
    while before != said:
        before, said = said, _UNIT.sub("", said).strip()
    return lettered(said)


def _zeros(said: str) -> str:
    """A letter O among digits was meant as a nought."""
    return re.sub(r"(?<=\d)[oо](?=[\doо]|\b)|(?<=[\d.])[oо](?=\d)", "0", said)


def _whole(said: str, least: int, most: int) -> int:
    if found := _THOUSAND.fullmatch(said):
        value = int(found[1]) * 1000 + int(found[2] or 0) * 100
    elif re.fullmatch(_NUMBER, said):
        value = int(re.sub(r"\D", "", said))
    elif found := re.fullmatch(rf"{_NUMBER}[.,]0{{1,2}}", said):
        value = int(re.sub(r"\D", "", found[1]))
    else:
        raise CellError("sheets.not_a_number", least=least, most=most)
    if not least <= value <= most:
        raise CellError("sheets.number_outside", least=least, most=most)
    return value


def day(cell: Cell) -> date:
    """A date however it is written: 12.03.2022, 12.03.22, 13/03/2022, «12-март 2022-ж.», «2022-жылдын 12-марты»,
    «12 марта 2022 г.», or the number a spreadsheet keeps a date as. Refuses 03/04/2022 (whose fourth, whose third?)
    and a month without its day."""
    if isinstance(cell, date):
        return cells.day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    said = _zeros(" ".join(text(cell).casefold().split()))
    said = lettered(said).strip(" ,")
    if found := _DAY_FIRST.fullmatch(said):
        return _dotted(found[1], found[2], found[3], found[4])
    for pattern in (_IN_WORDS, _YEAR_BEFORE):
        if found := pattern.fullmatch(said):
            return _spoken(found, year_first=pattern is _YEAR_BEFORE)
    if re.fullmatch(r"\D*\d{4}\D*", said) and any(_month(word) for word in re.findall(r"[^\W\d]+", said)):
        raise CellError("sheets.day_without_its_day")
    return cells.day(said)


def _serial(cell: int | float) -> date:
    try:
        found = _SERIAL_BASE + timedelta(days=int(cell))
    except OverflowError:
        raise CellError("sheets.not_a_day") from None
    if not _SERIAL_FROM <= found < _SERIAL_TO:
        raise CellError("sheets.not_a_day")
    return found


def _dotted(first: str, mark: str, second: str, year: str) -> date:
    if mark == "/" and first != second and int(first) <= 12 and int(second) <= 12:
        raise CellError("sheets.day_or_month")
    return _real(int(year) + (2000 if len(year) == 2 else 0), int(second), int(first))


def _spoken(found: re.Match[str], *, year_first: bool) -> date:
    if year_first:
        year, day_of, month = found[1], found[2] or found[5], found[3] or found[4]
    else:
        day_of, month, year = found[1], found[2], found[3]
    return _real(int(year), _month(month), int(day_of))


def _month(word: str) -> int:
    word = word.strip("-. ")
    stem = max((one for one in _MONTHS if word.startswith(one)), key=len, default="")
    return _MONTHS[stem] if stem and _SUFFIX.match(word[len(stem) :]) else 0


def _real(year: int, month: int, day_of: int) -> date:
    try:
        return date(year, month, day_of)
    except ValueError:
        raise CellError("sheets.not_a_day") from None
