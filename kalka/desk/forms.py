from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.cases.labels import SEXES as SEX_WORDS
from kalka.duties.lines import DutyLine
from kalka.people.rules.purpose import Why
from kalka.people.rules.same import Says
from kalka.ui import forms as ui
from kalka.ui.widgets import Line, Select

KINDS = (
    ("", _("Everything")),
    ("done", _("What was done")),
    ("read", _("What was opened")),
    ("refused", _("What was refused")),
)


class SearchForm(ui.Form):
    """From a case or a duty, which is what the search is for."""

    words = ui.Words(
        label=_("Case code, name, personal number or phone"), limit=100, missing=_("Write whom you look for")
    )
    born = ui.Count(label=_("Year of birth, if known"), least=1900, most=2100, required=False)
    sex = ui.Choice(
        [("", _("Any")), ("f", SEX_WORDS["f"]), ("m", SEX_WORDS["m"])],
        label=_("Sex"),
        required=False,
        widget=Select(),
    )
    place = ui.PlaceField(label=_("District where it was written down"), required=False)
    case = forms.CharField(required=False, widget=forms.HiddenInput)
    from_duty = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a choice field


class PurposeForm(SearchForm):
    """From nowhere: it asks what for."""

    why = ui.Choice(
        (
            (Why.DUTY, _("For a duty of mine")),
            (Why.REASON, _("For something else: I write why")),
            (Why.EMERGENCY, _("Somebody is in danger now: search first, I write why after")),
        ),
        label=_("What is the search for"),
        shows={Why.DUTY: ["duty"], Why.REASON: ["reason"]},
        wide=True,
        missing=_("Choose what the search is for"),
    )
    duty = ui.Choice([], label=_("Which duty"), widget=Select(), missing=_("Choose the duty"))
    reason = ui.Words(
        label=_("Why you search"),
        help_text=_("Whoever leads your office can read it."),
        rows=3,
        limit=500,
        missing=_("Write why you search"),
    )

    def __init__(self, *args: Any, duties: Iterable[DutyLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(str(one.id), f"{one.title} · {one.ref}" if one.ref else str(one.title)) for one in duties]
        self.fields["duty"].choices = [("", ""), *said]  # type: ignore[attr-defined]  # a choice field


class ReasonForm(ui.Form):
    reason = ui.Words(label=_("Why you searched"), rows=4, limit=1000, missing=_("Write why you searched"))


class AskMoreForm(ui.Form):
    pass


class MoreForm(ui.Form):
    more = ui.Choice(
        (("yes", _("Yes, more for today")), ("no", _("No"))), label=_("May they search more today?"), wide=True
    )


class PairForm(ui.Form):
    seen = ui.Seen()
    says = ui.Choice(
        (
            (Says.SAME, _("Yes, it is one person")),
            (Says.OTHER, _("No, these are two different people")),
            (Says.ASK, _("I cannot say from here: ask whoever works on the other file")),
        ),
        label=_("Is it one person?"),
        shows={Says.ASK: ["named"]},
        wide=True,
        missing=_("Choose what you know"),
    )
    named = ui.Tick(
        label=_("The person agrees that the other side learns which office asks, so that they can speak with us"),
        required=False,
    )
    reason = ui.Words(
        label=_("How you know, or why you cannot say"),
        help_text=_("Only those who see your own file read this."),
        rows=3,
        limit=1000,
        missing=_("Write how you know, or why you cannot say"),
    )


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
    pin = ui.Words(
        label=_("Personal number (PIN)"),
        help_text=_("So that files about this person stay closed to them. Kept as a digest nobody can read."),
        limit=30,
        required=False,
        widget=Line(mode="numeric"),
    )
    since = ui.DayField(label=_("From"))


class SubstituteForm(ui.Form):
    seen = ui.Seen()
    substitute = ui.Choice(
        [],
        label=_("Substitute"),
        wide=True,
        help_text=_("Receives the duties while nobody holds this post."),
        required=False,
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].choices = [("", _("Nobody")), *posts]  # type: ignore[attr-defined]  # a choice field
