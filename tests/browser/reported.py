"""The report of a quarter, sent by the committee of the village and not yet read above."""

from typing import Any

from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.results import services
from kalka.results.rules import over_quarters


def reported(town: Any) -> str:
    by, now = town.katchy, town.now
    quarter = over_quarters(day_of(now), back=1)[0]
    return str(services.send_report(by, id=new_id(), quarter=quarter, now=now).pk)
