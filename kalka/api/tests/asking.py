"""Everything the description allows and forbids, asked of the application itself by schemathesis: all its checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis.config import ChecksConfig, PositiveDataAcceptanceConfig, ProjectConfig, ProjectsConfig
from schemathesis.core.parameters import ParameterLocation

from kalka.api.tests.factories import token_of
from kalka.api.tests.figures import released
from kalka.cases.tests.factories import VILLAGE, opened, post, reported
from kalka.core.actors import Actor
from kalka.duties.kinds import BY_HAND
from kalka.duties.models import Duty
from kalka.orders.tests import factories as orders

SEED = 20261122
# No check is left out. One is told what a shape cannot say: which day is to come, which place there is, which number
# was given before. What is well formed and still refused is 422, too late 409, not there 404, as described.
ACCEPTED = ["2xx", "404", "409", "422"]
ROLES = ("inspector", "worker", "prosecutor", "stranger")
AT = "2026-11-23T07:40:00+06:00"


@cache
def contract() -> Any:
    checks = ChecksConfig(positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=ACCEPTED))
    config = schemathesis.Config(projects=ProjectsConfig(default=ProjectConfig(checks=checks)), seed=SEED)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)


def described(case: Any) -> set[int]:
    """The statuses that the description gives this operation; a method it does not have is 405."""
    if case.method.upper() != case.operation.method.upper():
        return {405}
    return {int(code) for code in case.operation.definition.raw["responses"]}


@contextmanager
def one_connection() -> Iterator[None]:
    """No request closes the connection that holds the test's transaction; Django's own client sees to that likewise."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def world() -> SimpleNamespace:
    """A case with a pending order, a report nobody decided on, a duty that is ended by hand, and published figures."""
    made = orders.world()
    made.order = orders.registered(made, orders.pending(made))
    opened(made, children="yes", children_count=1)
    made.report = reported(made.inspector, children="no", children_count=None)
    made.prosecutor = post("prosecutor")
    released()
    return made


class Asker:
    """A program of one post. `known` stands for what is there, so that answers other than 404 are seen."""

    def __init__(self, made: SimpleNamespace, actor: Actor) -> None:
        self.token, self.asked = token_of(actor), 0
        standing = Duty.objects.standing().filter(kind__in=BY_HAND)
        own = standing.filter(assignee_id=actor.post_id).first() or standing.first()
        self.known: dict[str, str] = {
            "ref": made.case.ref,
            "report": str(made.report.pk),
            "order": str(made.order.pk),
            "duty": str(own.pk),
            "key": "order.duration_days",
            "indicator": "reports",
        }
        self.would_do: dict[str, object] = {
            "case": made.case.ref,
            "told_on": "2026-11-23",
            "happened": "2026-11",
            "place": VILLAGE,
            "issued_at": AT,
            "at": AT,
            "starts": None,
            "ends": None,
            "authority": made.office.pk,
            "respondent": str(made.man),
            "protected": [str(made.she)],
            "children_count": None,
        }

    def ask(self, case: Any) -> int:
        """The status of the answer. Whatever else is not as described raises."""
        told = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        return int(case.call_and_validate(headers=told).status_code)

    def ask_of_what_is_there(self, case: Any) -> int:
        """As generated, but about what there is, and with what would do where something was to be said."""
        case.path_parameters = {**(case.path_parameters or {}), **self._named(case)}
        if case.meta.generation.mode.is_positive and isinstance(case.body, dict):
            case.body = {key: self.would_do.get(key, value) for key, value in case.body.items()}
        return self.ask(case)

    def _named(self, case: Any) -> dict[str, str]:
        """Nothing where the address itself was made wrong on purpose: what is there would make it right again."""
        path = case.meta.components.get(ParameterLocation.PATH)
        if path is not None and path.mode.is_negative:
            return {}
        named = {name: value for name, value in self.known.items() if name in (case.path_parameters or {})}
        if "id" in (case.path_parameters or {}) and case.meta.generation.mode.is_positive:
            named["id"] = self._id(case)
        return named

    def _id(self, case: Any) -> str:
        """What is asked for is there; what is written has an id of its own each time."""
        if case.method == "GET":
            return self.known["order" if "orders" in case.operation.path else "report"]
        self.asked += 1
        return str(UUID(int=self.asked))
