"""Django's own `migrate`, and after it what no table may be without: whoever makes the tables, by whichever way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.state import ModelState, ProjectState

from kalka.access import guarding

PARTLY = ("app_label", "plan", "check_unapplied")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with new_tables_alone():
            super().handle(*args, **options)
        if not any(options.get(name) for name in PARTLY):
            guarding.put_up(connections[options["database"]])


@contextmanager
def new_tables_alone() -> Iterator[None]:
    """A table that is new is described once.

    Django describes with it every table it refers to, and all that refer to those, anew each time: three quarters of
    what a first installation takes. Nobody refers to a new table yet (docs/adr/0029-first-migration.md).
    """
    before = ProjectState.add_model

    def added(state: ProjectState, model: ModelState) -> None:
        described = state.__dict__.pop("apps", None)
        before(state, model)  # without a description there is nothing to do anew
        if described is not None:
            state.apps = described
            described.render_multiple([model])

    ProjectState.add_model = added  # type: ignore[assignment]  # given back below
    try:
        yield
    finally:
        ProjectState.add_model = before  # type: ignore[method-assign]  # Django's own again
