"""Words for the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.complaints.rules import Broken, By, Ground, How, Kind, Outcome, To, What
from kalka.ui.text import StrOrPromise

WHAT: dict[str, StrOrPromise] = {
    What.HERE: _("He is there now"),
    What.VIOLENCE: _("He used violence"),
    What.THREAT: _("He threatens"),
    What.CAME: _("He came"),
    What.CONTACT: _("He calls, writes or sends others"),
    What.OTHER: _("Something else"),
    What.REPORT: _("A report of hers came in"),
    What.REPORT_NOW: _("A report of hers came in: there is danger now"),
}
BY: dict[str, StrOrPromise] = {
    By.PHONE: _("By phone"),
    By.MESSAGE: _("By message"),
    By.IN_PERSON: _("She came herself"),
    By.FOR_HER: _("Somebody for her"),
    By.REPORT: _("By a report, as to the 5200 line"),
}
HOW: dict[str, StrOrPromise] = {
    How.WENT: _("We went to her"),
    How.SPOKE: _("We spoke with her"),
    How.UNREACHED: _("She could not be reached"),
    How.SEEN: _("I looked into it: she was answered"),
}
BROKEN: dict[str, StrOrPromise] = {
    Broken.YES: _("Yes, it was broken"),
    Broken.NO: _("No"),
    Broken.UNKNOWN: _("Not known"),
}
KINDS: dict[str, StrOrPromise] = {
    Kind.INACTION: _("Complaint against inaction"),
    Kind.EXTENSION: _("Application to extend the order"),
    Kind.APPEAL: _("Appeal about the order"),
}
GROUNDS: dict[str, StrOrPromise] = {
    Ground.CALL: _("A call was not answered"),
    Ground.VISIT: _("Nobody came, or a visit was written down that was none"),
    Ground.ORDER: _("No order was issued, or it was not served"),
    Ground.BREACH: _("The order was broken and nothing followed"),
    Ground.REPORT: _("Her words were not taken down"),
    Ground.OTHER: _("Something else"),
}
PARTS: dict[str, StrOrPromise] = {
    To.POLICE: _("whoever answers for the order"),
    To.SUPERIOR: _("the superior"),
    To.PROSECUTOR: _("the prosecutor"),
}
OUTCOMES: dict[str, StrOrPromise] = {
    Outcome.GRANTED: _("Granted"),
    Outcome.PART: _("Granted in part"),
    Outcome.REFUSED: _("Refused"),
    Outcome.PASSED: _("Sent on to whoever decides"),
}
TIMELINE: dict[str, StrOrPromise] = {
    "complaints.call_here": _("She called: he is there now"),
    "complaints.call_violence": _("She called: he used violence"),
    "complaints.call_threat": _("She called: he threatens"),
    "complaints.call_came": _("She called: he came"),
    "complaints.call_contact": _("She called: he calls, writes or sends others"),
    "complaints.call_other": _("She called during an order"),
    "complaints.call_report": _("A report of hers during an order"),
    "complaints.call_rep_now": _("A report of hers during an order: there is danger now"),
    "complaints.went": _("Her call was answered: somebody went to her"),
    "complaints.spoke": _("Her call was answered: somebody spoke with her"),
    **{f"complaints.paper_{kind}": words for kind, words in KINDS.items()},
    "complaints.answer_granted": _("Her paper was answered: granted"),
    "complaints.answer_part": _("Her paper was answered: granted in part"),
    "complaints.answer_refused": _("Her paper was answered: refused"),
    "complaints.answer_passed": _("Her paper was sent on to whoever decides"),
    "complaints.unreached": _("After her call she could not be reached"),
    "complaints.seen": _("Whoever leads looked into it: she was answered"),
}
