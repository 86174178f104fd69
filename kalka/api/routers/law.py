from django.http import Http404
from ninja import Query, Router

from kalka.api.routers import answers
from kalka.api.schemas import LawAsked, Provision
from kalka.api.shown import lang
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.lawbook import book
from kalka.lawbook.book import Law
from kalka.ui.http import Request

router = Router(tags=["law"])


@router.get("/{key}", response=answers(Provision), url_name="law", operation_id="get_law", summary="The law on a day")
def get_law(request: Request, key: str, asked: Query[LawAsked]) -> Provision:
    """The value that was in force on the day, the article behind it, and how sure we are."""
    if key not in book.keys():
        raise Http404
    day = asked.on or clock.day_of(request.now)
    found = Law(day).get(key)
    if found is None:
        raise DomainError("lawbook.not_in_force", field="on", key=key, day=day)
    return Provision.model_validate(
        found.as_json()
        | {
            "on": day,
            "is_set": found.is_set,
            "title": book.title(key, lang()),
            "citation": found.cite(lang()),
            "note": book.note(key),
            "source": book.source(found),
        }
    )
