"""The facts about families in the registers of committees, as lines. A line tells its committee, never its family.

Whatever other modules are asked is narrowed to the files of the registers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kalka.cases import facts as cases
from kalka.core.extract import Extract
from kalka.families import facts as families
from kalka.families.facts import FamilyFact
from kalka.referrals import facts as referrals
from kalka.results.rules import Amount, Line
from kalka.support import facts as support

Noted = Mapping[str, Sequence[FamilyFact]]  # by family
YES: Mapping[bool | None, str] = {True: "yes", False: "no", None: ""}


def of_families(extract: Extract) -> Iterator[Line]:
    narrowed = replace(extract, subjects=families.files(extract))
    sexes = {one.who: one.sex for batch in cases.protected(narrowed) for one in batch.rows}
    noted: dict[str, list[FamilyFact]] = defaultdict(list)
    for batch in families.families(extract):
        for one in batch.rows:
            noted[one.who].append(one)
            codes = {"state": one.state, "how": one.how, "setting": one.setting}
            yield Line("family", one.on, one.place, one.organisation, codes, who=one.who)
    for steps in (families.contacts(extract), families.works(extract)):
        for done in steps:
            for step in done.rows:
                codes = {"in_time": YES[step.in_time], "kind": step.code, "sex": sexes.get(step.who, "")}
                yield Line(step.what, step.on, step.place, step.organisation, codes, who=step.who)
    for given in support.aid(narrowed):
        for aid in given.rows:
            codes = {"kind": aid.what, "sex": sexes.get(aid.who, "")}
            amounts = {"som": Amount(aid.som)}
            yield Line("aid", aid.on, aid.place, aid.organisation, codes, amounts, who=aid.who)
    yield from _referrals(narrowed, noted, sexes)


def _referrals(extract: Extract, noted: Noted, sexes: Mapping[str, str]) -> Iterator[Line]:
    """Whoever sent them. What was sent before any committee knew of the family is no committee's."""
    for sent in referrals.referrals(extract):
        for one in sent.rows:
            family = _by_then(noted.get(one.who, ()), one.on)
            if family is not None:
                codes = {"need": one.need, "stands": YES[one.stands], "sex": sexes.get(one.who, "")}
                yield Line("referral", one.on, family.place, family.organisation, codes, who=one.who)


def _by_then(noted: Sequence[FamilyFact], on: date) -> FamilyFact | None:
    """As it stands in the register that it came into last."""
    return max((one for one in noted if one.on <= on), key=lambda one: one.on, default=None)
