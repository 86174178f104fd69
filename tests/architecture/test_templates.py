"""Templates say nothing that no translator was shown."""

import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.architecture.tree import ROOT, check_none

HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>|&\w+;|&#\w+;", re.DOTALL)
SHOWN = re.compile(r"""\b(?:alt|title|aria-label|placeholder)\s*=\s*["']([^"'{]*)["']""")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Kalka", "Калка"}  # the product is called the same everywhere
STANDS_FOR = "\x00"  # what a tag of Django leaves behind, so that an attribute around it stays one


def unmarked(text: str) -> list[str]:
    """Words a reader would see in one language only."""
    shown = _outside_translation(text)
    words = LETTERS.findall(HIDDEN.sub(" ", shown))
    for value in SHOWN.findall(shown):
        if "=" not in value:
            words += LETTERS.findall(value)
    return [word for word in words if word not in NAMES]


def _outside_translation(text: str) -> str:
    kept, closing = [], ""
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            if closing:
                closing = "" if tag == closing else closing
            elif tag in {"blocktranslate", "blocktrans", "comment"} or _class_names(token.contents):
                closing = f"end{tag}"
        if not closing:
            kept.append(token.contents if token.token_type == TokenType.TEXT else STANDS_FOR)
    return "".join(kept)


def _class_names(tag: str) -> bool:
    """A block that stands inside an attribute of the page it extends."""
    return tag.startswith("block ") and tag.endswith("_class")


def templates() -> list[Path]:
    return [f for f in sorted((ROOT / "kalka").rglob("templates/**/*")) if f.suffix in {".html", ".txt"}]


def test_every_word_of_a_template_is_marked():
    check_none(
        f"{file.relative_to(ROOT)}: {' '.join(words)}" for file in templates() if (words := unmarked(file.read_text()))
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Save</p>", ["Save"]),
        ('<a title="Close it">{{ x }}</a>', ["Close", "it"]),
        ('<img alt="{% translate "A map" %}">', []),
        ("{% blocktranslate %}Until {{ day }}{% endblocktranslate %}", []),
        ("{# why #}{% comment %}Because{% endcomment %}", []),
        ('<p class="wide {{ x }}">{% translate "Save" %} Kalka</p>', []),
        ("{% block main_class %} wide{% endblock %}<p>Save</p>", ["Save"]),
        ("<style>p { color: red }</style>", []),
    ],
)
def test_unmarked_words_are_found_and_marked_ones_are_not(text, words):
    assert unmarked(text) == words
