"""Serves the assets as a few joined files, so that a page asks for one stylesheet and one script.

There is no build step: the finder joins `assets/` when it is first asked, and again when a source has changed.
In production `collectstatic` takes the same files, hashes their names and compresses them.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

ASSETS = Path(__file__).parent / "assets"

_IMPORT = re.compile(r'@import "([\w-]+\.css)" layer\((\w+)\);')
_STRING = re.compile(r'("[^"\n]*")')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def squeeze_css(source: str) -> str:
    """Drop comments and white space that carry no meaning; strings stay as they are.

    Space before `(`, `+`, `-` and `:` is kept: it has a meaning in media queries, `calc()` and selectors.
    """
    parts = _STRING.split(_COMMENT.sub("", source))
    for index in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[index])
        part = re.sub(r" ?([{};,>]) ?", r"\1", part)
        part = re.sub(r": ", ":", part)
        parts[index] = part.replace(";}", "}")
    return "".join(parts).strip()


def squeeze_js(source: str) -> str:
    """Drop indentation, blank lines and lines that are only a comment. Line ends stay: no meaning can change."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def kalka_css() -> str:
    """The files that `index.css` names, in its order, each in its layer."""
    index = (ASSETS / "css" / "index.css").read_text("utf-8")
    order = re.search(r"@layer [^;]+;", index)
    if order is None:
        raise ValueError("index.css does not say the order of its layers")
    layers = (
        f"@layer {layer}{{{squeeze_css((ASSETS / 'css' / name).read_text('utf-8'))}}}"
        for name, layer in _IMPORT.findall(index)
    )
    return order.group() + "".join(layers)


def kalka_js() -> str:
    return "\n".join(squeeze_js(path.read_text("utf-8")) for path in sorted((ASSETS / "js").glob("*.js")))


def _joined() -> dict[str, str]:
    def read(name: str) -> str:
        return (ASSETS / name).read_text("utf-8")

    return {
        "kalka.css": kalka_css(),
        "kalka.js": kalka_js(),
        "portal.css": squeeze_css(read("portal.css")),
        "leave.js": squeeze_js(read("leave.js")),
        "certificate.js": squeeze_js(read("certificate.js")),
        "passkey.js": squeeze_js(read("passkey.js")),
        "icons.svg": read("icons.svg").replace("\n", ""),
        "icon.svg": read("icon.svg"),
        "portal-icon.svg": read("portal-icon.svg"),
    }


class BundleFinder(BaseFinder):
    """Finds the joined files, and nothing else: a source file has no address."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kalka-assets-")
        self.storage = FileSystemStorage(self._folder.name)
        self._made_of = 0
        self._names: frozenset[str] = frozenset()

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(  # type: ignore[override]  # the stubs know only the older of Django's two signatures
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        self._refresh()
        found = [str(Path(self._folder.name) / path)] if path in self._names else []
        return found if find_all else "".join(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._refresh()
        for name in sorted(self._names):
            if not matches_patterns(name, [*(ignore_patterns or ())]):
                yield name, self.storage

    def _refresh(self) -> None:
        newest = max(path.stat().st_mtime_ns for path in ASSETS.rglob("*") if path.is_file())
        if newest == self._made_of:
            return
        joined = _joined()
        for name, text in joined.items():
            (Path(self._folder.name) / name).write_text(text, "utf-8")
        self._made_of, self._names = newest, frozenset(joined)
