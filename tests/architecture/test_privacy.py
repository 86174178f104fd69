"""Every column of the database has a privacy class, and what is personal is sealed."""

import pytest
from django.apps import apps
from django.db import models

from config.privacy import CLASSES, THIRD_PARTY
from kalka.vault.fields import SealedField
from tests.architecture.tree import check_none

OWN = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("kalka.")]
OTHERS = [m for m in apps.get_models(include_auto_created=True) if not m.__module__.startswith("kalka.")]


# Ciphertext that is no JSON value, with the reason why it is no SealedField.
SEALED_OTHERWISE = {
    "files.Frame.sealed": "a file is sealed frame by frame, so that it can be streamed",
    "statistics.Sheet.hidden": "figures of nobody in particular, under a key of the ledger's own",
    "vault.IndexBlock.sealed": "numbers under the key of a generation of the index",
    "vault.IndexPart.sealed": "the same, while a generation is being made",
    "vault.IndexDelta.sealed": "one length for everybody, under a key of the index",
}


def columns(model: type[models.Model]) -> dict[str, models.Field]:
    return {field.name: field for field in model._meta.concrete_fields}


def faults(columns: dict[str, models.Field], said: dict[str, str]) -> list[str]:
    """What the declaration says, held against the columns."""
    sealed = {name for name, field in columns.items() if isinstance(field, SealedField) or _otherwise(field)}
    return [
        *(f"{name} has no class" for name in sorted(columns.keys() - said.keys())),
        *(f"{name} is no column" for name in sorted(said.keys() - columns.keys())),
        *(f"{name}: {said[name]} is no class" for name in sorted(said) if said[name] not in CLASSES),
        *(f"{name} is sealed in one place only" for name in sorted({n for n in said if said[n] == "sealed"} ^ sealed)),
    ]


def _otherwise(field: models.Field) -> bool:
    owner = getattr(field, "model", None)  # none in the proof below, whose columns belong to no table
    return isinstance(field, models.BinaryField) and f"{owner and owner._meta.label}.{field.name}" in SEALED_OTHERWISE


@pytest.mark.parametrize("model", OWN, ids=lambda m: m._meta.label)
def test_every_column_of_ours_has_a_class(model):
    check_none(faults(columns(model), getattr(model, "privacy", {})))


@pytest.mark.parametrize("model", OTHERS, ids=lambda m: m._meta.label)
def test_every_column_of_others_is_in_the_register(model):
    said = {name: klass for name, (klass, _) in THIRD_PARTY.get(model._meta.label, {}).items()}
    check_none(faults(columns(model), said))


def test_the_register_gives_reasons_and_holds_nothing_that_is_gone():
    assert THIRD_PARTY.keys() == {m._meta.label for m in OTHERS}
    check_none([label for label, table in THIRD_PARTY.items() for _, why in table.values() if len(why) < 8])


def test_faults_are_found():
    clear, shut = models.TextField(), SealedField()
    assert faults({"told": clear}, {}) == ["told has no class"]
    assert faults({}, {"told": "code"}) == ["told is no column"]
    assert faults({"told": clear}, {"told": "open"}) == ["told: open is no class"]
    assert faults({"told": clear}, {"told": "sealed"}) == ["told is sealed in one place only"]
    assert faults({"told": shut}, {"told": "code"}) == ["told is sealed in one place only"]
    assert faults({"told": shut}, {"told": "sealed"}) == []
