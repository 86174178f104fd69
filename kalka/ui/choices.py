"""Fields that are chosen, not typed: answers, boxes to tick, places; and the questions an answer brings up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.ui import widgets
from kalka.ui.fields import with_missing
from kalka.ui.text import StrOrPromise

Pairs = Sequence[tuple[str, StrOrPromise]]
Dependents = Mapping[str, Sequence[str]]


class _Shared(forms.ChoiceField):
    """A form copies its fields, not the choices in them: nobody changes those, they are given anew or not at all."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return forms.Field.__deepcopy__(self, memo)


class Choice(_Shared):
    """One of the choices: up to five are big answers, more are a list.

    `shows` names the fields a chosen value brings up; those of a value that was not chosen are neither asked nor kept.
    Only a text that is too long or damaged comes back with its message.
    `levels` draws the answers as risk levels: value → shape code.
    """

    default_error_messages = {"required": _("Choose one"), "invalid_choice": _("Choose one of these")}

    def __init__(
        self,
        choices: Pairs,
        *,
        shows: Dependents | None = None,
        levels: Mapping[str, str] | None = None,
        wide: bool | None = None,
        missing: StrOrPromise | None = None,
        **given: Any,
    ) -> None:
        choices = list(choices)
        many = len(choices) > 5
        given.setdefault("widget", widgets.Select() if many else widgets.Answers())
        listed = many and not isinstance(given["widget"], widgets.Answers)
        empty = [("", "")] if listed and choices and choices[0][0] else []
        super().__init__(choices=[*empty, *choices], **with_missing(given, missing))
        self.shows = shows or {}
        if isinstance(self.widget, widgets.Answers):
            self.widget.levels = levels or {}
            longest = max((len(str(label)) for _value, label in choices), default=0)
            self.widget.wide = longest > 14 or len(choices) > 3 if wide is None else wide
        set_groups(self.widget, self.shows)

    def asked(self, value: Any) -> set[str]:
        return set(self.shows.get(str(value), ()))


class Answer(Choice):
    """Yes, no, do not know. «Do not know» is never «no»."""

    def __init__(self, **given: Any) -> None:
        super().__init__((("yes", _("Yes")), ("no", _("No")), ("unknown", _("I do not know"))), **given)


class Choices(_Shared, forms.MultipleChoiceField):
    """Any of the choices, as boxes to tick."""

    default_error_messages = {"required": _("Tick at least one"), "invalid_choice": _("Choose from this list")}

    def __init__(
        self,
        choices: Pairs,
        *,
        shows: Dependents | None = None,
        missing: StrOrPromise | None = None,
        **given: Any,
    ) -> None:
        given.setdefault("widget", widgets.Checks())
        super().__init__(choices=list(choices), **with_missing(given, missing))
        self.shows = shows or {}
        set_groups(self.widget, self.shows)

    def asked(self, value: Any) -> set[str]:
        chosen = value if isinstance(value, (list, tuple)) else ()
        return {name for one in chosen for name in self.shows.get(str(one), ())}


class Tick(forms.BooleanField):
    """One statement to agree to. Required means it must be ticked."""

    widget = widgets.Check
    default_error_messages = {"required": _("Tick this to go on")}

    def __init__(self, *, missing: StrOrPromise | None = None, **given: Any) -> None:
        super().__init__(**with_missing(given, missing))


class PlaceField(Choice):
    """A place from the choices the view gives, `places.choices(…)`: always a list, however few there are."""

    default_error_messages = {"required": _("Choose the place"), "invalid_choice": _("Choose a place from the list")}

    def __init__(self, choices: Pairs = (), **given: Any) -> None:
        given.setdefault("widget", widgets.Select())
        super().__init__([("", ""), *choices], **given)


def set_groups(widget: Any, shows: Dependents) -> None:
    """Number the groups of dependents: values that bring the same fields share one group."""
    if isinstance(widget, widgets.Shows):
        groups = groups_of(shows)
        widget.shows = {value: groups.index(tuple(names)) + 1 for value, names in shows.items()}


def groups_of(shows: Dependents) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(tuple(names) for names in shows.values()))


def labels(choices: Pairs, chosen: Iterable[str]) -> list[str]:
    """The labels of chosen values, in the order of the choices: for showing again what was ticked."""
    wanted = set(chosen)
    return [str(label) for value, label in choices if value in wanted]
