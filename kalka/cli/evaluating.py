"""How well a score foretold what happened: for the day there are outcomes. A command, and on no page."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.cli.law import LANGUAGES, language_of
from kalka.core.errors import DomainError
from kalka.instruments.evaluation import BIASES, Evaluation, Interval, Seen, evaluate
from kalka.ui.words import say

NEEDED, EXPECTED = ("score", "outcome"), "expected"


@click.command("evaluate", help=_("AUC and calibration of a CSV file: score, outcome (0 or 1), perhaps expected."))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def evaluated(path: Path, lang: str | None, as_json: bool) -> None:
    with translation.override(language_of(lang)):
        seen, expected = _read(path)
        try:
            found = evaluate(seen, expected)
        except DomainError as refusal:
            raise click.ClickException(say(refusal)) from refusal
        limits = [_biases()[one] for one in BIASES]
        if as_json:
            click.echo(json.dumps(asdict(found) | {"limits": limits}, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join([*_told(found), "", *limits]))


def _read(path: Path) -> tuple[list[Seen], dict[float, float]]:
    """No name and no case is asked for, and no other column is looked at."""
    seen: list[Seen] = []
    expected: dict[float, float] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                score, outcome = (row[name] for name in NEEDED)
                if outcome not in ("0", "1"):
                    raise ValueError
                seen.append(Seen(float(score), outcome == "1"))
                if row.get(EXPECTED):
                    expected[float(score)] = float(row[EXPECTED])
            except (KeyError, TypeError, ValueError):
                said = _("Line {number} is not a score and an outcome.").format(number=number)
                raise click.UsageError(said) from None
    return seen, expected


def _told(found: Evaluation) -> list[str]:
    lines = [
        _("{of} assessments, {came} with the outcome.").format(of=found.of, came=found.came),
        _("AUC: {value}").format(value=_interval(found.auc)),
    ]
    for cut in found.cuts:
        shares = (cut.sensitivity, cut.specificity, cut.ppv, cut.npv)
        lines.append(
            _("From {at}: sensitivity {0}, specificity {1}, PPV {2}, NPV {3}, alarms for one outcome {4}").format(
                *map(_number, (*shares, cut.alarms_per_event)), at=f"{cut.at:g}"
            )
        )
    for row in found.calibration:
        rate = _interval(row.rate) if row.rate else _("too few to say")
        lines.append(
            _("At {at}: {came} of {of}, {rate}; expected {expected}").format(
                at=f"{row.at:g}", came=row.came, of=row.of, rate=rate, expected=_number(row.expected)
            )
        )
    if found.brier is not None:
        told = _("Brier: {brier}; observed to expected: {ratio}")
        lines.append(told.format(brier=_number(found.brier), ratio=_number(found.observed_to_expected)))
    return lines


def _biases() -> dict[str, str]:
    return {
        "protected": _("Protection prevents the outcome: whoever was protected best looks like a false alarm."),
        "reported": _("An outcome is known only where somebody reported it."),
        "watched": _("A higher level is watched more, so more is seen there."),
        "rare": _("Deaths are too rare for any figure here to foretell one."),
    }


def _interval(one: Interval) -> str:
    return f"{one.value:.3f} ({one.low:.3f}–{one.high:.3f})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
