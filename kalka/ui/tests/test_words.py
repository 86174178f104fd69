"""A refusal is said in words a tired person can act on."""

import string
from datetime import date

import pytest
from django.utils.translation import override

from kalka.core.errors import DomainError
from kalka.ui import words


def test_a_refusal_is_said_with_the_facts_its_message_names(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {**words.WORDS, "orders.too_long": "At most {days} days, until {until}."}
    monkeypatch.setattr(words, "WORDS", told)
    with override("en"):
        said = words.say(DomainError("orders.too_long", days=1000, until=date(2026, 12, 5), who="Айнура"))
    assert said.replace("\u00a0", " ") == "At most 1,000 days, until 5 December 2026."


@pytest.mark.parametrize("error", [DomainError("nobody.knows", who="Айнура"), DomainError("lawbook.not_in_force")])
def test_without_words_or_facts_it_says_only_that_it_cannot_be_done(error: DomainError) -> None:
    assert words.say(error) == str(words.UNNAMED)


def test_every_placeholder_is_a_plain_name() -> None:
    for code, message in words.WORDS.items():
        for _text, name, spec, conversion in string.Formatter().parse(str(message)):
            assert name is None or (name.isidentifier() and not spec and not conversion), code


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_message_keeps_its_placeholders_in_every_language(language: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    with override("en"):
        meant = {code: names(str(message)) for code, message in words.WORDS.items()}
    with override(language):
        assert {code: names(str(message)) for code, message in words.WORDS.items()} == meant
