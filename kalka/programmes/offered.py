"""Who runs programmes: what a form offers."""

from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.programmes.rules import Setting
from kalka.ui.choices import Pairs


def organisation_choices(place: str) -> Pairs:
    """Who runs programmes, the nearest first."""
    near = {code: at for at, code in enumerate(places.chain(place))}
    found = [one for setting in Setting for one in directory.organisations(setting)]
    found.sort(key=lambda one: (_far(one.place, near), one.id))
    return [(str(one.id), one.label()) for one in found]


def other_organisations(organisation_id: int) -> Pairs:
    """Where somebody may be handed over to, the nearest first."""
    here = directory.organisation(organisation_id)
    return [(id, words) for id, words in organisation_choices(here.place if here else "") if id != str(organisation_id)]


def _far(place: str, near: dict[str, int]) -> int:
    return min((near[code] for code in places.chain(place) if code in near), default=len(near))
