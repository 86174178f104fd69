from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.guide.rules import LONGEST, NAME, Status, Where, said, write_hours
from kalka.guide.selectors import Offer, Spot
from kalka.guide.taxonomy import TAXONOMY
from kalka.ui import forms as ui
from kalka.ui.text import StrOrPromise
from kalka.ui.widgets import Select

STATUSES = (
    (Status.ACTIVE, _("It is offered")),
    (Status.CLOSED_FOR_NOW, _("Not for the time being")),
    (Status.INACTIVE, _("No longer")),
)
KINDS = (
    (Where.PHYSICAL, _("People come there")),
    (Where.WITHHELD, _("Nobody may know where it is")),
)
TEXTS = (("name", NAME), ("about", LONGEST), ("coming", LONGEST))


def _titles(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    language = (get_language() or "ky")[:2]
    return [(code, said(getattr(one, "titles", one), language)[0]) for code, one in found.items()]


class ServiceForm(ui.Form):
    """What people are told of a service. Everything written here is public."""

    seen = ui.Seen()
    provider = ui.Choice([], label=_("Who offers it"), widget=Select(), missing=_("Choose who offers it"))
    name_ky = ui.Words(label=_("Name, in Kyrgyz"), limit=NAME, missing=_("Write the name in Kyrgyz"))
    name_ru = ui.Words(label=_("Name, in Russian"), limit=NAME, missing=_("Write the name in Russian"))
    name_en = ui.Words(label=_("Name, in English"), limit=NAME, required=False)
    about_ky = ui.Words(label=_("What is done there, in Kyrgyz"), rows=3, limit=LONGEST)
    about_ru = ui.Words(label=_("What is done there, in Russian"), rows=3, limit=LONGEST)
    about_en = ui.Words(label=_("What is done there, in English"), rows=3, limit=LONGEST, required=False)
    needs = ui.Choices([], label=_("What it helps with"))
    serves = ui.Choices([], label=_("Whom it is for"))
    languages = ui.Choices([], label=_("Languages spoken"))
    area = ui.PlaceField(label=_("For which part of the country"))
    phones = ui.Words(label=_("Telephones, one on each line"), rows=2, limit=200, required=False)
    always = ui.Tick(label=_("Day and night, every day"), required=False)
    hours = ui.Words(
        label=_("Hours, one stretch on each line"),
        help_text=_("Days by number, 1 is Monday: 1-5 09:00-18:00"),
        rows=2,
        limit=400,
        required=False,
    )
    locations = ui.Choices([], label=_("Where one can go"), required=False)
    coming_ky = ui.Words(label=_("How one comes, in Kyrgyz"), rows=2, limit=LONGEST, required=False)
    coming_ru = ui.Words(label=_("How one comes, in Russian"), rows=2, limit=LONGEST, required=False)
    coming_en = ui.Words(label=_("How one comes, in English"), rows=2, limit=LONGEST, required=False)
    cost = ui.Choice([("free", ""), ("part", ""), ("paid", "")], label=_("What it costs"), initial="free")
    room = ui.Choice(
        [("free", ""), ("waiting", ""), ("full", "")],
        label=_("Is there room for somebody new?"),
        help_text=_("It counts for two weeks, then it must be said again."),
        required=False,
    )
    offered = ui.Choice(STATUSES, label=_("Is it offered now?"), initial=Status.ACTIVE)

    def __init__(
        self,
        *args: Any,
        providers: Iterable[tuple[str, str]],
        places: Iterable[tuple[str, str]],
        spots: Iterable[Spot],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lists: dict[str, list[tuple[str, StrOrPromise]]] = {
            "provider": list(providers),
            "needs": list(_titles(TAXONOMY.needs)),
            "serves": list(_titles(TAXONOMY.serves)),
            "languages": list(_titles(TAXONOMY.languages)),
            "cost": list(_titles(TAXONOMY.costs)),
            "room": list(_titles(TAXONOMY.rooms)),
            "area": [("", ""), *places],
            "locations": [(str(spot.id), _spot(spot)) for spot in spots],
        }
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not lists["locations"]:
            del self.fields["locations"]


def _spot(spot: Spot) -> str:
    return f"{spot.place_here}, {spot.address_here}" if spot.address else spot.place_here


def shown(offer: Offer) -> dict[str, object]:
    """An entry as its form shows it. `seen`: the version it had then."""
    texts = {f"{name}_{lang}": text for name, _most in TEXTS for lang, text in getattr(offer, name).items()}
    return texts | {
        "seen": str(offer.version),
        "provider": str(offer.provider_id),
        "needs": list(offer.needs),
        "serves": list(offer.serves),
        "languages": list(offer.languages),
        "area": offer.areas[0],
        "phones": "\n".join(offer.phones),
        "always": offer.always,
        "hours": write_hours(offer.hours),
        "locations": [str(spot.id) for spot in offer.spots],
        "cost": offer.cost,
        "room": offer.room,
        "offered": offer.status,
    }


class LocationForm(ui.Form):
    provider = ui.Choice([], label=_("Whose place it is"), widget=Select(), missing=_("Choose whose place it is"))
    kind = ui.Choice(
        KINDS,
        label=_("What kind of place"),
        shows={Where.PHYSICAL: ["address_ky", "address_ru", "accessible"]},
        wide=True,
        missing=_("Say what kind of place it is"),
    )
    place = ui.PlaceField(label=_("Part of the country"))
    address_ky = ui.Words(label=_("Address, in Kyrgyz"), limit=NAME, missing=_("Write the address in Kyrgyz"))
    address_ru = ui.Words(label=_("Address, in Russian"), limit=NAME, missing=_("Write the address in Russian"))
    accessible = ui.Tick(label=_("Step-free: a wheelchair gets in"), required=False)

    def __init__(
        self, *args: Any, providers: Iterable[tuple[str, str]], places: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = list(providers)  # type: ignore[attr-defined]  # a choice field
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a choice field


class ProviderForm(ui.Form):
    """Somebody who helps. Public, like all of it."""

    name_ky = ui.Words(label=_("Name, in Kyrgyz"), limit=NAME, missing=_("Write the name in Kyrgyz"))
    name_ru = ui.Words(label=_("Name, in Russian"), limit=NAME, missing=_("Write the name in Russian"))
    name_en = ui.Words(label=_("Name, in English"), limit=NAME, required=False)
    about_ky = ui.Words(label=_("What it does, in Kyrgyz"), rows=2, limit=LONGEST, required=False)
    about_ru = ui.Words(label=_("What it does, in Russian"), rows=2, limit=LONGEST, required=False)
    about_en = ui.Words(label=_("What it does, in English"), rows=2, limit=LONGEST, required=False)
    organisation = ui.PlaceField(label=_("Which organisation of this system is it?"), required=False)

    def __init__(self, *args: Any, organisations: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, ui.PlaceField)
        field.choices = [("", _("none: it is only called")), *organisations]


class TakeForm(ui.Form):
    file = ui.FileField(
        label=_("Directory as HSDS 3.0 (JSON, or its tables as ZIP)"),
        kinds=("json", "zip"),
        limit_mb=20,
        missing=_("Choose the file"),
    )
