import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.committees import labels, rules
from kalka.committees.rules import (
    Answer,
    Approval,
    Card,
    Channel,
    Founding,
    Hours,
    Known,
    NewMember,
    NewProject,
    Office,
    Region,
    Target,
)
from kalka.core.clock import day_of
from kalka.core.datafile import LANGUAGES
from kalka.directory.roles import CATEGORIES
from kalka.duties.lines import DutyLine
from kalka.ui import forms as ui
from kalka.ui.widgets import Select

Pairs = Iterable[tuple[str, str]]
DAY = _("On which day?")
READS_AS_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def categories() -> list[tuple[str, str]]:
    lang = (get_language() or "ky")[:2]
    return [(code, one.titles[lang]) for code, one in CATEGORIES.items()]


class FoundingForm(ui.Form):
    since = ui.DayField(label=_("Since which day does it work?"))
    until = ui.DayField(label=_("Until which day, if it has a term?"), required=False)
    proposed_on = ui.DayField(label=_("When did local self-government propose it?"), required=False)
    proposal = ui.Words(label=_("Number of that paper"), limit=rules.NUMBER, size="m", required=False)
    no_earlier = ui.Answer(label=_("Was there nothing like it here before?"), initial=Answer.UNKNOWN)
    no_other = ui.Answer(label=_("Does no other international organisation support one here?"), initial=Answer.UNKNOWN)
    project = ui.PlaceField(label=_("In which project, if in one?"), required=False)

    def __init__(self, *args: Any, projects: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["project"]
        assert isinstance(field, ui.PlaceField)
        field.choices = [("", _("in none")), *projects]

    def told(self) -> Founding:
        said = self.cleaned_data
        names = ("since", "until", "proposed_on", "proposal", "no_earlier", "no_other", "project")
        return Founding(**{name: said[name] for name in names})


class FoundForm(FoundingForm):
    place = ui.PlaceField(label=_("For which aimak, town, city or part of a city?"))

    field_order = ["place"]

    def __init__(self, *args: Any, places: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["place"]
        assert isinstance(field, ui.PlaceField)
        field.choices = [("", ""), *places]


class ApprovalForm(ui.Form):
    what = ui.Choice(
        (("founding", _("The committee itself")), ("plan", _("Plan of the year"))),
        label=_("What was approved?"),
        initial="founding",
    )
    by = ui.Choice(list(labels.APPROVERS.items()), label=_("Who approved it?"), wide=True)
    on = ui.DayField(label=DAY)
    number = ui.Words(label=_("Number of the paper"), limit=rules.NUMBER, size="m", required=False)

    def year(self, today: date) -> int:
        """0: the committee itself."""
        return today.year if self.cleaned_data["what"] == "plan" else 0

    def told(self) -> Approval:
        said = self.cleaned_data
        return Approval(said["by"], said["on"], said["number"])


class CardForm(ui.Form):
    on_paper = ui.Tick(
        label=_("Has no telephone or computer for this work: tasks are printed, and entered by the secretary"),
        required=False,
    )
    channel = ui.Choice(list(labels.CHANNELS.items()), label=_("How may this member be reached?"), initial=Channel.CALL)
    hours = ui.Choice(list(labels.HOURS.items()), label=_("When?"), initial=Hours.ANY)
    phone = ui.PhoneField(label=_("Telephone number"), required=False)
    discreet = ui.Tick(label=_("Do not name the committee when calling: somebody may listen"), required=False)

    def card(self) -> Card:
        said = self.cleaned_data
        return Card(said["on_paper"], said["channel"], said["hours"], said["discreet"], said["phone"])


class MemberForm(CardForm):
    name = ui.Words(label=_("Family name and given name"), limit=rules.NAME, missing=_("Write the name"))
    category = ui.Choice((), label=_("For whom does this member stand?"), widget=Select())
    office = ui.Choice(list(labels.OFFICES.items()), label=_("Office"), initial=Office.MEMBER)
    since = ui.DayField(label=_("Member since which day?"))

    field_order = ["name", "category", "office", "since"]

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        field = self.fields["category"]
        assert isinstance(field, ui.Choice)
        field.choices = [("", ""), *categories()]
        self.fields["since"].initial = day_of(now)

    def told(self) -> NewMember:
        said = self.cleaned_data
        return NewMember(said["name"], said["category"], said["since"], said["office"], self.card())


class OfficeForm(ui.Form):
    office = ui.Choice(list(labels.OFFICES.items()), label=_("Office"))
    since = ui.DayField(label=_("From which day?"))
    handed = ui.Choices(list(labels.HANDED.items()), label=_("What went from hand to hand?"), required=False)


class UndertakingForm(ui.Form):
    signed_on = ui.DayField(label=_("On which day did the member sign?"))


class TaskForm(ui.Form):
    """Which of the printed tasks was done, and when."""

    task = ui.Choice((), label=_("Which task is done?"), widget=Select())
    done_on = ui.DayField(label=_("On which day was it done?"))

    def __init__(self, *args: Any, lines: Sequence[DutyLine], now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        field = self.fields["task"]
        assert isinstance(field, ui.Choice)
        standing = {str(one.id): f"{one.title} {one.ref}".strip() for one in lines}
        sent = str(self.data.get("task", ""))
        if READS_AS_ID.fullmatch(sent):  # perhaps entered already, by the same page sent twice: the service knows
            standing.setdefault(sent, sent)
        field.choices = [("", ""), *standing.items()]
        self.fields["done_on"].initial = day_of(now)


class LeaveForm(ui.Form):
    until = ui.DayField(label=_("What was the last day?"))


class KnownForm(ui.Form):
    subject = ui.Choice((), label=_("Whose work is it?"), widget=Select())
    name = ui.Words(label=_("Name"), limit=rules.NAME, required=False)
    phone = ui.PhoneField(label=_("Telephone number"), required=False)

    def __init__(self, *args: Any, subjects: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["subject"]
        assert isinstance(field, ui.Choice)
        field.choices = [("", ""), *subjects]

    def told(self) -> Known:
        return Known(self.cleaned_data["name"], self.cleaned_data["phone"])


class PlanForm(ui.Form):
    """Nobody can plan families or violence: there is no field for it."""

    year = ui.Count(label=_("Year"), least=rules.FIRST_YEAR, most=2100)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for code in Target:
            most = 100 if code == Target.CONTACTS else rules.MOST
            self.fields[code] = ui.Count(label=labels.TARGETS[code], most=most, required=False)

    def targets(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in Target if self.cleaned_data[code] is not None}


class ProjectForm(ui.Form):
    since = ui.DayField(label=_("From which day?"))
    until = ui.DayField(label=_("Until which day?"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for part, label in PROJECT.items():
            for lang, language in SPOKEN.items():
                self.fields[f"{part}_{lang}"] = ui.Words(
                    label=label.format(language=language),
                    limit=rules.NAME,
                    required=part in ("name", "donor"),
                )

    def told(self) -> NewProject:
        said = self.cleaned_data
        words = {part: {lang: said[f"{part}_{lang}"] for lang in LANGUAGES} for part in PROJECT}
        stands_by = {str(region): words[region] for region in REGIONS if any(words[region].values())}
        return NewProject(words["name"], words["donor"], said["since"], said["until"], stands_by)


REGIONS = (Region.NORTH, Region.SOUTH)
SPOKEN = {"ky": _("in Kyrgyz"), "ru": _("in Russian"), "en": _("in English")}
PROJECT = {
    "name": _("Name of the project, {language}"),
    "donor": _("Who pays, {language}"),
    Region.NORTH: _("Who stands by the committees in the north, {language}"),
    Region.SOUTH: _("Who stands by the committees in the south, {language}"),
}
