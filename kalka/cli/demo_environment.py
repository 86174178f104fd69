"""The demo's surroundings, settled before Django reads its settings: its own folder, loopback, no HTTPS."""

import os
from pathlib import Path

FOLDER = "data/demo"


def settle(argv: list[str]) -> None:
    data = Path(given(argv, "--data") or FOLDER).expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        KALKA_DATA=str(data),
        KALKA_DEMO="true",
        KALKA_HTTPS="false",
        KALKA_HOSTS="localhost,127.0.0.1,[::1]",
        KALKA_ROOT_KEY_FILE=str(data / "root.key"),
        KALKA_SECRET_KEY="demo-only-not-a-secret",
        DATABASE_URL="",
    )


def given(argv: list[str], option: str) -> str:
    for place, word in enumerate(argv):
        if word == option and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return ""
