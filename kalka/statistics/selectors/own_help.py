"""Help in the cases the actor may open, by single organisation: exact, counted when asked, and in no release.

Nights are not here: a stay is a file of the shelter's own and none of a case, which may not know where somebody sleeps.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import facts as directory
from kalka.referrals import facts as referrals
from kalka.statistics.dimensions import DIMENSIONS, label
from kalka.statistics.gathering import exact
from kalka.statistics.reading import lang
from kalka.statistics.rules import HelpLine, OwnHelp, Period
from kalka.support import facts as support

OTHERS, NOBODY_HERE = -1, 0  # in the place of an organisation's id
Told = tuple[int | None, str, int]  # organisation, code of the part, minutes


def own_help(actor: Actor, subjects: Collection[UUID], *, period: Period, now: datetime) -> OwnHelp:
    """The caller obtains the subjects from `access.visible`. Whoever coordinates help sees each organisation by name,
    anybody else the own one and the others together; services only who may read them.

    Refuses `statistics.too_many_subjects` beyond 5,000.
    """
    extract = exact(subjects, period=period, now=now)
    sent = [one for batch in referrals.referrals(extract) for one in batch.rows if one.on >= period.first]
    batches = support.services(extract) if actor.may(Permission.SUPPORT_READ) else ()
    given = [one for batch in batches for one in batch.rows if one.on >= period.first]
    names = _names()
    return OwnHelp(
        given=_lines(actor, names, "help", ((one.organisation, one.help, one.minutes) for one in given)),
        asked=_lines(actor, names, "stands", ((one.organisation, one.state, 0) for one in sent)),
        waiting=_lines(actor, names, "waits", ((one.organisation, one.waits, 0) for one in sent if one.open)),
    )


def _lines(actor: Actor, names: Mapping[int, str], by: str, told: Iterable[Told]) -> tuple[HelpLine, ...]:
    times: Counter[tuple[int, str]] = Counter()
    minutes: Counter[tuple[int, str]] = Counter()
    for organisation, part, spent in told:
        key = (_counted(actor, organisation), part)
        times[key] += 1
        minutes[key] += spent
    parts = DIMENSIONS[by].codes()

    def order(key: tuple[int, str]) -> tuple[bool, bool, bool, str, int, int]:
        """The own organisation first, then by name; the others, and whoever is only called, at the end."""
        office, part = key
        ends = office == NOBODY_HERE, office == OTHERS
        return *ends, office != actor.organisation_id, names[office].casefold(), office, parts.index(part)

    return tuple(
        HelpLine(names[key[0]], label(by, key[1], lang()), times[key], minutes[key]) for key in sorted(times, key=order)
    )


def _counted(actor: Actor, organisation: int | None) -> int:
    if organisation is None:
        return NOBODY_HERE
    return organisation if organisation == actor.organisation_id or actor.may(Permission.BOARD_READ) else OTHERS


def _names() -> dict[int, str]:
    named = {id: names.get(lang()) or names["ky"] for id, names in directory.organisation_names().items()}
    return {NOBODY_HERE: label("to", referrals.OUTSIDE, lang()), OTHERS: _("Other organisations"), **named}
