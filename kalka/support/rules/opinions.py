"""What people think of the help they got: answers of nobody in particular, shown in sums alone."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError
from kalka.support.rules.plan import known

LEAST = 5
QUESTIONS = ("heard", "safe", "useful", "again")


class Said(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Sums:
    """`answers` of a question are there only where none of them stands for fewer than five people."""

    number: int
    answers: Mapping[str, Mapping[str, int]]


def check_opinion(answers: Mapping[str, str]) -> None:
    """Each question may be left out, not all of them."""
    for question, answer in answers.items():
        known(question, question, QUESTIONS)
        known(question, answer, ("", *Said))
    if not any(answers.values()):
        raise DomainError("support.nothing_written", field=QUESTIONS[0])


def quarter_before(today: date) -> tuple[date, date]:
    """The last quarter that is over, first day and the day after it: a running one would tell the newest answer."""
    month = (today.month - 1) // 3 * 3 + 1
    end = date(today.year, month, 1)
    start = date(end.year - 1, 10, 1) if month == 1 else date(end.year, month - 3, 1)
    return start, end


def summed(rows: Sequence[Sequence[str]]) -> Sums | None:
    """None for fewer than five opinions. Rows hold the answers in the order of the questions."""
    if len(rows) < LEAST:
        return None
    counted = {question: Counter(row[place] for row in rows) for place, question in enumerate(QUESTIONS)}
    return Sums(len(rows), {question: _shown(found) for question, found in counted.items() if _hides(found.values())})


def _shown(found: Counter[str]) -> Mapping[str, int]:
    return {answer: found[answer] for answer in ("", *Said) if found[answer]}


def _hides(numbers: Collection[int]) -> bool:
    """Whether nobody is told from the others: every answer that was given was given by five at least."""
    return all(number >= LEAST for number in numbers)
