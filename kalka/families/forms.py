from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.cases.labels import BANDS, WALL_WHYS
from kalka.core.clock import day_of
from kalka.families import labels, practice
from kalka.families.rules import LONGEST, NewContact, NewEnd, NewFamily, NewName, NewWord, NewWork
from kalka.files.fields import AttachmentField
from kalka.intake.labels import DANGERS
from kalka.intake.rules import LONG, MOST_CHILDREN, NewReport
from kalka.support import labels as support
from kalka.support.rules import NewAid
from kalka.ui import forms as ui
from kalka.ui import widgets
from kalka.ui.choices import Pairs

GROUND = "ground:"


def titles_of_grounds() -> list[tuple[str, str]]:
    lang = (get_language() or "ky")[:2]
    return [(f"{GROUND}{code}", one.titles[lang]) for code, one in practice.grounds().items()]


class NoteForm(ui.Form):
    """Two minutes with a phone: two answers must be given, and everything else may be left out."""

    how = ui.Choice(labels.choices(labels.HOWS), label=_("Where do you know of it from?"))
    signs = ui.Choices(
        labels.choices(labels.SIGNS), label=_("What worries you?"), missing=_("Tick what worries you most")
    )
    setting = ui.Choice(labels.choices(labels.SETTINGS), label=_("Where is it?"), initial="family", wide=True)
    sex = ui.Choice(labels.choices(labels.SEXES), label=_("Whom do you worry about?"), required=False, wide=True)
    band = ui.Choice(labels.choices(BANDS), label=_("Her age, about"), required=False)
    children = ui.Count(label=_("How many children are there?"), required=False, most=20)
    named = ui.Choice((), label=_("Do you write a name?"), initial="code", wide=True)
    family = ui.Words(label=_("Family name"), limit=100, required=False)
    given = ui.Words(label=_("First name"), limit=100, required=False)
    phone = ui.PhoneField(
        label=_("A telephone of the family"),
        help_text=_(
            "It is compared with those of the committee, without a word to anybody. Without a name it is kept nowhere."
        ),
        required=False,
    )
    second = ui.Choice(
        (),
        widget=widgets.Select(),
        label=_("Who works on it with you?"),
        help_text=_("You two alone know of it. Nothing is shown before they say yes."),
        required=False,
    )
    next_on = ui.DayField(label=_("When do you speak with them next?"), ahead=True, required=False)
    told = ui.Words(label=_("In a few words, without names"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, colleagues: Pairs, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        code, consent = (("code", labels.NAMED["code"]), ("consent", labels.NAMED["consent"]))
        grounds = titles_of_grounds()
        self.fields["named"] = ui.Choice(
            (code, consent, *grounds),
            label=_("Do you write a name?"),
            initial="code",
            wide=True,
            shows={one: ("family", "given") for one, _title in (consent, *grounds)},
        )
        self.fields["second"].choices = [("", _("I say it later")), *colleagues]  # type: ignore[attr-defined]  # a Choice

    def family_told(self) -> NewFamily:
        said = self.cleaned_data
        named, _colon, ground = said["named"].partition(":")
        return NewFamily(
            how=said["how"],
            signs=tuple(said["signs"]),
            setting=said["setting"],
            sex=said["sex"] or "unknown",
            band=said["band"],
            children=said["children"],
            second=int(said["second"]) if said["second"] else None,
            named=named,
            ground=ground,
            family=said["family"],
            given=said["given"],
            phone=said["phone"],
            next_on=said["next_on"],
            told=said["told"],
        )


class _Today(ui.Form):
    """Its day is today unless said otherwise."""

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)


class ContactForm(_Today):
    met = ui.Choice(labels.choices(labels.METS), label=_("How did it go?"), wide=True)
    way = ui.Choice(labels.choices(labels.WAYS), label=_("How did you try?"), initial="visit")
    on = ui.DayField(label=_("On which day?"), past=True)
    next_on = ui.DayField(label=_("When do you speak with them next?"), ahead=True, required=False)
    told = ui.Words(label=_("In a few words, without names"), rows=3, limit=LONGEST, required=False)

    def step(self) -> NewContact:
        said = self.cleaned_data
        return NewContact(said["way"], said["met"], said["on"], said["next_on"], said["told"])


_ASKED = ("agreed", "urgent")


class WorkForm(_Today):
    kind = ui.Choice(
        labels.choices(labels.KINDS),
        label=_("What was done, or is asked for?"),
        shows={
            "documents": ("document", "state"),
            "shelter": _ASKED,
            "legal": _ASKED,
            "psychologist": _ASKED,
            "programme": _ASKED,
        },
    )
    document = ui.Choice(labels.choices(support.DOCUMENTS), label=_("Which document?"))
    state = ui.Choice(labels.choices(support.STATES), label=_("Where does it stand?"), wide=True)
    agreed = ui.Tick(
        label=_("She agrees that the social worker is told"),
        missing=_("Without her agreement nobody is told of her"),
    )
    urgent = ui.Tick(label=_("It cannot wait"), required=False)
    on = ui.DayField(label=_("On which day?"), past=True)

    def step(self) -> NewWork:
        said = self.cleaned_data
        return NewWork(
            kind=said["kind"],
            on=said["on"],
            agreed=bool(said["agreed"]),
            urgent=bool(said["urgent"]),
            document=said["document"] or "",
            state=said["state"] or "",
        )


class HelpForm(_Today):
    what = ui.Choice(labels.choices(support.AID), label=_("What was given?"))
    som = ui.Count(label=_("Worth in som"), required=False, most=10_000_000)
    budget = ui.Choice(labels.choices(support.BUDGETS), label=_("From which money?"))
    on = ui.DayField(label=_("On which day?"), past=True)
    file = AttachmentField(label=_("The paper for it: receipt, act, list"), required=False)

    def step(self) -> NewAid:
        said = self.cleaned_data
        return NewAid(budget=said["budget"], what=said["what"], som=said["som"] or 0, on=said["on"])


class ViolenceForm(ui.Form):
    danger = ui.Choice(
        labels.choices(DANGERS),
        label=_("Is somebody's life in danger now?"),
        missing=_("Say whether somebody is in danger now, or that you are not sure"),
    )
    what = ui.Words(
        label=_("What happened?"),
        help_text=_("In the words of the person who tells. Names are not needed."),
        rows=4,
        limit=LONG,
        required=False,
    )
    children = ui.Answer(label=_("Is there a child there?"), required=False, shows={"yes": ("children_count",)})
    children_count = ui.Count(label=_("How many children?"), least=1, most=MOST_CHILDREN, required=False)

    def step(self, now: datetime) -> NewReport:
        said = self.cleaned_data
        return NewReport(
            danger=said["danger"],
            told_on=day_of(now),
            way="committee",
            by_whom="worker",
            what=said["what"],
            children=said["children"] or "unknown",
            children_count=said["children_count"],
        )


class NameForm(ui.Form):
    named = ui.Choice((), label=_("Why is it written down?"), wide=True)
    family = ui.Words(label=_("Family name"), limit=100, required=False)
    given = ui.Words(label=_("First name"), limit=100, required=False)
    phone = ui.PhoneField(label=_("A telephone of the family"), required=False)

    def __init__(self, *args: Any, named: str, **given: Any) -> None:
        super().__init__(*args, **given)
        later, grounds = labels.NAMED_LATER, titles_of_grounds()
        said = (("consent", later["consent"]), *grounds)
        back = (("code", later["code"]),) if named != "code" else ()
        self.fields["named"] = ui.Choice(
            (*said, *back),
            label=_("Why is it written down?"),
            wide=True,
            shows={one: ("family", "given", "phone") for one, _title in said},
        )

    def step(self) -> NewName:
        said = self.cleaned_data
        named, _colon, ground = said["named"].partition(":")
        if named == "code":
            return NewName(named)
        return NewName(named, ground, said["family"], said["given"], said["phone"])


class HerWordForm(ui.Form):
    need = ui.Choice((), label=_("Which help?"))
    says = ui.Choice(
        labels.choices(labels.SAYS), label=_("What does she say?"), wide=True, shows={"wants": ("agreed",)}
    )
    agreed = ui.Tick(
        label=_("She agrees that the social worker is told"),
        missing=_("Without her agreement nobody is told of her"),
    )

    def __init__(self, *args: Any, needs: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["need"].choices = needs  # type: ignore[attr-defined]  # a Choice
        if len(needs) == 1:
            self.fields["need"].initial = needs[0][0]

    def step(self) -> NewWord:
        return NewWord(self.cleaned_data["says"], bool(self.cleaned_data.get("agreed")))


class EndForm(_Today):
    how = ui.Choice(labels.choices(labels.ENDS), label=_("How did it end?"), wide=True)
    on = ui.DayField(label=_("On which day?"), past=True)
    told = ui.Words(label=_("In a few words, without names"), rows=3, limit=LONGEST, required=False)

    def step(self) -> NewEnd:
        said = self.cleaned_data
        return NewEnd(said["how"], said["on"], said["told"])


class AskForm(ui.Form):
    second = ui.Choice(
        (),
        widget=widgets.Select(),
        label=_("Who works on it with you?"),
        missing=_("Choose somebody of the committee"),
    )

    def __init__(self, *args: Any, colleagues: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["second"].choices = [("", ""), *colleagues]  # type: ignore[attr-defined]  # a Choice


class BackForm(ui.Form):
    why = ui.Choice(labels.choices(WALL_WHYS), label=_("Why?"), wide=True)
    instead = ui.Choice((), widget=widgets.Select(), label=_("Who is asked instead of you?"), required=False)

    def __init__(self, *args: Any, colleagues: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["instead"].choices = [("", _("Nobody: the other one goes on")), *colleagues]  # type: ignore[attr-defined]  # a Choice


class SeatForm(ui.Form):
    says = ui.Choice((("yes", _("Yes, I work on it")), ("no", _("No"))), label=_("Will you work on it?"), wide=True)
