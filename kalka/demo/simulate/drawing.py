"""Who, where, when and what: a case is drawn from the figures by its number alone, and always the same."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from kalka.cases.rules import gbvims_type
from kalka.demo.simulate import figures, naming
from kalka.demo.simulate.eras import Era, era_of
from kalka.demo.simulate.figures import Weights
from kalka.demo.simulate.shapes import Shape
from kalka.demo.simulate.told import Cast
from kalka.people import relations
from kalka.people.rules import age_band
from kalka.risk.rules import age_from, relationship

ENOUGH = 12  # a course too rare to be drawn so often is left out: each one is played once before it is cast
EARLIEST, LATEST = -45, 90  # minutes a course may begin before or after its hour
BACK = 45  # days over which courses that would not end in time are spread
AT_RANDOM: dict[str, str] = {"penetration": "no", "sexual_contact": "no", "physical": "no"}


@dataclass(frozen=True, slots=True)
class Course:
    """One case to be: which course it takes, when, where, and the words it is told with."""

    number: int
    shape: Shape
    era: int
    cast: int
    teller: int
    day: date
    minutes: int  # later than the hours of the shape
    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dice:
    """Weights summed up, so that one number draws one of them."""

    faces: tuple[Any, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[Any, float]) -> "Dice":
        return cls(tuple(weights), tuple(accumulate(weights.values())))

    def throw(self, rng: Random) -> Any:
        return self.faces[bisect_left(self.sums, rng.random() * self.sums[-1], 0, len(self.sums) - 1)]


def _dice(weights: Weights) -> Dice:
    return Dice.of(weights)


HER_AGE, RELATION, FORMS = _dice(figures.HER_AGE), _dice(figures.RELATION), _dice(figures.FORMS)
FORMS_BEFORE = _dice({form: weight for form, weight in figures.FORMS.items() if form != "stalking"})
LANGUAGE, FIRSTHAND, BY_WHOM = _dice(figures.LANGUAGE), _dice(figures.FIRSTHAND), _dice(figures.BY_WHOM)


def day_weight(day: date) -> float:
    """How many reports a day has, against others."""
    last = max(figures.A_YEAR)
    year = figures.A_YEAR.get(day.year, figures.A_YEAR[last if day.year > last else min(figures.A_YEAR)])
    weight = year * figures.A_MONTH[day.month - 1] * figures.A_WEEKDAY[day.weekday()]
    if day.year == figures.LAW_161.year:
        weight *= figures.AFTER_LAW_161 if day >= figures.LAW_161 else 1.0
    return weight


def days(first: date, last: date) -> Dice:
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Dice.of({day: day_weight(day) for day in every})


@dataclass(frozen=True, slots=True)
class World:
    """All that a draw depends on."""

    seed: int
    cases: int
    eras: tuple[Era, ...]
    casts: tuple[Cast, ...]
    standing: int  # how many, the first numbers, are of today and still worked on
    on: Dice  # days
    where: Dice  # indices of casts
    open: tuple[Dice, ...]  # standing shapes, by cast
    closed: tuple[tuple[Dice, ...], ...]  # shapes that came to an end, by era and cast

    @property
    def until(self) -> date:
        return self.eras[-1].last


def world(
    seed: int, cases: int, eras: tuple[Era, ...], casts: tuple[Cast, ...], shapes: Sequence[Shape], standing: int
) -> World:
    """Shapes that a place has no posts for, that do not fit under a law, or that would be too rare, are left out."""
    on = days(eras[0].first, eras[-1].last)
    shares = _shares(eras, on)
    whole = sum(cast.weight for cast in casts)
    alike: dict[Any, float] = {}
    for cast in casts:
        alike[cast.likeness] = alike.get(cast.likeness, 0.0) + cast.weight / whole
    closed = []
    for era in eras:
        share = sum(one for other, one in zip(eras, shares, strict=True) if other.terms == era.terms)
        fitting = [one for one in shapes if not one.standing and one.law in ("", era.law)]
        fitting = [one for one in fitting if era.latest(one.length) >= era.first]
        of_cast = {
            likeness: Dice.of(_often(fitting, likeness[0], cases * share * part)) for likeness, part in alike.items()
        }
        closed.append(tuple(of_cast[cast.likeness] for cast in casts))
    now = [one for one in shapes if one.standing and one.law in ("", eras[-1].law)]
    open_ = tuple(Dice.of({one: one.weight for one in now if one.people <= _at(cast)}) for cast in casts)
    where = Dice.of({place: cast.weight for place, cast in enumerate(casts)})
    return World(seed, cases, eras, casts, standing, on, where, open_, tuple(closed))


def _at(cast: Cast) -> set[str]:
    return {*cast.members, "teller"}


def _shares(eras: tuple[Era, ...], on: Dice) -> list[float]:
    found = [0.0] * len(eras)
    for day, upto, before in zip(on.faces, on.sums, (0.0, *on.sums), strict=False):
        found[era_of(eras, day)] += (upto - before) / on.sums[-1]
    return found


def _often(fitting: list[Shape], names: Sequence[str], expected: float) -> dict[Shape, float]:
    """Those that may be played by these people and would come up often enough; the commonest one at any rate."""
    able = [one for one in fitting if one.people <= {*names, "teller"}]
    whole = sum(one.weight for one in able)
    able.sort(key=lambda one: -one.weight)
    return {one: one.weight for one in able if one is able[0] or expected * one.weight / whole >= ENOUGH}


def draw(world: World, number: int) -> Course:
    rng = Random(f"{world.seed}/{number}")
    if number < world.standing:
        cast = number % len(world.casts)
        shape: Shape = world.open[cast].throw(rng)
        assert shape.standing is not None
        day, era = world.until - timedelta(days=rng.randint(*shape.standing)), len(world.eras) - 1
    else:
        cast, day = world.where.throw(rng), world.on.throw(rng)
        era = era_of(world.eras, day)
        shape = world.closed[era][cast].throw(rng)
        day = _in_time(rng, day, world.eras[era], shape, last=era == len(world.eras) - 1)
    at = world.casts[cast]
    teller = int(rng.random() * len(at.tellers))
    minutes = rng.randint(EARLIEST, LATEST)
    told = words(rng, number, shape, at, at.tellers[teller].actor.role, day)
    return Course(number, shape, era, cast, teller, day, minutes, told)


def _in_time(rng: Random, day: date, era: Era, shape: Shape, *, last: bool) -> date:
    """What would go on beyond the era, or today, begins earlier."""
    latest = era.latest(shape.length + (1 if last else 0))
    if day <= latest:
        return day
    return max(era.first, latest - timedelta(days=rng.randrange(BACK)))


def words(rng: Random, number: int, shape: Shape, cast: Cast, role: str, day: date) -> dict[str, Any]:
    """Everything a course may be told with; a shape takes what it needs."""
    relation, band = RELATION.throw(rng), HER_AGE.throw(rng)
    forms = (FORMS if day >= figures.STALKING_SINCE else FORMS_BEFORE).throw(rng).split(",")
    people = "russian" if rng.random() < figures.RUSSIAN_NAMES else "kyrgyz"
    found = _persons(rng, people, relation, band, day)
    said: Callable[..., str] = naming.said
    first = forms[0]
    return {
        **found,
        **happened(forms, relation, in_laws=shape.in_laws),
        "place": cast.place,
        "village": rng.choice(cast.villages) if cast.villages else cast.place,
        "way": figures.WAY.get(role, "walk_in"),
        "by_whom": BY_WHOM.throw(rng),
        "firsthand": FIRSTHAND.throw(rng),
        "relation": relation,
        "phone": naming.phone(rng),
        "reporter": f"{naming.given(rng, 'kyrgyz', 'f')} {naming.of_sex(naming.family(rng, 'kyrgyz'), 'kyrgyz', 'f')}",
        "what": said(rng, "what", first),
        "what2": said(rng, "what", first),
        "where": said(rng, "where"),
        "order.number": f"ВОО-{number + 1}/{day.year % 100:02d}",
        **{f"reason{n}": said(rng, "reasons") for n in ("", "2")},
        **{f"visit{n}": said(rng, "visits") for n in ("", "2")},
        **{f"note{n}": said(rng, "notes") for n in ("", "2")},
        **{f"closing{n}": said(rng, "closing") for n in ("", "2")},
        "calmer": said(rng, "calmer"),
        "agreed": said(rng, "calmer"),
        "no_case": said(rng, "no_case"),
    }


def happened(forms: Sequence[str], relation: str, *, in_laws: bool) -> dict[str, Any]:
    """Forms, the answers they come from, and what follows from both: as the modules would write it down."""
    group = relations.kinds()[relation].group
    if "sexual" in forms:
        answers = {"penetration": "no", "sexual_contact": "yes"}
    elif "physical" in forms:
        answers = {**AT_RANDOM, "physical": "yes"}
    elif {"economic", "neglect"} & set(forms):
        answers = {**AT_RANDOM, "forced_marriage": "no", "resources": "yes"}
    else:
        answers = {**AT_RANDOM, "forced_marriage": "no", "resources": "no", "psychological": "yes"}
    contexts = {"intimate": "intimate_partner", "in_law": "in_laws"}.get(group, "")
    contexts = "elder_abuse" if relation == "child" else contexts
    near = relationship([group, "in_law"] if in_laws else [group])
    return {
        "forms.told": list(forms),
        "forms": ",".join(sorted(forms)),
        "answers": answers,
        "gbvims": gbvims_type(answers).type or "",
        "contexts.told": [contexts] if contexts else [],
        "contexts": contexts,
        "relationship": near or "",
    }


def _persons(rng: Random, people: str, relation: str, band: str, day: date) -> dict[str, Any]:
    her, his = ("f", "m") if rng.random() < figures.WOMEN else ("m", "f")
    if relation == "parent_in_law" and rng.random() < 0.7:
        his = "f"  # the mother-in-law
    name = naming.family(rng, people)
    other = name if relation in ("spouse", "child", "parent", "parent_in_law") else naming.family(rng, people)
    born = day.year - _age(rng, band)
    gap = {"parent": -26, "parent_in_law": -25, "child": 27}.get(relation, -3)
    his_born = min(born + gap + rng.randint(-3, 3), day.year - 16)
    found = {
        **_named(rng, "her", name, people, her),
        **_named(rng, "his", other, people, his),
        **_named(rng, "mother", name, people, "f"),
        "her.born": born,
        "his.born": his_born,
        "her.band": age_band(day, birth_year=born),
        "his.band": age_band(day, birth_year=his_born),
        "her.language": "ru" if people == "russian" else LANGUAGE.throw(rng),
        "her.phone": naming.phone(rng),
    }
    return found | {"her.age_from": age_from(str(found["her.band"]))}


def _age(rng: Random, band: str) -> int:
    first = age_from(band) or 0
    last = {"14-17": 16, "60+": 82}.get(band) or int(band.partition("-")[2])
    return rng.randint(first + 1, last)


def _named(rng: Random, who: str, family: str, people: str, sex: str) -> dict[str, str]:
    return {
        f"{who}.family": naming.of_sex(family, people, sex),
        f"{who}.given": naming.given(rng, people, sex),
        f"{who}.patronymic": naming.patronymic(rng, people, sex) if who != "mother" else "",
        f"{who}.sex": sex,
    }
