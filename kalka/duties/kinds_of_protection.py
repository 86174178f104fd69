"""The kinds of duty that protection brings: what the law asks, orders kept, proceedings, programmes."""

from django.utils.translation import gettext_lazy as _

from kalka.duties.kind import Kind

KINDS_OF_LAW: tuple[Kind, ...] = ()

KINDS_OF_RISK: tuple[Kind, ...] = (
    Kind(
        "measure.leaflet",
        _("Alone with her, go through the small leaflet; leave it only where it can be hidden"),
        _("Say that it was done"),
        "police_inspector",
        escalate_after_hours=24,
        by_hand=True,
    ),
    Kind(
        "measure.company",
        _("See that she is not left alone: agree now on who stays with her and who comes when she calls"),
        _("Say that it was agreed"),
        "social_worker",
        escalate_after_hours=2,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "measure.see_in_person",
        _("Three contacts failed: see the protected person in person"),
        _("Say that the person was seen"),
        "police_inspector",
        escalate_after_hours=4,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "measure.hand_over",
        _("The protected person moved: agree with the service of the new place who protects them now"),
        _("Say that it was agreed"),
        "police_inspector",
        escalate_after_hours=6,
        alarm=True,
        by_hand=True,
    ),
)

KINDS_OF_ORDERS: tuple[Kind, ...] = (
    Kind(
        "order.explain_register",
        _("The register of the police says otherwise of an order: find out which is right"),
        _("Say that it is clear"),
        "police_inspector",
        escalate_after_hours=48,
        by_hand=True,
    ),
    Kind(
        "monitoring.answer",
        _("A signal of the electronic monitoring: see that she is safe, and answer it"),
        _("Answer the signal"),
        "police_inspector",
        "monitoring:answer",
        "case and part",
        answered=True,
        escalate_after_hours=1,
        alarm=True,
        first=True,
    ),
    Kind(
        "monitoring.fit",
        _("Monitoring was decided and nothing watches yet: have a device fitted"),
        _("Open the decision"),
        "police_inspector",
        "monitoring:measure",
        "case and part",
        escalate_after_hours=6,
        alarm=True,
    ),
    Kind(
        "monitoring.before_end",
        _("The monitoring ends soon: agree with the protected person on what follows"),
        _("Say what was agreed"),
        "police_inspector",
        escalate_after_hours=12,
        by_hand=True,
    ),
)

KINDS_OF_VISITS: tuple[Kind, ...] = (
    Kind(
        "call.answer",
        _("She called while an order runs: answer her now"),
        _("Write down the answer"),
        "police_inspector",
        "complaints:call",
        "case and part",
        answered=True,
        escalate_after_hours=1,
        alarm=True,
        first=True,
    ),
    Kind(
        "call.watch",
        _("She called while an order runs: see that she is answered"),
        _("Look at her call"),
        "supervising_officer",
        "complaints:call",
        "case and part",
        answered=True,
        escalate_after_hours=2,
        alarm=True,
        first=True,
    ),
    Kind(
        "visit.ask",
        _("Ask her, by her safe way, whether the visit was made"),
        _("Write down what she says"),
        "social_worker",
        "followup:said",
        "case and part",
        escalate_after_hours=48,
        recurring=True,  # of each visit; it ends with the case, at whose closing she is asked herself
        quiet=True,
    ),
    Kind(
        "visit.denied",
        _("She says that a visit on record was not made: find out"),
        _("Say what was found out"),
        "supervising_officer",
        escalate_after_hours=12,
        alarm=True,
        by_hand=True,
        quiet=True,
    ),
    Kind(
        "paper.answer",
        _("A paper waits for your answer"),
        _("Look and answer"),
        "supervising_officer",
        "complaints:paper",
        "case and part",
        answered=True,
        escalate_after_hours=48,
        quiet=True,
    ),
    Kind(
        "paper.tell",
        _("A paper of hers was answered: tell her, by her safe way, and agree on what follows"),
        _("Say that she was told"),
        "social_worker",
        escalate_after_hours=48,
        by_hand=True,
        quiet=True,
    ),
    Kind(
        "next.tell",
        _("An order ends soon, or he is free: tell her what is next, by her safe way"),
        _("Say that she was told"),
        "social_worker",
        escalate_after_hours=12,
        alarm=True,
        by_hand=True,
    ),
    Kind(
        "plan.renew",
        _("An order ends soon, or he is free: renew her safety plan with her"),
        _("Renew the plan"),
        "social_worker",
        "support:safety",
        "case",
        recurring=True,  # at each change; it ends with the case, whose plan she keeps
    ),
)

KINDS_OF_PROCEEDINGS: tuple[Kind, ...] = (
    Kind(
        "custody.release",
        _("Somebody is held: say when the release is, and write it down when it comes"),
        _("Say when"),
        "police_inspector",
        "proceedings:release",
        "part",
        escalate_after_hours=1,
        alarm=True,
    ),
    Kind(
        "proceeding.outcome",
        _("Proceedings are running: write down how they ended"),
        _("Look at the proceedings"),
        "police_inspector",
        "proceedings:proceeding",
        "case and part",
    ),
)

KINDS_OF_PROGRAMMES: tuple[Kind, ...] = (
    Kind(
        "programme.enrol",
        _("Send him to a corrective programme"),
        _("Send him"),
        "police_inspector",
        "programmes:case",
        "case",
    ),
    Kind(
        "programme.answer",
        _("Somebody was sent to a programme: take him, or say why not"),
        _("Answer"),
        "probation_officer",
        "programmes:step",
        "part",
    ),
    Kind(
        "programme.missing",
        _("He did not come to a session: ask him why"),
        _("Say what you learnt"),
        "probation_officer",
        "programmes:enrolment",
        "part",
        escalate_after_hours=48,
    ),
    Kind(
        "programme.apart",
        _("He cannot stay in this group: give him a seat in another one"),
        _("Move him"),
        "probation_officer",
        "programmes:step",
        "part",
        escalate_after_hours=12,
    ),
    Kind(
        "programme.warn",
        _("He made a threat at the programme: warn her now"),
        _("Say that she was warned"),
        "police_inspector",
        escalate_after_hours=1,
        alarm=True,
        first=True,
        by_hand=True,
    ),
    Kind(
        "programme.evasion",
        _("The programme says that he evades it: decide on proceedings"),
        _("Look and decide"),
        "police_inspector",
        "programmes:evasion",
        "case and part",
    ),
)

KINDS_OF_PROTECTION = (
    *KINDS_OF_LAW,
    *KINDS_OF_RISK,
    *KINDS_OF_ORDERS,
    *KINDS_OF_VISITS,
    *KINDS_OF_PROCEEDINGS,
    *KINDS_OF_PROGRAMMES,
)
