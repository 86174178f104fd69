from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.cases import labels
from kalka.cases.rules import Circle, NewDemand, NewNote, NewWord, Saying, circles
from kalka.files.fields import AttachmentField
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

LONG, LINE = 20_000, 500


class NoteForm(ui.Form):
    """Only a profession with a secret is asked whose note it is."""

    circle = ui.Choice((), label=_("Whose note is it?"))
    readers = ui.Choices(
        (),
        label=_("Which colleagues may read it?"),
        help_text=_("Nobody else does: not the team, not your leader."),
        required=False,
    )
    text = ui.Words(label=_("Note"), limit=LONG, rows=6)

    def __init__(self, *args: Any, role: str, colleagues: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = circles(role)
        circle = ui.Choice(
            labels.choices(labels.CIRCLES, *own),
            label=self.fields["circle"].label,
            shows={code: ("readers",) for code in own if code is not Circle.TEAM},
            initial=own[0],
        )
        self.fields["circle"] = circle
        self.fields["readers"].choices = colleagues  # type: ignore[attr-defined]  # a field of choices
        if len(own) == 1:
            del self.fields["circle"], self.fields["readers"]
        elif not colleagues:
            del self.fields["readers"]

    def told(self) -> NewNote:
        said = self.cleaned_data
        readers = tuple(int(post) for post in said.get("readers", ()))
        return NewNote(Circle(said.get("circle") or Circle.TEAM), said["text"], readers)


class DemandForm(ui.Form):
    who = ui.Choice(labels.choices(labels.DEMANDERS), label=_("Who demands it?"))
    on = ui.DayField(label=_("Date of the paper"), past=True)
    note = ui.Choice((), label=_("Which note is asked for?"), required=False)
    ground = ui.Words(
        label=_("Number and ground of the demand"),
        help_text=_("Writing this down opens nothing. Ask your lawyer before anything is given out."),
        limit=LONG,
        rows=4,
    )

    def __init__(self, *args: Any, now: datetime, notes: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["note"].choices = [("", _("Not said")), *notes]  # type: ignore[attr-defined]  # a Choice

    def told(self) -> NewDemand:
        said = self.cleaned_data
        return NewDemand(said["who"], said["on"], said["ground"], UUID(said["note"]) if said["note"] else None)


class WordForm(ui.Form):
    kind = ui.Choice(labels.choices(labels.SAYINGS), label=_("What happened?"))
    on = ui.DayField(label=_("On which day?"), past=True)
    told = ui.Words(label=_("In whose words, before whom?"), limit=LONG, rows=4, required=False)

    def word(self) -> NewWord:
        said = self.cleaned_data
        return NewWord(Saying(said["kind"]), said["on"], said["told"])


class AttachForm(ui.Form):
    file = AttachmentField(
        label=_("File"), help_text=_("A photo, a PDF, a text or a table; at most 20 MB. Its name is sealed too.")
    )
