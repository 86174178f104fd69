"""Of which committees results may be asked, by their public names."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kalka.committees import facts as committees
from kalka.committees import selectors as bodies
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.results import labels
from kalka.results.info import Choice
from kalka.results.rules import Body, Part, Scope, Span


@dataclass(frozen=True, slots=True)
class Known:
    """Projects and committees with their public names. `projects`: ids by each name a project has."""

    scopes: Mapping[str, str]
    projects: Mapping[str, str]


def known(span: Span) -> Known:
    """Every scope that holds a committee, in the order it is offered in."""
    found = [Body(one.organisation, one.place, one.region, one.project) for one in committees.committees(on=span.last)]
    rows = {str(one.id): one for one in bodies.projects(SYSTEM)}
    titles = {Scope().code: _("All committees")}
    for region in labels.REGIONS:
        titles[Scope(Part.REGION, region).code] = str(labels.REGIONS[region])
    for id, row in rows.items():
        titles[Scope(Part.PROJECT, id).code] = row.name_here
        for region in labels.REGIONS:
            titles[Scope(Part.NETWORK, f"{id}:{region}").code] = row.supporter(region)
    for body in sorted(found, key=lambda one: one.place):
        titles[Scope(Part.COMMITTEE, str(body.organisation)).code] = name(body.organisation)
    held = {code: title for code, title in titles.items() if title and _holds(code, found)}
    return Known(held, {name: id for id, row in rows.items() for name in row.names.values()})


def choices(span: Span) -> list[Choice]:
    return [Choice(code, title) for code, title in known(span).scopes.items()]


def names(span: Span, scope: Scope) -> list[str]:
    """Every name of the project it is of; none where it is of no project."""
    if scope.part not in (Part.PROJECT, Part.NETWORK):
        return []
    project = scope.of.partition(":")[0]
    return sorted(name for name, id in known(span).projects.items() if id == project)


def of(scope: Scope, offered: Known) -> str:
    """Its title. Refuses a scope that holds nothing."""
    if scope.code not in offered.scopes:
        raise AccessDenied("results.unknown_scope")
    return offered.scopes[scope.code]


def own_scope(actor: Actor) -> Scope:
    """The own committee, else all of them."""
    one = bodies.committee_of(actor)
    return Scope(Part.COMMITTEE, str(one.organisation_id)) if one else Scope()


def name(organisation: int) -> str:
    one = directory.organisation(organisation)
    return one.name() if one else ""


def oblast(place: str) -> str:
    chain = places.chain(place)
    return places.name(chain[-2]) if len(chain) > 1 else places.name(place)


def _holds(code: str, found: list[Body]) -> bool:
    part, _colon, of = code.partition(":")
    return code == Part.ALL or any(Scope(Part(part), of).holds(body) for body in found)
