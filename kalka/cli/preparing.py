"""From an empty folder or an empty server to an installation: key, tables, territory, static files."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kalka.core import clock, messages, root
from kalka.core.actors import SYSTEM
from kalka.places import services as places
from kalka.vault.keys import ensure_keks

LOCK_SECONDS = 10


def prepare(*, demo: bool = False) -> None:
    """Everything an installation stands on. Safe to run twice, and after an update.

    `demo`: with the demo's invented territory, which is never loaded otherwise.
    """
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    if not Path(settings.ROOT_KEY_FILE).exists():
        root.create(Path(settings.ROOT_KEY_FILE))
    messages.compile_all(settings.LOCALE_PATHS[0])
    _migrate()
    ensure_keks()
    places.install_builtin(SYSTEM, now=clock.now(), demo=demo)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def _migrate() -> None:
    """A migration that waits for a lock longer than this gives up, rather than stopping everybody's work."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    call_command("migrate", verbosity=0, interactive=False)
