"""Families in words, for the templates."""

from collections.abc import Sequence
from typing import Any

from kalka.families import labels, practice
from kalka.families.selectors import Counts, FamilyLine, FamilyPage
from kalka.referrals import labels as needs_labels
from kalka.referrals.lines import NeedLine
from kalka.support import labels as support
from kalka.ui.text import StrOrPromise


def line(one: FamilyLine) -> dict[str, Any]:
    return {
        "line": one,
        "how": labels.HOWS[one.how],
        "signs": [labels.SIGNS[code] for code in one.signs],
        "state": labels.STATES["crossed" if one.crossed else one.state],
        "kind": "late" if one.late else "good" if one.state == "continuing" else "",
    }


def counts(found: Counts) -> list[tuple[StrOrPromise, int | None]]:
    """Each state that there is any of, or may be."""
    return [(labels.STATES[code], number) for code, number in found.shown.parts.items() if number != 0]


def committee(found: Counts) -> dict[str, Any]:
    return {"name": found.committee, "found": found, "counts": counts(found)}


def needs(found: Sequence[NeedLine]) -> list[tuple[str, str]]:
    return [(str(one.id), needs_labels.need(one.code)) for one in found]


def page(found: FamilyPage, lang: str) -> dict[str, Any]:
    ground = practice.grounds().get(found.ground)
    return {
        "page": found,
        "how": labels.HOWS[found.how],
        "signs": [labels.SIGNS[code] for code in found.signs],
        "setting": labels.SETTINGS[found.setting],
        "named": ground.titles[lang] if ground else labels.NAMED[found.named],
        "state": labels.STATES[found.state],
        "contacts": [(one, labels.METS[one.met], labels.WAYS[one.way]) for one in found.contacts],
        "works": [(one, labels.KINDS[one.kind], labels.HELPED[one.help] if one.asked else "") for one in found.works],
        "given": [(one, support.AID[one.what], support.BUDGETS[one.budget]) for one in found.given],
        "documents": [(support.DOCUMENTS[kind], support.STATES[state], on) for kind, state, on in found.documents],
        "to_ask": [needs_labels.need(code) for code in found.to_ask],
        "crossings": [(one.on, labels.REPORTED[one.outcome]) for one in found.crossings],
        "end": (labels.ENDS[found.end[0]], found.end[1], found.end[2]) if found.end else None,
    }
