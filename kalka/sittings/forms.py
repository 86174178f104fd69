from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.sittings import catalogue, labels
from kalka.sittings.catalogue import OTHER
from kalka.sittings.lines import DecisionLine, ItemLine, MemberLine, Proposal
from kalka.sittings.rules import LONGEST, MOST_SOM, Change, How, Kind, NewDecision, NewItem, NewSitting, Sort, Venue
from kalka.support import labels as support
from kalka.ui import forms as ui
from kalka.ui.widgets import Select

CODE = "code"
CONSENT = timedelta(days=180)


class PlanForm(ui.Form):
    kind = ui.Choice(labels.pairs(labels.KINDS), label=_("What for?"), initial=Kind.PREVENTION, wide=True)
    at = ui.MomentField(label=_("When"))
    venue = ui.Choice(labels.pairs(labels.VENUES), label=_("Where"), initial=Venue.OKMOTU)

    def told(self) -> NewSitting:
        given = self.cleaned_data
        return NewSitting(given["kind"], given["at"], given["venue"])


class PutForm(ui.Form):
    """A case that is due, another case by its code, or a topic."""

    what = ui.Choice((), label=_("What is to be spoken of?"), missing=_("Choose what is to be spoken of"))
    case_ref = ui.Words(label=_("Code of the case"), limit=20)
    topic = ui.Choice((), label=_("About what?"))
    agreed = ui.Tick(
        label=_("She said herself that the committee may speak of it, by code alone"),
        missing=_("Without her word it does not come onto the agenda"),
    )
    words = ui.Words(label=_("In a few words; nobody's name"), limit=LONGEST, required=False)

    def __init__(
        self, *args: Any, proposals: Sequence[Proposal], kind: str, may_keep: bool, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, now=now, **kwargs)
        known = catalogue.catalogue()
        self.proposals = {one.case_ref: one for one in proposals}
        offered = [(one.case_ref, f"{one.ref} · {one.what}") for one in proposals]
        topics = [(code, catalogue.topic(code, of_case=False)) for code in known.topics_of(kind)] if may_keep else []
        self.fields["what"] = ui.Choice(
            [*offered, *topics, (CODE, _("Another case, by its code"))],
            label=_("What is to be spoken of?"),
            missing=_("Choose what is to be spoken of"),
            shows=self._shows(proposals, bool(topics)),
        )
        self.fields["topic"] = ui.Choice(
            [(code, catalogue.topic(code, of_case=True)) for code in known.cases], label=_("About what?")
        )
        self.until: date = (now + CONSENT).date()

    @staticmethod
    def _shows(proposals: Sequence[Proposal], topics: bool) -> dict[str, tuple[str, ...]]:
        asked = {one.case_ref: ("agreed",) for one in proposals if not one.agreed}
        return {**asked, **({OTHER: ("words",)} if topics else {}), CODE: ("case_ref", "topic", "agreed")}

    def told(self) -> tuple[NewItem, date | None]:
        given = self.cleaned_data
        until = self.until if given.get("agreed") else None
        what = given["what"]
        if what == CODE:
            return NewItem(given["topic"], given["case_ref"]), until
        if (one := self.proposals.get(what)) is not None:
            return NewItem(one.topic, one.case_ref, one.why), until
        return NewItem(what, words=given.get("words", "")), None


class RollForm(ui.Form):
    came = ui.Choices((), label=_("Who came"), missing=_("Mark who came"))

    def __init__(self, *args: Any, members: Sequence[MemberLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"] = ui.Choices(
            [(str(one.holding_id), one.shown) for one in members], label=_("Who came"), missing=_("Mark who came")
        )
        self.fields["came"].initial = [str(one.holding_id) for one in members if one.came]


class DecideForm(ui.Form):
    measure = ui.Choice((), label=_("What is to be done"))
    som = ui.Count(least=1, most=MOST_SOM, label=_("How much, in som"), missing=_("Write how much in som"))
    words = ui.Words(label=_("In a few words; nobody's name"), limit=LONGEST, required=False)
    responsible = ui.Choice((), label=_("Who answers for it"))
    by = ui.DayField(label=_("By when"))

    def __init__(self, *args: Any, item: ItemLine, members: Sequence[MemberLine], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        of_case, known = bool(item.case_ref), catalogue.catalogue()
        codes = known.measures if of_case else known.own
        shows = {code: ("som",) for code, one in known.measures.items() if one.sort is Sort.AID}
        self.fields["measure"] = ui.Choice(
            [(code, catalogue.measure(code, of_case=of_case)) for code in codes],
            label=_("What is to be done"),
            missing=_("Choose what is to be done"),
            shows=shows if of_case else {OTHER: ("words",)},
        )
        del self.fields["words" if of_case else "som"]
        self.fields["responsible"] = ui.Choice(
            [("", ""), *((str(one.holding_id), one.shown) for one in members)],
            label=_("Who answers for it"),
            missing=_("Choose who answers for it"),
            widget=Select(),
        )

    def told(self) -> NewDecision:
        given = self.cleaned_data
        return NewDecision(
            given["measure"],
            int(given["responsible"]),
            given["by"],
            som=given.get("som") or 0,
            words=given.get("words") or "",
        )


class ConflictForm(ui.Form):
    holding = ui.Choice((), label=_("Whose conflict of interest is it?"))

    def __init__(self, *args: Any, members: Sequence[MemberLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"] = ui.Choice(
            [("", ""), *((str(one.holding_id), one.shown) for one in members)],
            label=_("Whose conflict of interest is it?"),
            missing=_("Choose the member"),
            widget=Select(),
        )


class AddendumForm(ui.Form):
    change = ui.Choice(
        labels.pairs(labels.CHANGES),
        label=_("What is corrected?"),
        shows={Change.TERM: ("by",), Change.RESPONSIBLE: ("responsible",)},
    )
    by = ui.DayField(label=_("By when"))
    responsible = ui.Choice((), label=_("Who answers for it"))

    def __init__(self, *args: Any, members: Sequence[MemberLine], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["responsible"] = ui.Choice(
            [("", ""), *((str(one.holding_id), one.shown) for one in members)],
            label=_("Who answers for it"),
            missing=_("Choose who answers for it"),
            widget=Select(),
        )


class CarryForm(ui.Form):
    how = ui.Choice(labels.pairs(labels.HOWS), label=_("How did it go?"), wide=True)
    budget = ui.Choice(list(support.BUDGETS.items()), label=_("Whose money was it?"))
    on = ui.DayField(past=True, label=_("On which day"))

    def __init__(self, *args: Any, decision: DecisionLine, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].initial = now
        gives = decision.gives
        if not gives:
            del self.fields["budget"]
        self.fields["how"] = ui.Choice(
            labels.pairs(labels.HOWS),
            label=_("How did it go?"),
            wide=True,
            shows={How.DONE: ("budget",)} if gives else {},
        )
