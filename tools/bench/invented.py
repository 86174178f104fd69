"""A population of invented names: a few families and given names are common, most are rare, as anywhere."""

from random import Random

SYLLABLES = (
    *("ба", "ка", "та", "ма", "са", "жа", "ай", "ал", "эр", "бек", "нур", "бай", "кул", "дар", "мир", "ток", "сул"),
    *("рза", "ша", "өмүр", "үсөн", "ды", "гү", "чын", "кан", "лы", "ис", "ор", "ү", "зи", "пар", "хам", "вер", "ни"),
)
LETTERS = "абвгдежзийклмнопрстуфхцчшыэюяөү"
SHORT = 4  # letters in which a slip is not forgiven
MEN, WOMEN = ("ов", "ев"), ("ова", "ева")


class Population:
    """`families` and `given`: how many names there are to choose from."""

    def __init__(self, seed: int, *, families: int = 3_000, given: int = 600) -> None:
        names = Random(1)  # the same names for every sample of the population
        self.rng = Random(seed)
        self._families = _distinct(names, families, (2, 3, 3, 4))
        self._given = _distinct(names, given, (2, 2, 3))
        self._family_weights = [1 / (rank + 1) ** 0.9 for rank in range(families)]
        self._given_weights = [1 / (rank + 1) ** 0.9 for rank in range(given)]

    def names(self, count: int) -> list[tuple[str, str]]:
        families = self.rng.choices(self._families, self._family_weights, k=count)
        given = self.rng.choices(self._given, self._given_weights, k=count)
        return [(family + self.rng.choice(MEN + WOMEN), one) for family, one in zip(families, given, strict=True)]

    def mistyped(self, word: str) -> str:
        """One letter put in, left out, another one, or two exchanged."""
        at, letter = self.rng.randrange(len(word)), self.rng.choice(LETTERS)
        swap = min(at, len(word) - 2)
        return self.rng.choice(
            (
                word[:at] + letter + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :],
            )
        )


def _distinct(rng: Random, count: int, syllables: tuple[int, ...]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        word = "".join(rng.choices(SYLLABLES, k=rng.choice(syllables)))
        if len(word) > SHORT:
            found[word.capitalize()] = None
    return list(found)
