from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.cases.keeping import NewBait
from kalka.oversight import labels
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select


class LookForm(ui.Form):
    verdict = ui.Choice(tuple(labels.VERDICTS.items()), label=_("What was it?"), missing=_("Choose one"))
    note = ui.Words(label=_("How do you know?"), rows=4, limit=2_000, missing=_("Write how you know"))


class ReviewForm(ui.Form):
    right = ui.Choice(
        (("yes", labels.REVIEWS[True]), ("no", labels.REVIEWS[False])),
        label=_("Was it right to open the case?"),
        missing=_("Choose one"),
    )
    note = ui.Words(label=_("How do you know?"), rows=4, limit=2_000, missing=_("Write how you know"))

    @property
    def was_right(self) -> bool:
        return bool(self.cleaned_data["right"] == "yes")


class BaitForm(ui.Form):
    """A name nobody bears, and a place where somebody would look for it."""

    name = ui.Words(label=_("Invented name"), limit=100, missing=_("Write a name nobody bears"))
    birth_year = ui.Count(label=_("Year of birth"), least=1900, most=2100, required=False)
    place = ui.PlaceField([], label=_("Territory"))
    what = ui.Words(label=_("What stands in it"), rows=4, limit=2_000, missing=_("Write what stands in it"))
    since = ui.DayField(label=_("Opened on"), past=True)
    post = ui.Choice([], label=_("In the name of which post"), widget=Select(), missing=_("Choose a post"))
    seen_by = ui.Choice([], label=_("Which other post can see it"), required=False, widget=Select())

    def __init__(self, *args: Any, posts: Pairs, places: Pairs, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today}, **kwargs)
        self.fields["post"].choices = [("", ""), *posts]  # type: ignore[attr-defined]  # a choice field
        self.fields["seen_by"].choices = [("", ""), *posts]  # type: ignore[attr-defined]  # as above
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # as above

    def told(self) -> NewBait:
        said = self.cleaned_data
        return NewBait(
            post_id=int(said["post"]),
            place=said["place"],
            since=said["since"],
            name=said["name"],
            what=said["what"],
            birth_year=said["birth_year"],
            seen_by=(int(said["seen_by"]),) if said["seen_by"] else (),
        )
