"""What import-linter cannot say: what is private, and what one module may know of another's tables."""

import ast
from functools import cache

import grimp
import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import Source, check_none, invented, last_name, product

PRIVATE = {"models", "forms", "views", "urls"}
# The record and the wrapped keys are the ground that more than one module stands on.
OPEN = {
    "kalka.core.models": "the record is what oversight and verification read",
    "kalka.ui.forms": "the base of every form",
    "kalka.vault.models": "access and accounts find the wrapped keys through their own predicate",
}
DOORS = {"services", "selectors"}
QUERIES = {"filter", "exclude", "get", "values", "values_list", "order_by", "only", "defer", "annotate", "aggregate"}
QUERIES |= {"select_related", "prefetch_related", "update", "distinct", "latest", "earliest", "in_bulk"}
QUERIES |= {
    "Q",
    "F",
    "OuterRef",
    "Count",
    "Max",
    "Min",
    "Sum",
    "Avg",
    "Exists",
    "Subquery",
    "Prefetch",
    "get_or_create",
}
JOINING = {"select_related", "prefetch_related", "Prefetch"}
STAYS = {"pk", "id", "in", "isnull", "exact"}  # what may follow the name of a foreign key: it reads the own column


def test_the_inside_of_a_module_is_its_own():
    graph = grimp.build_graph("kalka", exclude_type_checking_imports=True, cache_dir=None)
    trespasses = [
        f"{importer} -> {module}"
        for module in graph.modules
        if module.count(".") >= 2 and module.split(".")[2] in PRIVATE and module not in OPEN
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[1] != module.split(".")[1] and ".tests." not in importer
    ]
    check_none(trespasses)


def names_taken_from_a_door(source: Source) -> list[str]:
    """Across packages a call says where it goes: `from kalka.cases import selectors as cases`."""
    return [
        f"{source.at(node)} {node.module}.{alias.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kalka.")
        if node.module.count(".") >= 2 and node.module.split(".")[1] != source.package
        if node.module.split(".")[2] in DOORS
        for alias in node.names
        if alias.name[0].islower()
    ]


def test_imports_across_packages_name_modules():
    check_none([fault for source in product() for fault in names_taken_from_a_door(source)])


@cache
def keys_out_of(package: str) -> frozenset[str]:
    """The names of this package's foreign keys to rows of another one."""
    return frozenset(name for model in own_models() if _package(model) == package for name in _outward(model))


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kalka.")]


def _package(model: type[models.Model] | str) -> str:
    """Django leaves the target of a foreign key as "app.Model" while that app is not installed."""
    return model.split(".")[0] if isinstance(model, str) else model.__module__.split(".")[1]


def _outward(model: type[models.Model]) -> dict[str, models.ForeignKey]:
    """Its foreign keys into other packages."""
    return {
        field.name: field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and _package(field.remote_field.model) != _package(model)
    }


def test_foreign_keys_across_packages_look_one_way_and_protect():
    check_none(
        [
            f"{model._meta.label}.{name}"
            for model in own_models()
            for name, field in _outward(model).items()
            if field.remote_field.related_name != "+" or field.remote_field.on_delete is not models.PROTECT
        ]
    )


def test_no_table_between_packages():
    check_none(
        [
            f"{model._meta.label}.{field.name}"
            for model in own_models()
            for field in model._meta.local_many_to_many
            if _package(field.remote_field.model) != _package(model)
        ]
    )


def lookups_that_leave(source: Source, outward: frozenset[str]) -> list[str]:
    """Lookups that join into another package's table: reads no import shows."""
    return [
        f"{source.at(call)} {path}"
        for call in source.calls(*QUERIES)
        for path in _paths(call)
        if _leaves(path.lstrip("-").split("__"), outward, joins=last_name(call.func) in JOINING)
    ]


def _paths(call: ast.Call) -> list[str]:
    words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return words + [k.arg for k in call.keywords if k.arg]


def _leaves(path: list[str], outward: frozenset[str], *, joins: bool) -> bool:
    if joins and path[-1] in outward:
        return True
    return any(here in outward and after not in STAYS for here, after in zip(path, path[1:], strict=False))


def test_lookups_do_not_leave_the_package():
    check_none(
        [
            fault
            for source in product()
            if source.package
            for fault in lookups_that_leave(source, keys_out_of(source.package))
        ]
    )


@pytest.mark.parametrize(
    "text",
    [
        "Order.objects.filter(case__place='x')",
        "Order.objects.exclude(Q(case__place='x'))",
        "orders.order_by('-case__opened_on')",
        "orders.values('id', 'case__ref')",
        "orders.values_list('service__case__ref')",
        "orders.select_related('case')",
        "orders.annotate(n=Count('case__people'))",
    ],
)
def test_a_lookup_that_leaves_is_found(text):
    assert len(lookups_that_leave(invented(text), frozenset({"case"}))) == 1


@pytest.mark.parametrize("text", ["filter(case=1)", "filter(case__in=[1])", "values('case__pk')", "filter(p__q=1)"])
def test_a_lookup_that_stays_is_not(text):
    assert lookups_that_leave(invented(f"rows.{text}"), frozenset({"case"})) == []


def test_a_name_taken_from_a_door_is_found():
    text = "from kalka.duties.services import assign\nfrom kalka.duties.selectors import Today\n"
    assert names_taken_from_a_door(invented(text)) == ["kalka/cases/services.py:1 kalka.duties.services.assign"]
