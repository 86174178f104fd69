"""The internal hours of referrals, and the steps of the two ways through care: read strictly from data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.referrals.rules.referral import Practice, check_practice
from kalka.referrals.rules.tracks import Kind, TrackStep

PRACTICE = Path(__file__).parent / "practice.yaml"
TRACKS = Path(__file__).parent / "tracks.yaml"
Tracks = Mapping[str, tuple[TrackStep, ...]]


@cache
def practice() -> Practice:
    return parse(PRACTICE.read_text("utf-8"))


@cache
def tracks() -> Tracks:
    return parse_tracks(TRACKS.read_text("utf-8"))


def step_of(kind: str, number: int) -> TrackStep | None:
    return next((one for one in tracks()[kind] if one.number == number), None)


def parse(text: str) -> Practice:
    """Refuses with `datafile.refused` where the more urgent would wait longer."""
    body = Fields(datafile.parse(text, PRACTICE.name), PRACTICE.name)
    body.one_of("standing", ("internal",))
    made = Practice(
        _hours(body.raw("chase_after_hours")),
        _hours(body.raw("choose_again_after_hours")),
        body.take("result_after_days", int),
        body.take("undone_after_days", int),
    )
    body.close()
    if not check_practice(made):
        refuse(PRACTICE.name, "hours above 0 for each urgency, and never longer for the more urgent")
    return made


def parse_tracks(text: str) -> Tracks:
    """Refuses a way without a name, and a step or a number of one that stands twice."""
    body, found = Fields(datafile.parse(text, TRACKS.name), TRACKS.name), {}
    for kind in Kind:
        raw = body.take(kind, list)
        steps = tuple(_step(one) for one in raw)
        if len({one.number for one in steps}) < len(steps) or len({one.code for one in steps}) < len(steps):
            refuse(TRACKS.name, f"{kind}: each code and each number once")
        found[str(kind)] = steps
    body.close()
    return found


def _hours(raw: object) -> dict[str, int]:
    fields = Fields(raw, PRACTICE.name)
    found = {name: fields.take(name, int) for name in fields.names()}
    fields.close()
    return found


def _step(raw: object) -> TrackStep:
    fields = Fields(raw, TRACKS.name)
    made = TrackStep(
        fields.take("code", str), fields.take("number", int), fields.take("once", bool), fields.words("title")
    )
    fields.close()
    return made
