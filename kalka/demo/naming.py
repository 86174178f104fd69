"""Invented names, the same ones in every installation: those of a village in Chui are not those of one in Batken."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from kalka.core.datafile import read

FILE = Path(__file__).parent / "names.yaml"
SONS = ("ов", "ев", "ёв", "ин")


def names(oblast: str, seed: str) -> Iterator[tuple[str, str, str]]:
    """Without end: sex, given, family. No two of one seed are the same."""
    drawn, seen = Random(seed), set()
    told = _told()
    kinds, weights = zip(*told["mix"][oblast[:5]].items(), strict=True)
    while True:
        kind = told["names"][drawn.choices(kinds, weights)[0]]
        sex = "f" if drawn.random() < 0.6 else "m"
        given, family = drawn.choice(kind["women" if sex == "f" else "men"]), drawn.choice(kind["family"])
        if sex == "f" and family.endswith(SONS):
            family += "а"
        if (given, family) not in seen:
            seen.add((given, family))
            yield sex, given, family


@cache
def _told() -> Any:
    return read(FILE)
