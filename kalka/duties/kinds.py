"""Every kind of duty there is: its words, where it is done, whose it is, and after how long it moves up.

The hours are internal rules, not law. A kind that is `by_hand` is ended by saying that it was done; every other one is
ended by its step alone: nobody ticks off an assessment that was not made.
"""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
    takes: str = "duty"  # what the address names: case, part, case and part, duty
    escalate_after_hours: int = 24
    alarm: bool = False  # moving up also alerts
    by_hand: bool = False
    recurring: bool = False  # comes again for as long as the case is open; ends with it
    again_after_hours: int = 0  # by hand, and as soon as it is done it is due again

    def url(self, about: About, duty_id: UUID) -> str:
        """Where it is done."""
        args: dict[str, tuple[object, ...]] = {
            "case": (about.ref,),
            "part": (about.part,),
            "case and part": (about.ref, about.part),
            "duty": (duty_id,),
        }
        return reverse(self.url_name, args=args[self.takes])


_KINDS = (
    Kind(
        "intake.triage",
        _("Look at a new report and decide what follows"),
        _("Open the report"),
        "social_worker",
        "intake:triage",
        "part",
        escalate_after_hours=4,
        alarm=True,
    ),
    Kind(
        "cases.notify_child_protection",
        _("A child was present: notice to child protection"),
        _("Say that it was done"),
        "child_protection",
        escalate_after_hours=12,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "risk.assess",
        _("Assess the risk"),
        _("Begin the assessment"),
        "police_inspector",
        "risk:assess",
        "case",
        escalate_after_hours=6,
        alarm=True,
    ),
    Kind(
        "risk.reassess",
        _("Assess the risk again"),
        _("Begin the assessment"),
        "police_inspector",
        "risk:assess",
        "case",
        escalate_after_hours=12,
        alarm=True,
        recurring=True,
    ),
    Kind(
        "risk.countersign",
        _("A lower level of risk was proposed: agree or not"),
        _("Look at the level"),
        "supervising_officer",
        "risk:countersign",
        "case and part",
        escalate_after_hours=12,
    ),
    Kind(
        "order.consider",
        _("Decide on a temporary protection order"),
        _("Register the order"),
        "police_inspector",
        "orders:register",
        "case",
        escalate_after_hours=4,
        alarm=True,
    ),
    Kind(
        "order.complete_number",
        _("Complete the order: its number and who issued it"),
        _("Complete the order"),
        "police_inspector",
        "orders:complete",
        "case and part",
    ),
    Kind(
        "order.serve",
        _("Serve the order"),
        _("Note the service"),
        "police_inspector",
        "orders:serve",
        "case and part",
        escalate_after_hours=6,
        alarm=True,
    ),
    Kind(
        "order.check_compliance",
        _("Visit the home: check that the order is kept"),
        _("Note the visit"),
        "police_inspector",
        "followup:visit",
        "case",
        escalate_after_hours=6,
        alarm=True,
        recurring=True,
    ),
    Kind(
        "order.before_expiry",
        _("The order ends soon: agree with the protected person on what follows"),
        _("Say what was agreed"),
        "police_inspector",
        escalate_after_hours=12,
        by_hand=True,
    ),
    Kind(
        "order.explain_overlap",
        _("Two orders overlap: find out which one stands"),
        _("Say that it is clear"),
        "police_inspector",
        escalate_after_hours=48,
        by_hand=True,
    ),
    Kind(
        "visit.make",
        _("Visit the protected person"),
        _("Note the visit"),
        "police_inspector",
        "followup:visit",
        "case",
        escalate_after_hours=6,
        alarm=True,
        recurring=True,
    ),
    Kind(
        "notice.social_service",
        _("Tell the social service"),
        _("Say that it was told"),
        "police_inspector",
        by_hand=True,
    ),
    Kind(
        "closure.review",
        _("Check whether the case can be closed"),
        _("Look at the closing"),
        "social_worker",
        "closure:close",
        "case",
        escalate_after_hours=72,
        recurring=True,
    ),
    Kind(
        "measure.daily_contact",
        _("Speak with the protected person in a safe way, every day"),
        _("Say that it was done"),
        "social_worker",
        escalate_after_hours=12,
        alarm=True,
        by_hand=True,
        recurring=True,
        again_after_hours=24,
    ),
    Kind(
        "measure.offer_shelter",
        _("Offer a safe place to stay"),
        _("Say that it was offered"),
        "social_worker",
        escalate_after_hours=12,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "measure.check_weapon",
        _("Check whether there is a weapon"),
        _("Say that it was checked"),
        "police_inspector",
        escalate_after_hours=6,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "measure.medical_referral",
        _("See that a doctor examines the protected person"),
        _("Say that it was done"),
        "social_worker",
        escalate_after_hours=6,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "measure.safety_alert",
        _("Warn the duty officer and agree on who comes when she calls"),
        _("Say that it was agreed"),
        "police_inspector",
        escalate_after_hours=2,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "people.search_reason",
        _("Write why you searched in an emergency"),
        _("Write why"),
        "police_inspector",
        "desk:search_reason",
        "part",
        escalate_after_hours=2,
    ),
    Kind(
        "people.more_searches",
        _("A colleague has used up the searches of the day: more, or not"),
        _("Decide"),
        "supervising_officer",
        "desk:search_answer",
        "part",
        escalate_after_hours=4,
    ),
    Kind(
        "people.possible_duplicate",
        _("Two files may be about one person: look whether it is so"),
        _("Look and decide"),
        "social_worker",
        "desk:pair",
        "part",
        escalate_after_hours=NEVER_UP,  # whoever leads need not know of the file
    ),
    Kind(
        "statistics.approve_export",
        _("Somebody asks for lines about single persons, without identity"),
        _("Decide"),
        "ministry_coordinator",
        "statistics:export_approve",
        "part",
        escalate_after_hours=NEVER_UP,
    ),
    Kind(
        "cases.lift_wall",
        _("A member of staff is shut out of a case: should that be taken back?"),
        _("Decide"),
        "window_coordinator",
        "cases:walls",
        "case",
        escalate_after_hours=NEVER_UP,
    ),
    Kind(
        "cases.approve_glass",
        _("Somebody asks to see a case in an emergency"),
        _("Decide"),
        "window_coordinator",
        "cases:glass_decide",
        "part",
        escalate_after_hours=NEVER_UP,
    ),
    Kind(
        "oversight.review_opening",
        _("A case was opened in an emergency: was that right?"),
        _("Look at what was opened"),
        "auditor",
        "oversight:opening",
        "part",
        escalate_after_hours=NEVER_UP,
    ),
    Kind(
        "oversight.look",
        _("Something in the record calls for a look"),
        _("Look at it"),
        "auditor",
        "oversight:alarm",
        "part",
        escalate_after_hours=NEVER_UP,
    ),
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
BY_HAND = frozenset(kind.code for kind in _KINDS if kind.by_hand)
RECURRING = frozenset(kind.code for kind in _KINDS if kind.recurring)
