"""What the two who work with a family may cause in its case, though their post does not let them in any other.

Called inside the commands of this module alone, after the family was found through the actor's own sight.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.permissions import Permission

CONTACT, HELP, ASK_HER = "families.contact", "families.help", "families.ask_her"


def with_means(actor: Actor, *permissions: Permission) -> Actor:
    """The same person in the same post, behind the same walls."""
    return replace(actor, permissions=actor.permissions | {*permissions})


def end_of(day: date) -> datetime:
    """The first moment after a day in Bishkek."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BISHKEK)
