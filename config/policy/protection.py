"""Who may ask what of the addresses of protection: the law, risk, orders, visits, proceedings, programmes."""

from config.policy.rule import Rule, staff
from kalka.core.permissions import Permission as P

LAW: dict[str, Rule] = {
    "obligations:law": staff(GET=P.TODAY),
    "obligations:matrix": staff(GET=P.TODAY),
}

RISK: dict[str, Rule] = {
    "risk:happened": staff("case", GET=P.RISK_CALL, POST=P.RISK_CALL),
    "risk:leaflet": staff("case", GET=P.RISK_READ),
    "risk:paper": staff("case", GET=P.RISK_READ),
    "risk:monitoring": staff(GET=P.RISK_MONITOR),
    "risk:practice": staff(GET=P.PRACTICE_SET, POST=P.PRACTICE_SET),
}

ORDERS: dict[str, Rule] = {
    "monitoring:list": staff(GET=P.VISIT_LOG),
    "monitoring:register": staff("case", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "monitoring:measure": staff("measure", GET=P.VISIT_LOG),
    "monitoring:step": staff("measure", GET=P.VISIT_LOG, POST=P.VISIT_LOG),
    "monitoring:answer": staff("signal", GET=P.VISIT_LOG, POST=P.VISIT_LOG),
}

VISITS: dict[str, Rule] = {
    "complaints:call_new": staff("case", GET=P.CALL_NOTE, POST=P.CALL_NOTE),
    "complaints:call": staff("case", GET=P.CASE_READ, POST=P.CALL_ANSWER),
    "complaints:paper_new": staff("case", GET=P.PAPER_FILE, POST=P.PAPER_FILE),
    "complaints:paper": staff("paper", GET=P.PAPER_READ, POST=P.PAPER_ANSWER),
    "complaints:print": staff("paper", GET=P.PAPER_FILE),
    "followup:said": staff("case", GET=P.VISIT_ASK, POST=P.VISIT_ASK),
    "followup:entries": staff(GET=P.VISIT_CHECK),
    "followup:route": staff(GET=P.VISIT_LOG),
}

PROCEEDINGS: dict[str, Rule] = {
    "proceedings:list": staff(GET=P.PROCEEDING_READ),
    "proceedings:case": staff("case", GET=P.PROCEEDING_READ),
    "proceedings:new": staff("case", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
    "proceedings:hold": staff("case", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
    "proceedings:weapon": staff("case", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
    "proceedings:proceeding": staff("proceeding", GET=P.PROCEEDING_READ),
    "proceedings:step": staff("proceeding", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
    "proceedings:end": staff("proceeding", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
    "proceedings:paper": staff("proceeding", GET=P.PROCEEDING_READ),
    "proceedings:release": staff("custody", GET=P.CUSTODY_TELL, POST=P.CUSTODY_TELL),
    "perpetrators:person": staff("person", GET=P.PERPETRATOR_READ),
}

PROGRAMMES: dict[str, Rule] = {
    "programmes:list": staff(GET=P.PROGRAMME_WORK),
    "programmes:never": staff(GET=P.PROGRAMME_READ),
    "programmes:group_new": staff(GET=P.PROGRAMME_WORK, POST=P.PROGRAMME_WORK),
    "programmes:group": staff("programme_group", GET=P.PROGRAMME_WORK),
    "programmes:session": staff("programme_group", GET=P.PROGRAMME_WORK, POST=P.PROGRAMME_WORK),
    "programmes:enrolment": staff("enrolment", GET=P.PROGRAMME_READ),
    "programmes:step": staff("enrolment", GET=P.PROGRAMME_WORK, POST=P.PROGRAMME_WORK),
    "programmes:threat": staff("enrolment", GET=P.PROGRAMME_WORK, POST=P.PROGRAMME_WORK),
    "programmes:paper": staff("enrolment", GET=P.PROGRAMME_READ),
    "programmes:case": staff("case", GET=P.PROGRAMME_SEND, POST=P.PROGRAMME_SEND),
    "programmes:evasion": staff("case", GET=P.PROCEEDING_KEEP, POST=P.PROCEEDING_KEEP),
}

PROTECTION = {**LAW, **RISK, **ORDERS, **VISITS, **PROCEEDINGS, **PROGRAMMES}
