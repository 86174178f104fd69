"""On what ground a file may be destroyed. Age is none: the law's term (`retention.case_years`) is not known."""

import re
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError

NUMBER = re.compile(r"(?=.*\d)[\w/№. -]{1,32}")


class Ground(StrEnum):
    COURT = "court"  # a decision of a court that has entered into force
    AUTHORITY = "authority"  # a written order of the authority for personal data


def check(ground: str, *, paper_on: date, paper: str, today: date) -> Ground:
    """Refuses a ground that is none, and a paper without a number or of a day to come."""
    if ground not in list(Ground):
        raise DomainError("custody.not_a_ground", grounds=", ".join(Ground))
    if paper_on > today:
        raise DomainError("custody.paper_to_come")
    if not NUMBER.fullmatch(paper):
        raise DomainError("custody.paper_number")
    return Ground(ground)
