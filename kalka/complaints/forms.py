from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.complaints import labels
from kalka.complaints.rules import LONGEST, How, NewCall, NewReply
from kalka.ui import forms as ui
from kalka.ui.widgets import Answers


class CallForm(ui.Form):
    what = ui.Choice(tuple(labels.WHAT.items()), label=_("What does she say?"), wide=True, widget=Answers())
    by = ui.Choice(tuple(labels.BY.items()), label=_("How did she call?"))
    at = ui.MomentField(label=_("When"), past=True)
    told = ui.Words(label=_("In her words"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def call(self) -> NewCall:
        said = self.cleaned_data
        return NewCall(at=said["at"], what=said["what"], by=said["by"], told=said["told"])


class ReplyForm(ui.Form):
    how = ui.Choice(
        tuple(labels.HOW.items()),
        label=_("How was she answered?"),
        wide=True,
        shows={How.WENT: ("broken",), How.SPOKE: ("broken",)},
    )
    broken = ui.Choice(tuple(labels.BROKEN.items()), label=_("Was the order broken?"))
    at = ui.MomentField(label=_("When"), past=True)
    told = ui.Words(label=_("What was found and done"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def reply(self) -> NewReply:
        said = self.cleaned_data
        return NewReply(at=said["at"], how=said["how"], broken=said["broken"] or "", told=said["told"])
