"""The facts about families in the registers of committees, as lines. A line tells its committee, never its family.

Whatever other modules are asked is narrowed to the files of the registers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kalka.cases import facts as cases
from kalka.core.extract import Extract
from kalka.families import facts as families
from kalka.results.rules import Amount, Line
from kalka.support import facts as support

IN_TIME: Mapping[bool | None, str] = {True: "yes", False: "no", None: ""}


def of_families(extract: Extract) -> Iterator[Line]:
    narrowed = replace(extract, subjects=families.files(extract))
    sexes = {one.who: one.sex for batch in cases.protected(narrowed) for one in batch.rows}
    for batch in families.families(extract):
        for one in batch.rows:
            codes = {"state": one.state, "how": one.how, "setting": one.setting}
            yield Line("family", one.on, one.place, one.organisation, codes, who=one.who)
    for steps in (families.contacts(extract), families.works(extract)):
        for done in steps:
            for step in done.rows:
                codes = {"in_time": IN_TIME[step.in_time], "kind": step.code, "sex": sexes.get(step.who, "")}
                yield Line(step.what, step.on, step.place, step.organisation, codes, who=step.who)
    for given in support.aid(narrowed):
        for aid in given.rows:
            codes = {"kind": aid.what, "sex": sexes.get(aid.who, "")}
            amounts = {"som": Amount(aid.som)}
            yield Line("aid", aid.on, aid.place, aid.organisation, codes, amounts, who=aid.who)
