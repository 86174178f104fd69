"""Codes of divisions in the language of the page."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.core.datafile import LANGUAGES
from kalka.directory.roles import CATEGORIES, GROUPS
from kalka.prevention import labels as prevention
from kalka.ui.text import StrOrPromise

Labels = Mapping[str, StrOrPromise]

REGIONS: Labels = {
    "north": _("north: Chüy, Talas, Issyk-Kul, Naryn"),
    "south": _("south: Osh, Batken, Jalal-Abad"),
    "other": _("the cities of Bishkek and Osh"),
}
DAYS: Labels = {"1": _("1 day"), "2": _("2 days")}
KINDS: Labels = {
    "state": _("state employees"),
    "municipal": _("municipal employees"),
    "ngo": _("representatives of NGOs"),
    "activist": _("local activists"),
}
SITTINGS: Labels = {
    "violence": _("on facts of violence"),
    "planning": _("planning"),
    "prevention": _("prevention"),
    "founding": _("founding"),
}
BY: Labels = {
    "region": _("By region"),
    "days": _("By length of the training"),
    "kind": _("By kind"),
    "group": _("By branch"),
    "category": _("By category"),
}
QUARTERS: Labels = {
    "1": _("January to March"),
    "2": _("April to June"),
    "3": _("July to September"),
    "4": _("October to December"),
}


def said(words: Mapping[str, str], lang: str | None = None) -> str:
    code = (lang or get_language() or "ky")[:2]
    return words[code if code in LANGUAGES else "ky"]


def of(kind: str, by: str) -> dict[str, str]:
    """Every code of a division, in the order it is shown in."""
    if by == "category":
        return {code: said(one.titles) for code, one in CATEGORIES.items()}
    if by == "group":
        return {code: said(words) for code, words in GROUPS.items()}
    if by == "kind":
        return _plain({"event": prevention.KINDS, "sitting": SITTINGS, "participant": KINDS}[kind])
    return _plain({"region": REGIONS, "days": DAYS}[by])


def _plain(labels: Labels) -> dict[str, str]:
    return {code: str(title) for code, title in labels.items()}
