"""`kalka`: the composition root of the console. Commands are read when they are asked for, so help is quick."""

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

# name → (module, attribute); a command's own module is imported only when it runs or shows its help.
COMMANDS = {
    "demo": ("kalka.cli.demo", "demo"),
    "prepare": ("kalka.cli.serving", "prepare"),
    "serve": ("kalka.cli.serving", "serve"),
    "worker": ("kalka.cli.worker", "worker"),
    "import": ("kalka.cli.importing", "importing"),
    "organisation": ("kalka.cli.organisations", "organisation"),
    "user": ("kalka.cli.users", "user"),
    "keys": ("kalka.cli.keys", "keys"),
    "law": ("kalka.cli.law", "law"),
    "instrument": ("kalka.cli.instrument", "instrument"),
    "backup": ("kalka.cli.backing_up", "backup"),
    "restore": ("kalka.cli.restoring", "restore"),
    "drill": ("kalka.cli.drilling", "drill"),
    "simulate": ("kalka.cli.simulating", "simulate"),
    "statistics": ("kalka.cli.figures", "statistics"),
    "search": ("kalka.cli.searching", "search"),
    "verify": ("kalka.cli.verifying", "verify"),
    "checkpoint": ("kalka.cli.checkpointing", "checkpoint"),
    "check": ("kalka.cli.checking", "check"),
}

OLDER = {"key": "keys"}  # what a command was called before; not listed


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        name = OLDER.get(name, name)
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        found: click.Command = getattr(import_module(module), attribute)
        return found


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kalka", prog_name="kalka")
def commands() -> None:
    pass


def kalka(argv: list[str] | None = None) -> Any:
    """Exit codes: 0 done, 1 refused or failed, 2 not understood, 3 done, and something needs care."""
    given = sys.argv[1:] if argv is None else argv
    demo = given[:1] == ["demo"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{'dev' if demo else 'production'}")
    if demo:
        import_module("kalka.cli.demo_environment").settle(given)
    if given[:1] not in (["serve"], ["worker"]):  # these two act for people, and are shown what those may see
        os.environ.setdefault("KALKA_CONSOLE", "true")
    if given[:1] == ["restore"]:
        import_module("kalka.cli.restore_environment").settle(given)
    import django
    from django.utils import translation

    gc.disable()  # what is loaded now stays: walking it again and again makes every command a tenth slower
    django.setup()
    gc.enable()
    language = os.environ.get("KALKA_LANG", "ky")
    translation.activate(language if language in {"ky", "ru", "en"} else "ky")
    commands.help = translation.gettext("Kalka: the shared case system for protection from domestic violence.")
    return commands.main(args=given, prog_name="kalka", standalone_mode=True)
