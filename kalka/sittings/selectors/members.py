"""Who sits in the committee, with the label a paper may carry: an office, or whom they stand for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from kalka.committees import selectors as committees
from kalka.committees.info import MemberView
from kalka.committees.rules import Office
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory.info import spoken
from kalka.directory.roles import CATEGORIES
from kalka.sittings import labels
from kalka.sittings.lines import MemberLine


def members(actor: Actor, organisation_id: int, on: date, came: Collection[int] = ()) -> list[MemberLine]:
    """Of the day, by codes alone."""
    found = committees.members(actor, organisation_id, on)
    return [replace(line, came=line.holding_id in came) for line in _lines(found)]


def named(actor: Actor, organisation_id: int, on: date) -> list[MemberLine]:
    """The same with their names, for whoever keeps the committee; the reading is recorded."""
    found = committees.members(actor, organisation_id, on)
    if not actor.may(Permission.COMMITTEE_KEEP):
        return _lines(found)
    return _lines(committees.named(actor, found))


def _lines(found: Collection[MemberView]) -> list[MemberLine]:
    """Those who share a label are told apart by a number."""
    said = [_title(one) for one in found]
    often, seen, lines = Counter(said), Counter[str](), []
    for one, title in zip(found, said, strict=True):
        seen[title] += 1
        shown = f"{title} ({seen[title]})" if often[title] > 1 else title
        lines.append(MemberLine(one.holding_id, one.post_id, one.user_id, shown, one.on_paper, name=one.name))
    return lines


def _title(one: MemberView) -> str:
    if one.office is not Office.MEMBER:
        return str(labels.OFFICES[one.office])
    category = CATEGORIES.get(one.category)
    return category.titles[spoken(None)] if category else str(labels.OFFICES[Office.MEMBER])
