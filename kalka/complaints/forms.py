from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.complaints import labels
from kalka.complaints.rules import BY_HAND, LONGEST, By, How, Kind, NewCall, NewOutcome, NewPaper, NewReply
from kalka.core.clock import day_of
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Answers, Select

_SEEN = (How.SEEN, labels.HOW[How.SEEN])
_HOW = tuple(one for one in labels.HOW.items() if one[0] != How.SEEN)


class CallForm(ui.Form):
    what = ui.Choice(
        tuple((code, labels.WHAT[code]) for code in BY_HAND), label=_("What does she say?"), wide=True, widget=Answers()
    )
    by = ui.Choice(tuple(one for one in labels.BY.items() if one[0] != By.REPORT), label=_("How did she call?"))
    at = ui.MomentField(
        label=_("When did she call?"),
        help_text=_("In her words. Where she does not say: when you heard of it."),
        past=True,
    )
    told = ui.Words(label=_("In her words"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def call(self) -> NewCall:
        said = self.cleaned_data
        return NewCall(at=said["at"], what=said["what"], by=said["by"], told=said["told"])


class ReplyForm(ui.Form):
    how = ui.Choice(
        _HOW,
        label=_("How was she answered?"),
        wide=True,
        shows={How.WENT: ("broken",), How.SPOKE: ("broken",)},
    )
    broken = ui.Choice(tuple(labels.BROKEN.items()), label=_("Was the order broken?"))
    at = ui.MomentField(label=_("When"), past=True)
    told = ui.Words(label=_("What was found and done"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, now: datetime, watches: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        if watches:
            self.fields["how"].choices = [_SEEN, *_HOW]  # type: ignore[attr-defined]  # a Choice
        self.fields["at"].initial = now

    def reply(self) -> NewReply:
        said = self.cleaned_data
        return NewReply(at=said["at"], how=said["how"], broken=said["broken"] or "", told=said["told"])


class PaperForm(ui.Form):
    kind = ui.Choice(
        tuple(labels.KINDS.items()),
        label=_("What does she write?"),
        wide=True,
        shows={Kind.INACTION: ("ground", "against"), Kind.EXTENSION: ("order",), Kind.APPEAL: ("order",)},
    )
    ground = ui.Choice(tuple(labels.GROUNDS.items()), label=_("Against what?"))
    against = ui.Choice((), label=_("About whom?"), widget=Select(), required=False)
    order = ui.Choice((), label=_("Which order?"), widget=Select())
    on = ui.DayField(label=_("Of which day is it?"), past=True)
    told = ui.Words(label=_("What happened and what she asks for, in her words"), rows=6, limit=LONGEST)

    def __init__(self, *args: Any, now: datetime, orders: Pairs, posts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].initial = day_of(now)
        self.fields["order"].choices = [("", ""), *orders]  # type: ignore[attr-defined]  # a Choice
        self.fields["against"].choices = [("", _("Nobody in particular")), *posts]  # type: ignore[attr-defined]  # as above

    def paper(self) -> NewPaper:
        said = self.cleaned_data
        return NewPaper(
            kind=said["kind"],
            on=said["on"],
            ground=said["ground"] or "",
            order=UUID(said["order"]) if said["order"] else None,
            against=int(said["against"]) if said["against"] else None,
            told=said["told"],
        )


class OutcomeForm(ui.Form):
    how = ui.Choice(tuple(labels.OUTCOMES.items()), label=_("What is the answer?"), wide=True)
    on = ui.DayField(label=_("On which day?"), past=True)
    told = ui.Words(label=_("Why, and what follows"), rows=4, limit=LONGEST, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].initial = day_of(now)

    def outcome(self) -> NewOutcome:
        said = self.cleaned_data
        return NewOutcome(how=said["how"], on=said["on"], told=said["told"])
