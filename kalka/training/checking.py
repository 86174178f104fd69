"""A certificate by its code, for anybody: nobody is asked who is asking, and nobody's name is answered."""

from dataclasses import dataclass
from datetime import date

from kalka.core import sight
from kalka.training import codes
from kalka.training.models import Certificate, TakenBack


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody with the code learns: no name, no place."""

    valid: bool
    names: dict[str, str]
    on: date
    last: date
    hours: int
    issued: date

    def name(self, lang: str) -> str:
        return self.names.get(lang[:2]) or self.names["ky"]


def check(typed: str) -> Checked | None:
    """None for a code that never was. One statement whatever is typed; a taken-back certificate is not valid."""
    code = codes.read(typed)
    if not code:
        return None
    with sight.beyond():  # of one certificate: what it was for, and nobody's name
        row = Certificate.objects.select_related("course__programme").filter(mac=codes.digest(code)).first()
        if row is None:
            return None
        ended = TakenBack.objects.filter(of_id__in=[row.pk]).exists()
        course = row.course
    last = date.fromordinal(course.on.toordinal() + course.days - 1)
    programme = course.programme
    return Checked(not ended, programme.name, course.on, last, programme.hours, row.on)
