"""What invented people are called and what is said of them: words of our own, chosen by whoever holds the dice."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from kalka.core import datafile

FILE = Path(__file__).with_name("words.yaml")
VOWELS = "аеёиоөуүыэюя"


@cache
def words() -> Any:
    return datafile.read(FILE)


def family(rng: Random, people: str) -> str:
    """Without its ending."""
    return str(rng.choice(words()[people]["families"]))


def of_sex(family: str, people: str, sex: str) -> str:
    """«Токтосун»: Токтосунова, Токтосунов. «Бейше»: Бейшеева, Бейшеев."""
    told = words()[people]
    soft = people == "kyrgyz" and family[-1] in VOWELS
    return family + str(told["soft" if soft else "endings"][sex])


def given(rng: Random, people: str, sex: str) -> str:
    return str(rng.choice(words()[people]["women" if sex == "f" else "men"]))


def patronymic(rng: Random, people: str, sex: str) -> str:
    """«Нурлан кызы», «Николаевна»; half of the Kyrgyz ones go without."""
    told = words()[people]
    if people == "russian":
        return str(rng.choice(told["fathers"][sex]))
    return f"{rng.choice(told['men'])} {told['patronymics'][sex]}" if rng.random() < 0.5 else ""


def phone(rng: Random) -> str:
    """As the numbers of the demo: nobody has one with these noughts in it."""
    return f"+996 {rng.choice((500, 550, 555, 700, 703, 707, 770, 777, 990))} 000 {rng.randrange(1000):03d}"


def said(rng: Random, what: str, of: str = "") -> str:
    """One of the texts of this kind."""
    listed = words()[what][of] if of else words()[what]
    return str(listed[int(rng.random() * len(listed))])
