"""The texts of the pages: out of the code into locale/, and back with nothing missing. No gettext binaries.

    python tools/messages.py extract            take new texts out of the code, drop those that left it
    python tools/messages.py merge FILE.tsv …   fill in translations: msgid, ky, ru; forms joined by |||
    python tools/messages.py report             what is still to translate, as lines for such a file
    python tools/messages.py check              fail on anything missing, fuzzy, left over or inconsistent
    python tools/messages.py compile            make the .mo files

English is the msgid. The catalogues hold neither dates nor line numbers: they change only when a text does.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kalka.core.messages import compile_all  # noqa: E402  (the path must be set first)

SOURCES = ("kalka", "config")
TEMPLATES = {".html", ".txt", ".xml"}
# Kyrgyz has one form, as Django's own catalogue says; Russian three.
PLURALS = {
    "ky": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
FORMS = {"ky": 1, "ru": 3}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PERCENT = re.compile(r"%\((\w+)\)[sd]")
BRACE = re.compile(r"\{(\w+)\}")
BARE = re.compile(r"(?<!%)(?:%%)*%(?![%(])")
TAG = re.compile(r"</?[a-z]+")
CONTEXT = " :: "  # "context :: msgid" in a file of translations; without it every context is meant
AMBIGUOUS = re.compile(r"(?<!\w)ЖК(?!\w)")


@dataclass(frozen=True, order=True)
class Key:
    msgid: str
    context: str = ""
    plural: str = ""


Texts = dict[Key, list[str]]


def texts_of(root: Path) -> Texts:
    """Every marked text below the root, with the files it stands in."""
    found: Texts = {}
    for file in _source_files(root):
        name = file.relative_to(root).as_posix()
        for key in keys_in(file.read_text(), template=file.suffix in TEMPLATES):
            places = found.setdefault(key, [])
            if name not in places:
                places.append(name)
    return found


def _source_files(root: Path) -> Iterator[Path]:
    for top in SOURCES:
        for file in sorted((root / top).rglob("*")):
            inside = file.relative_to(root).parts
            if file.suffix == ".py" and not {"tests", "migrations"} & set(inside):
                yield file
            elif file.suffix in TEMPLATES and "templates" in inside:
                yield file


def keys_in(source: str, *, template: bool = False) -> Iterator[Key]:
    code = templatize(source) if template else source
    options = {"encoding": "utf-8"}
    for _, said, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS, [], options):
        words = said if isinstance(said, tuple) else (said,)
        if words[0] is not None:
            yield Key(words[0], context or "", words[1] if len(words) > 1 else "")


def catalogue(root: Path, language: str) -> polib.POFile:
    path = root / "locale" / language / "LC_MESSAGES" / "django.po"
    po = polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)
    po.fpath = str(path)
    return po


def key_of(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def update(po: polib.POFile, language: str, texts: Texts) -> None:
    """Exactly the texts of the code, sorted; what was translated stays translated."""
    before = {key_of(entry): entry for entry in po if not entry.obsolete}
    po.clear()
    po.metadata = {
        "Project-Id-Version": "kalka",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for key in sorted(texts):
        entry = before.get(key) or polib.POEntry(
            msgid=key.msgid, msgctxt=key.context or None, msgid_plural=key.plural or ""
        )
        if key.plural:
            entry.msgstr_plural = {n: entry.msgstr_plural.get(n, "") for n in range(FORMS[language])}
        entry.occurrences = [(place, "") for place in sorted(texts[key])]
        entry.flags = [f for f in entry.flags if f == "fuzzy"] + _formats(key)
        po.append(entry)


def _formats(key: Key) -> list[str]:
    text = key.msgid + key.plural
    return ["python-format"] * bool(PERCENT.search(text)) + ["python-brace-format"] * bool(BRACE.search(text))


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(texts: Texts, language: str, po: polib.POFile) -> Iterator[str]:
    """Everything that would show a reader something else than what was meant."""
    there = {key_of(entry): entry for entry in po if not entry.obsolete}
    for entry in po.obsolete_entries():
        yield f"{language}: left over: {entry.msgid!r}"
    for key in sorted(there.keys() - texts.keys()):
        yield f"{language}: no longer in the code: {key.msgid!r}"
    for key in sorted(texts):
        if not key.msgid.strip():
            yield f"en: an empty text in {', '.join(texts[key])}"
        elif key not in there:
            yield f"{language}: missing: {key.msgid!r} ({', '.join(texts[key])})"
        else:
            yield from (f"{language}: {fault}: {key.msgid!r}" for fault in _entry_faults(language, there[key]))


def _entry_faults(language: str, entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    forms = said(entry)
    if entry.msgid_plural and len(forms) != FORMS[language]:
        yield f"{len(forms)} plural forms, not {FORMS[language]}"
    if not all(form.strip() for form in forms):
        yield "untranslated"
        return
    model = entry.msgid_plural or entry.msgid
    for text in (entry.msgid, *forms):
        if AMBIGUOUS.search(text):
            yield "«ЖК» is the parliament as well as a committee; write it out"
    for form in forms:
        yield from _form_faults(model, form)


def _form_faults(model: str, form: str) -> Iterator[str]:
    if {*PERCENT.findall(model)} != {*PERCENT.findall(form)} or {*BRACE.findall(model)} != {*BRACE.findall(form)}:
        yield "placeholders differ"
    elif PERCENT.search(model) and BARE.search(form):
        yield "a % that is no placeholder (write %%)"
    elif not PERCENT.search(model) and len(BARE.findall(model)) != len(BARE.findall(form)):
        yield "placeholders differ in number"
    if sorted(TAG.findall(model)) != sorted(TAG.findall(form)):
        yield "markup differs"
    for strip in (str.lstrip, str.rstrip):
        if model.replace(strip(model), "", 1) != form.replace(strip(form), "", 1):
            yield "space at the edge differs"


def fill(po: polib.POFile, column: int, rows: Iterable[list[str]]) -> Iterator[str]:
    """Put translations where none are yet. Yields what could not be used."""
    for row in rows:
        if len(row) != 3:
            yield f"not three columns: {row[0][:60]!r}"
            continue
        context, _, rest = row[0].rpartition(CONTEXT)
        msgid, forms = rest.split("|||")[0], row[column].split("|||")
        entries = [e for e in po if e.msgid == msgid and (not context or e.msgctxt == context)]
        if not entries:
            yield f"not in the code: {msgid!r}"
        for entry in entries:
            if any(said(entry)) and said(entry) != forms:
                yield f"already said otherwise: {msgid!r}: {' / '.join(said(entry))} | {' / '.join(forms)}"
            elif entry.msgid_plural:
                entry.msgstr_plural = dict(enumerate(forms))
            else:
                entry.msgstr = forms[0]


def read_tsv(file: Path) -> list[list[str]]:
    lines = [line for line in file.read_text().split("\n") if line.strip()]
    return [[cell.replace("\\n", "\n") for cell in line.split("\t")] for line in lines]


def save(po: polib.POFile) -> None:
    Path(po.fpath).parent.mkdir(parents=True, exist_ok=True)
    po.save()


def do_extract(root: Path) -> int:
    texts = texts_of(root)
    for language in PLURALS:
        po = catalogue(root, language)
        update(po, language, texts)
        save(po)
        empty = sum(not all(said(entry)) for entry in po)
        print(f"{language}: {len(po)} texts, {empty} to translate")
    return 0


def do_merge(root: Path, files: list[Path]) -> int:
    rows = [row for file in files for row in read_tsv(file)]
    complaints: dict[str, None] = {}
    for column, language in enumerate(PLURALS, start=1):
        po = catalogue(root, language)
        complaints |= dict.fromkeys(fill(po, column, rows))
        save(po)
    print("\n".join(complaints), file=sys.stderr)
    return 0


def do_report(root: Path) -> int:
    ky, ru = (catalogue(root, language) for language in PLURALS)
    for one, other in zip(ky, ru, strict=True):
        if not (all(said(one)) and all(said(other))):
            ids = "|||".join(filter(None, (one.msgid, one.msgid_plural)))
            first = f"{one.msgctxt}{CONTEXT}{ids}" if one.msgctxt else ids
            print("\t".join((first, "|||".join(said(one)), "|||".join(said(other)))).replace("\n", "\\n"))
    return 0


def do_check(root: Path) -> int:
    texts = texts_of(root)
    found = [fault for language in PLURALS for fault in faults(texts, language, catalogue(root, language))]
    print("\n".join(dict.fromkeys(found)) or f"{len(texts)} texts, complete in {', '.join(PLURALS)}")
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="The texts of the pages in three languages.")
    parser.add_argument("verb", choices=["extract", "merge", "report", "check", "compile"])
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    if given.verb == "merge":
        return do_merge(ROOT, given.files)
    if given.verb == "compile":
        compile_all(ROOT / "locale")
        return 0
    return {"extract": do_extract, "report": do_report, "check": do_check}[given.verb](ROOT)


if __name__ == "__main__":
    sys.exit(main())
