"""What there is to say of a kind of duty, whichever it is."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from kalka.duties.rules import About
from kalka.ui.text import StrOrPromise

NEVER_UP = 24 * 365  # it does not move up: whoever leads need not be one who may decide


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    title: StrOrPromise
    action: StrOrPromise
    role: str  # whose it is by default
    url_name: str = "duties:finish"
    takes: str = "duty"  # what the address names: case, part, case and part, duty, nothing
    escalate_after_hours: int = 24
    silent_hours: int = 0  # handed over without a term: moves up too, after so long in the same hands
    inside: bool = False  # moves up within the organisation that has it alone: a consent shows it to no other
    alarm: bool = False  # moving up also alerts
    first: bool = False  # somebody may be in danger at this moment: above all else of Today, late or not
    by_hand: bool = False
    quiet: bool = False  # about an officer's own work: with the file alone it is not shown to the police
    recurring: bool = False  # comes again for as long as the case is open; ends with it
    again_after_hours: int = 0  # by hand, and as soon as it is done it is due again
    answered: bool = False  # she waits for it: an answer ends it, and nobody lets it go

    def url(self, about: About, duty_id: UUID) -> str:
        """Where it is done."""
        args: dict[str, tuple[object, ...]] = {
            "case": (about.ref,),
            "part": (about.part,),
            "case and part": (about.ref, about.part),
            "duty": (duty_id,),
            "nothing": (),
        }
        return reverse(self.url_name, args=args[self.takes])
