"""The questions of an edition as a form, the officer's own judgement, and the level that is confirmed."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.instruments.shape import Edition, Item
from kalka.risk import labels, offered, tables
from kalka.risk.explained import Shown
from kalka.risk.practice import LONGEST_CITE
from kalka.risk.rules import LONGEST, NOT_ASKED, Alone, NewAssessment, Source, position
from kalka.ui import forms as ui
from kalka.ui.choices import set_groups


def _near() -> ui.Choice:
    return ui.Choice(
        labels.choices(labels.NEAR),
        label=_("Is the one who did it near?"),
        help_text=_("In the house, in the yard, in the car, behind the door, on the telephone line."),
        missing=_("Say first whether the one who did it is near"),
        wide=True,
    )


def _alone() -> ui.Choice:
    return ui.Choice(
        labels.choices(labels.ALONE),
        label=_("Are you alone with the person now?"),
        help_text=_(
            "Ask nothing while the one who did it, relatives or bigger children can hear. The answers must not be seen."
        ),
        missing=_("Say first whether you are alone with the person"),
        wide=True,
    )


class _Private(ui.Form):
    """What is asked before anything else is on the page."""

    instrument = forms.CharField(widget=forms.HiddenInput, required=False)
    near = _near()
    alone = _alone()

    @property
    def is_private(self) -> bool:
        return bool(self.cleaned_data["near"] == "no" and self.cleaned_data["alone"] != Alone.NO)


class FirstForm(_Private):
    """Only this is on the page while he may be near."""

    stage = forms.CharField(widget=forms.HiddenInput, required=False, initial="first")


class AssessForm(_Private):
    """Nothing is chosen beforehand. What is left out was not asked, and is never a no."""

    suicidality = ui.Choice(
        labels.choices(labels.ANSWERS, "yes", "no", "unknown", "refused"),
        label=_("Does the person think of ending their own life?"),
        help_text=_(
            "Ask calmly. The answer brings help at once; it stands on no paper and the other side never sees it."
        ),
        required=False,
        wide=False,
    )

    def __init__(self, *args: Any, edition: Edition, known: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("near", "alone"):  # said before the questions came onto the page
            self.fields[name].widget = forms.HiddenInput()
        self.edition, self.known = edition, known
        self.fields["instrument"].initial = edition.id
        for code, item in edition.items.items():
            if code not in known:
                self.fields[code] = _question(item)

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked of the person, in the order of the form."""
        return [self[code] for code, item in self.edition.items.items() if not item.auto_filled]

    @property
    def looked_up(self) -> list[forms.BoundField]:
        """What the officer looks up in other registers."""
        items = self.edition.items.items()
        return [self[code] for code, item in items if item.auto_filled and code not in self.known]

    def told(self, *, judged: str, reason: str) -> NewAssessment:
        said = self.cleaned_data
        return NewAssessment(
            judged=judged,
            reason=reason,
            answers={code: said[code] for code in self.edition.items if said.get(code)},
            instrument=self.edition.id,
            edition=self.edition.version,
            alone=said["alone"],
            source=Source.VICTIM if said["alone"] == Alone.YES else Source.OFFICER,
            victim_suicidality=said["suicidality"] or NOT_ASKED,
        )


def _question(item: Item) -> ui.Choice:
    answers = labels.REGISTER_ANSWERS if item.auto_filled else labels.ANSWERS
    return ui.Choice(
        labels.choices(answers),
        label=offered.words(item.text) or item.code,
        help_text=offered.words(item.help),
        required=False,
        wide=False,
    )


class JudgeForm(ui.Form):
    judged = ui.Choice((), label=_("How dangerous is it, in your own judgement?"), missing=_("Choose a level"))
    reason = ui.Words(label=_("Why?"), limit=LONGEST, rows=4, missing=_("Write the reason"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["judged"]
        field.help_text = _("What the form says is shown only after this.")
        _levels(field, [(one.code, offered.words(one.title), position(edition, one.code)) for one in edition.levels])


class ConfirmForm(ui.Form):
    """The levels that may be confirmed, the lowest first; any above it asks for a reason."""

    seen = ui.Seen()
    level = ui.Choice((), label=_("With which level do you work?"), missing=_("Choose a level"))
    raised_reason = ui.Words(label=_("Why higher?"), limit=LONGEST, rows=3, required=False)

    def __init__(self, *args: Any, levels: tuple[Shown, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        field.help_text = _("It cannot be lower than what the form says or what you judged.")
        shows = {one.code: ("raised_reason",) for one in levels[1:]}
        field.shows = shows  # type: ignore[attr-defined]  # a Choice
        set_groups(field.widget, shows)
        _levels(field, [(one.code, one.title, one.position) for one in levels])
        if len(levels) == 1:
            field.initial = levels[0].code


class CountersignForm(ui.Form):
    agreed = ui.Choice(
        (("yes", _("I agree: the lower level stands")), ("no", _("I do not agree: the level stays as it is"))),
        label=_("Do you agree to the lower level?"),
        wide=True,
    )
    reason = ui.Words(label=_("Why?"), limit=LONGEST, rows=4, missing=_("Write the reason"))


class HappenedForm(ui.Form):
    trigger = ui.Choice((), label=_("What happened?"), missing=_("Choose what happened"), wide=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trigger"]
        assert isinstance(field, ui.Choice)
        by_hand = [kind for kind in tables.triggers().kinds.values() if kind.by_hand]
        field.choices = [(kind.code, offered.words(kind.title)) for kind in by_hand]


class PracticeForm(ui.Form):
    running = ui.Choice(
        (("yes", _("Work by it from now on")), ("no", _("Do not work by it"))),
        label=_("Does your institution work by it?"),
        shows={"yes": ("cite",)},
        wide=True,
    )
    cite = ui.Words(
        label=_("Which act of your institution says so?"),
        help_text=_("Number, day and name. It is shown wherever this practice sets a term."),
        limit=LONGEST_CITE,
        required=False,
    )


def _levels(field: forms.Field, levels: list[tuple[str, str, str]]) -> None:
    assert isinstance(field, ui.Choice)
    field.choices = [(code, title) for code, title, _position in levels]
    field.widget.levels = {code: position for code, _title, position in levels}
    field.widget.wide = True
