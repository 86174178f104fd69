"""Django's own commands, for developers: migrations and checks. Everything else is `kalka`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("KALKA_CONSOLE", "true")
    execute_from_command_line(sys.argv)
