"""What the forms of an order offer: people of the case by code, and who may have issued it."""

from datetime import datetime

from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.ui.text import StrOrPromise

Pairs = list[tuple[str, StrOrPromise]]
ISSUERS = ("police",)  # internal-affairs bodies (Law No. 63, art. 26)


def respondent_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    return cases.part_choices(actor, ref, Part.ALLEGED, now=now, by_person=True)


def protected_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    return cases.part_choices(actor, ref, Part.PROTECTED, Part.CHILD, now=now, by_person=True)


def authority_choices(actor: Actor) -> Pairs:
    """The actor's own organisation first: most orders are issued next door."""
    found = [one for kind in ISSUERS for one in directory.organisations(kind)]
    found.sort(key=lambda one: (one.id != actor.organisation_id, one.label()))
    return [(str(one.id), one.label()) for one in found]
