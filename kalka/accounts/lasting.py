"""How long each role stays signed in, read once from data. An unknown key stops the start."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from kalka.accounts.rules import ABSOLUTE, Lasting
from kalka.core.datafile import Fields, read, refuse

PATH = Path(__file__).with_name("lasting.yaml")
EVERYBODY = "everybody"


def _read() -> dict[str, Lasting]:
    body = read(PATH)
    found = {}
    for code in Fields(body, PATH.name).names():
        fields = Fields(Fields(body, PATH.name).raw(code), f"{PATH.name}: {code}")
        idle, absolute, at_once = (fields.take(name, int) for name in ("idle_minutes", "hours", "at_once"))
        fields.close()
        if min(idle, absolute, at_once) < 1:
            refuse(f"{PATH.name}: {code}", "only numbers above zero")
        found[code] = Lasting(timedelta(minutes=idle), timedelta(hours=absolute), at_once)
        if found[code].absolute > ABSOLUTE:
            refuse(f"{PATH.name}: {code}", f"nobody stays signed in for more than {ABSOLUTE}")
    return found


LASTING: Mapping[str, Lasting] = _read()


def lasting(role: str) -> Lasting:
    return LASTING.get(role, LASTING[EVERYBODY])
