"""Every refusal has words, every address a rule."""

import ast
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from config.policy import POLICY
from kalka.ui.words import WORDS
from tests.architecture.tree import Source, check_none, invented, product


def codes_without_words(source: Source) -> list[str]:
    """Refusals nobody could explain. AccessDenied needs no words: at the edge it is the same 404 as nothing."""
    return [
        f"{source.at(call)} {ast.unparse(call.args[0])}"
        for call in source.calls("DomainError")
        if call.args and not _worded(call.args[0])
    ]


def _worded(code: ast.expr) -> bool:
    if isinstance(code, ast.Constant):
        return code.value in WORDS
    return not isinstance(code, ast.JoinedStr | ast.BinOp)  # a code is a literal somewhere, never put together


def test_every_refusal_has_words():
    check_none([fault for source in product() for fault in codes_without_words(source)])


@pytest.mark.parametrize("code", ["'cases.never_heard_of'", "f'cases.{what}'", "'cases.' + what"])
def test_a_refusal_without_words_is_found(code):
    assert len(codes_without_words(invented(f"raise DomainError({code}, day=1)"))) == 1


def addresses(patterns: list[URLPattern | URLResolver], space: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """Every URL name of the resolver with its path, namespaces included."""
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner, here)
        else:
            yield f"{space}{pattern.name or ''}", here


def test_every_address_is_named_and_has_a_rule():
    check_none([path for name, path in addresses(get_resolver().url_patterns) if name not in POLICY])


def test_every_rule_has_an_address():
    check_none(sorted(POLICY.keys() - {name for name, _ in addresses(get_resolver().url_patterns)}))
