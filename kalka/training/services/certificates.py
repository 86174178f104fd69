"""Certificates: one for each person on the roll, with a code that cannot be guessed."""

import secrets
from datetime import datetime
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import LETTERS
from kalka.training import codes, rules, selectors
from kalka.training.models import Certificate
from kalka.vault.classes import Klass
from kalka.vault.rows import written


@command("training.certify", needs=Permission.TRAINING_KEEP)
def certify(actor: Actor, *, id: UUID, course_id: UUID, now: datetime) -> list[Certificate]:
    """For everybody on the roll who has none yet. Refuses a roll without a name, and a course to come."""
    course = selectors.own_course(actor, course_id)
    rules.past("on", course.on, clock.day_of(now))
    roll = selectors.standing_roll(actor, course, now=now)
    if not roll:
        raise DomainError("training.no_roll")
    there = set(Certificate.objects.filter(course=course).values_list("participant_id", flat=True))
    keys = access.keys_for(actor, course.roll_id, now=now, klasses=[Klass.IDENTITY])
    rows = []
    for one in roll:
        if one.pk in there:
            continue
        code = "".join(secrets.choice(LETTERS) for _ in range(codes.LENGTH))
        id = uuid5(one.pk, "certificate")
        said = written(actor, id=id, subject_id=course.roll_id, content=[str(one.pk)], now=now)
        row = Certificate(**said, course=course, participant=one, on=clock.day_of(now))
        row.mac = codes.digest(code)
        keys.put(row, "code", code)
        rows.append(row)
    return Certificate.objects.bulk_create(rows)
