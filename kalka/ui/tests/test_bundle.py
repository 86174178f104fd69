"""A page asks for one stylesheet and one script, and both are small."""

from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command

from kalka.ui import bundle

FILES = {
    "kalka.css",
    "kalka.js",
    "portal.css",
    "leave.js",
    "certificate.js",
    "passkey.js",
    "icons.svg",
    "icon.svg",
    "portal-icon.svg",
}


def weight(text: str) -> int:
    return len(brotli.compress(text.encode()))


def test_the_styles_fit_into_twelve_kilobytes() -> None:
    assert weight(bundle.kalka_css()) <= 12_000


def test_the_script_fits_into_five_kilobytes() -> None:
    assert weight(bundle.kalka_js()) <= 5_000


def test_what_an_old_phone_loads_of_the_public_pages_fits_into_three_kilobytes() -> None:
    finder = bundle.BundleFinder()
    loaded = [Path(str(finder.find(name))).read_text("utf-8") for name in ("portal.css", "leave.js")]
    assert sum(map(weight, loaded)) <= 3_000


def test_every_stylesheet_is_in_the_bundle_once_and_in_its_layer() -> None:
    index = (bundle.ASSETS / "css" / "index.css").read_text("utf-8")
    sources = {path.name for path in (bundle.ASSETS / "css").glob("*.css")} - {"index.css"}
    assert {name: index.count(f'"{name}"') for name in sources} == dict.fromkeys(sources, 1)
    css = bundle.kalka_css()
    assert css.startswith("@layer tokens, base, layout, parts, print;@layer tokens{")
    assert css.count("{") == css.count("}")
    assert "@import" not in css and "/*" not in css


def test_squeezing_keeps_strings_and_sums() -> None:
    source = 'a > b :is(i){ content: "x ; /y" ; width: calc(1rem + 2px); /* gone */ }\n@media (a) and (b) { i{top:0;} }'
    assert bundle.squeeze_css(source) == (
        'a>b :is(i){content:"x ; /y";width:calc(1rem + 2px)}@media (a) and (b){i{top:0}}'
    )


def test_squeezing_a_script_drops_only_comments_and_indentation() -> None:
    assert bundle.squeeze_js('// why\n{\n  const a = "// not a comment";\n\n  b(); // kept\n}\n') == (
        '{\nconst a = "// not a comment";\nb(); // kept\n}'
    )


def test_the_finder_finds_the_bundle_and_nothing_else() -> None:
    finder = bundle.BundleFinder()
    assert {name for name, _storage in finder.list(None)} == FILES
    assert all(Path(str(finder.find(name))).read_bytes() for name in FILES)
    for other in ("css/base.css", "js/draft.js", "../bundle.py", "/etc/passwd", ""):
        assert finder.find(other) == ""
        assert finder.find(other, find_all=True) == []


def test_no_asset_asks_for_anything_from_elsewhere() -> None:
    finder = bundle.BundleFinder()
    for name in FILES:
        text = Path(str(finder.find(name))).read_text("utf-8")
        assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "data:" not in text
        assert not any(store in text for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie"))


def test_collected_files_are_hashed_and_compressed(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = {path.name for path in tmp_path.iterdir()}
    assert "staticfiles.json" in collected
    assert {name for name in collected if name.startswith("kalka.") and name.endswith(".css.br")} >= {"kalka.css.br"}
    assert sum(name.startswith("kalka.") and name.endswith(".css") for name in collected) == 2


@pytest.mark.parametrize("icon", ["mark", "orn", "i-visit", "l-low", "l-raised", "l-medium", "l-high", "l-extreme"])
def test_the_icons_are_symbols_of_one_file(icon: str) -> None:
    assert f'<symbol id="{icon}"' in (bundle.ASSETS / "icons.svg").read_text("utf-8")
