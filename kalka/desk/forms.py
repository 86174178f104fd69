from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui
from kalka.ui.widgets import Line, Select

KINDS = (
    ("", _("Everything")),
    ("done", _("What was done")),
    ("read", _("What was opened")),
    ("refused", _("What was refused")),
)


class SearchForm(ui.Form):
    words = ui.Words(label=_("Case code or name"), limit=120, missing=_("Write a case code or a name"))


class LogForm(ui.Form):
    kind = ui.Choice(KINDS, label=_("What"), required=False)
    day = ui.DayField(label=_("Day"), required=False)


class NewPostForm(ui.Form):
    role = ui.Choice([], label=_("Role"), widget=Select())
    organisation = ui.Choice([], label=_("Organisation"), widget=Select())
    place = ui.PlaceField([], label=_("Territory"))
    leads = ui.Tick(label=_("Leads the organisation: what is late comes here"), required=False)
    since = ui.DayField(label=_("From"))

    def __init__(self, *args: Any, roles: Any, organisations: Any, places: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today}, **kwargs)
        self.fields["role"].choices = [("", ""), *roles]  # type: ignore[attr-defined]  # a choice field
        self.fields["organisation"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]  # as above
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # as above


class AppointForm(ui.Form):
    login = ui.Words(
        label=_("User name"),
        limit=64,
        help_text=_("A new one is made if nobody has it; its password is shown once."),
        widget=Line(autocapitalize="none", spellcheck="false"),
    )
    name = ui.Words(label=_("Name of the person"), limit=120, required=False)
    since = ui.DayField(label=_("From"))


class SubstituteForm(ui.Form):
    substitute = ui.Choice(
        [],
        label=_("Substitute"),
        help_text=_("Receives the duties while nobody holds this post."),
        required=False,
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].choices = [("", _("Nobody")), *posts]  # type: ignore[attr-defined]  # a choice field
