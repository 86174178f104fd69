"""Django's own `migrate`, and after it what no table may be without: whoever makes the tables, by whichever way."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from kalka.access import guarding

PARTLY = ("app_label", "plan", "check_unapplied")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not any(options.get(name) for name in PARTLY):
            guarding.put_up(connections[options["database"]])
