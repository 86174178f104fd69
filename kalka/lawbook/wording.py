"""A provision in words: its value with the unit, how it is known, what its theme is called."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kalka.lawbook.book import Provision
from kalka.lawbook.codes import subject_codes, subject_title
from kalka.ui.text import StrOrPromise

THEMES: Mapping[str, StrOrPromise] = {
    "order": gettext_lazy("Protection orders"),
    "risk": gettext_lazy("Risk"),
    "visit": gettext_lazy("Visits"),
    "monitoring": gettext_lazy("Electronic monitoring"),
    "court": gettext_lazy("Bans and limits of a court"),
    "programme": gettext_lazy("Corrective programmes"),
    "liability": gettext_lazy("Liability"),
    "notice": gettext_lazy("Who is told"),
    "intake": gettext_lazy("Reports"),
    "child": gettext_lazy("Children"),
    "victim": gettext_lazy("Support to victims"),
    "shelter": gettext_lazy("Shelter"),
    "referral": gettext_lazy("Referrals"),
    "care": gettext_lazy("Urgent care"),
    "legal_aid": gettext_lazy("Legal aid"),
    "committee": gettext_lazy("Local committees"),
    "subjects": gettext_lazy("Subjects"),
    "coordination": gettext_lazy("Coordination"),
    "grant": gettext_lazy("State social order"),
    "entry": gettext_lazy("Entry into force"),
    "retention": gettext_lazy("How long records are kept"),
}


def theme(key: str) -> str:
    return key.partition(".")[0]


def value(provision: Provision | None) -> str:
    """«30 days»; unset where the law is; a rule that is not known for the day says so."""
    if provision is None:
        return _("no rule on this day")
    found = provision.value
    if found is None:
        return _("unset")
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, str):
        return subject_title(found, lang()) if found in subject_codes() else found
    most = found[1] if isinstance(found, tuple) else found
    plain = f"{found[0]}–{found[1]}" if isinstance(found, tuple) else str(found)
    return _counted(provision.unit.removesuffix("_range"), most).format(n=plain)


def _counted(unit: str, most: int) -> str:
    return {
        "hours": ngettext("{n} hour", "{n} hours", most),
        "days": ngettext("{n} day", "{n} days", most),
        "weeks": ngettext("{n} week", "{n} weeks", most),
        "months": ngettext("{n} month", "{n} months", most),
        "years": ngettext("{n} year", "{n} years", most),
        "day_of_month": _("on day {n} of the month"),
    }.get(unit, "{n}")


def lang() -> str:
    return (get_language() or "ky")[:2]


def confidence(code: str) -> str:
    return {
        "verbatim": _("read in the official text or a ministry document"),
        "paraphrase": _("retold by another source"),
        "unclear": _("unclear: sources differ or are partial"),
        "unknown": _("unknown"),
    }[code]


def seen(code: str) -> str:
    """How much of the text of an edition was read."""
    return {
        "none": _("the text was not read"),
        "start": _("the beginning was read"),
        "part": _("a part was read"),
        "quoted": _("read as others quote it"),
    }[code]


def standing(code: str) -> str:
    """How the law stands to a subject or a form of violence."""
    return {
        "named": _("named by the law"),
        "not_named": _("not named by the law"),
        "unknown": _("whether the law names it is not known"),
    }[code]


def status(code: str) -> str:
    """How an act stands today."""
    return {
        "in_force": _("in force"),
        "amending": _("amends other acts"),
        "replaced": _("replaced"),
        "draft": _("a draft, no rule rests on it"),
        "unknown": _("whether it is in force is not known"),
    }[code]


def no_rule(code: str) -> str:
    """What a row of the table of deadlines is where it is no rule of this law."""
    return {
        "practice": _("practice, not law"),
        "draft": _("a draft, not law"),
        "contract": _("a service under contract, not law"),
        "other_method": _("of another method, not of this law"),
    }[code]
