from ninja import Query, Router

from kalka.api.routers import answers
from kalka.api.schemas import PlaceItem, Places, PlacesAsked
from kalka.core.errors import DomainError
from kalka.places import selectors as places
from kalka.ui.http import Request

router = Router(tags=["places"])
FIRST = ("oblast", "republican_city")


@router.get("", response=answers(Places), url_name="places", operation_id="list_places", summary="Territories")
def list_places(request: Request, asked: Query[PlacesAsked]) -> Places:
    """What lies directly in a territory, down to the villages: the codes a report may name."""
    if asked.under and places.get(asked.under) is None:
        raise DomainError("intake.unknown_place", field="under")
    found = places.children(asked.under) if asked.under else places.choices(level=FIRST)
    known = places.infos(code for code, _name in found)
    return Places(items=[PlaceItem(code=code, level=known[code].level, name=name) for code, name in found])
