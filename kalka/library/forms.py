from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalka.library import labels, rules
from kalka.library.rules import LINE, LONGEST, NewHanding, NewStory, NewVersion
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class VersionForm(ui.Form):
    language = ui.Choice(list(labels.LANGUAGES.items()), label=_("In which language?"))
    on = ui.DayField(label=_("Of which day is it?"), past=True)
    address = ui.Words(
        label=_("Address on the internet"),
        help_text=_("For a film, an interview, a page: https://… Either this or a file."),
        limit=500,
        required=False,
    )
    file = ui.FileField(
        label=_("File"), kinds=("pdf", "docx", "xlsx", "jpg", "jpeg", "png"), limit_mb=15, required=False
    )

    def version(self) -> NewVersion:
        said = self.cleaned_data
        content = said["file"].read() if said["file"] else b""
        return NewVersion(said["language"], said["on"], said["address"], content)


class MaterialForm(VersionForm):
    name = ui.Words(label=_("What is it called?"), limit=LINE)
    kind = ui.Choice(list(labels.KINDS.items()), label=_("What is it?"))
    audience = ui.Choice(list(labels.AUDIENCES.items()), label=_("For whom?"), wide=True)
    by = ui.Words(
        label=_("Which organisation made it?"),
        help_text=_("An organisation, no person."),
        limit=LINE,
        required=False,
    )
    conference = ui.PlaceField(label=_("Shown at a conference"), required=False)
    field_order = ("key", "name", "kind", "audience", "by", "language", "on", "address", "file", "conference")

    def __init__(self, *args: Any, conferences: list[tuple[UUID, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        shown = self.fields["conference"]
        assert isinstance(shown, ui.PlaceField)
        shown.choices = [("", ""), *((str(id), name) for id, name in conferences)]
        if not conferences:
            del self.fields["conference"]

    def shown_at(self) -> UUID | None:
        said = self.cleaned_data.get("conference")
        return UUID(said) if said else None


class _Placed(ui.Form):
    def __init__(self, *args: Any, places: Pairs, place: str, **given: Any) -> None:
        super().__init__(*args, **given)
        where = self.fields["place"]
        assert isinstance(where, ui.PlaceField)
        where.choices, where.initial = [("", ""), *places], place


class HandingForm(_Placed):
    version = ui.PlaceField(label=_("Which one?"))
    to = ui.Choice(list(labels.RECIPIENTS.items()), label=_("To whom?"))
    name = ui.Words(label=_("Name of the office or organisation"), help_text=_("No person."), limit=LINE)
    place = ui.PlaceField(label=_("Where?"))
    copies = ui.Count(label=_("How many copies?"), least=1, most=rules.MOST_COPIES)
    on = ui.DayField(label=_("On which day?"), past=True)

    def __init__(self, *args: Any, versions: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        which = self.fields["version"]
        assert isinstance(which, ui.PlaceField)
        which.choices = list(versions)

    def handing(self) -> NewHanding:
        said = self.cleaned_data
        return NewHanding(said["to"], said["name"], said["place"], said["copies"], said["on"])


class BackForm(ui.Form):
    """Beside the form for handing over, at the same address: this one names a handing."""

    handing = ui.PlaceField(label=_("Which of them?"))
    why = ui.Choice(list(labels.WHYS.items()), label=_("Why should it not count?"), wide=True)

    def __init__(self, *args: Any, handings: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        which = self.fields["handing"]
        assert isinstance(which, ui.PlaceField)
        which.choices = [("", ""), *handings]


class ConferenceForm(_Placed):
    name = ui.Words(label=_("What is the conference called?"), limit=LINE)
    on = ui.DayField(label=_("On which day?"), past=True)
    place = ui.PlaceField(label=_("Where?"))


class StoryForm(ui.Form):
    kind = ui.Choice(list(labels.STORIES.items()), label=_("What is it?"))
    language = ui.Choice(list(labels.LANGUAGES.items()), label=_("In which language?"))
    title = ui.Words(label=_("Title"), limit=LINE)
    text = ui.Words(
        label=_("What was done, and what came of it"),
        help_text=_("So that nobody can tell who it was: no names, no village, no day, no number."),
        rows=12,
        limit=LONGEST,
    )
    names_seen = ui.Tick(label=_("I looked at what was found: nobody it concerns can be told by it."), required=False)

    def story(self) -> NewStory:
        said = self.cleaned_data
        return NewStory(said["kind"], said["language"], said["title"], said["text"])


class ReviewForm(ui.Form):
    answer = ui.Choice(
        (("show", _("Show it to everybody at work")), ("return", _("Give it back"))),
        label=pgettext_lazy("of a story", "What should become of it?"),
        wide=True,
        shows={"return": ("why",)},
    )
    why = ui.Words(label=_("What has to be changed?"), rows=3, limit=500, required=False)
