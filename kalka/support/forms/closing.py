from django.utils.translation import gettext_lazy as _

from kalka.support import labels
from kalka.support.rules import LONGEST, NewWithout, NewWord
from kalka.ui import forms as ui


class WordForm(ui.Form):
    feels = ui.Choice(list(labels.FEELS.items()), label=_("What does she say of her own safety?"), wide=True)
    alone = ui.Tick(label=_("She was alone: nobody else could hear"), required=False)
    told = ui.Words(label=_("In her own words"), rows=3, limit=LONGEST, required=False)

    def content(self) -> NewWord:
        said = self.cleaned_data
        return NewWord(feels=said["feels"], alone=said["alone"], told=said["told"])


class WithoutForm(ui.Form):
    reason = ui.Choice(list(labels.REASONS.items()), label=_("Why is there no word of hers?"))
    told = ui.Words(
        label=_("What was tried, and how it is known"), rows=4, limit=LONGEST, missing=_("Write what was tried")
    )

    def content(self) -> NewWithout:
        return NewWithout(reason=self.cleaned_data["reason"], told=self.cleaned_data["told"])


class DecideForm(ui.Form):
    agreed = ui.Choice(
        (("yes", _("I agree: it can be closed without her word")), ("no", _("I do not agree"))),
        label=_("Your decision"),
        wide=True,
    )
