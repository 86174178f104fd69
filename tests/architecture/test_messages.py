"""The texts: what is found in the code, what is wrong in a catalogue, and that what is wrong is found."""

import ast
import os

import polib
import pytest

from kalka.core.messages import compile_all
from tests.architecture.tree import ROOT, Source, check_none, invented, last_name, product
from tools import messages
from tools.messages import Key

COUNTED = Key("{count} day left", plural="{count} days left")


def entry(msgid: str, msgstr: str, **more) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def faults_of(entry: polib.POEntry, language: str = "ru") -> list[str]:
    po = polib.POFile()
    po.append(entry)
    return list(messages.faults({messages.key_of(entry): ["kalka/x.py"]}, language, po))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Save")', [Key("Save")]),
        ('gettext_lazy("One " "line")', [Key("One line")]),
        ('ngettext("{n} day", "{n} days", n)', [Key("{n} day", plural="{n} days")]),
        ('pgettext_lazy("date", "Day")', [Key("Day", context="date")]),
        ('npgettext("bed", "one", "many", n)', [Key("one", context="bed", plural="many")]),
        ('say("Save")', []),
    ],
)
def test_texts_are_found_in_python(source, found):
    assert list(messages.keys_in(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Save" %}', [Key("Save")]),
        ('{% translate "Day" context "date" %}', [Key("Day", context="date")]),
        ("{% blocktranslate trimmed %}\n Until\n {{ day }}\n{% endblocktranslate %}", [Key("Until %(day)s")]),
        (
            "{% blocktranslate count n=late %}One late{% plural %}{{ n }} late{% endblocktranslate %}",
            [Key("One late", plural="%(n)s late")],
        ),
        ("<p>Save</p>", []),
    ],
)
def test_texts_are_found_in_templates(source, found):
    assert list(messages.keys_in(source, template=True)) == found


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (entry("Save", ""), "untranslated"),
        (entry("Save", "  "), "untranslated"),
        (entry("Save", "Сохранить", flags=["fuzzy"]), "fuzzy"),
        (entry("Until %(day)s", "До дня"), "placeholders differ"),
        (entry("Until {day}", "До {date}"), "placeholders differ"),
        (entry("Until %s", "До"), "placeholders differ in number"),
        (entry("%(n)s of all", "%(n)s % всех"), "a % that is no placeholder"),
        (entry("<b>Save</b>", "<b>Сохранить"), "markup differs"),
        (entry("Committee", "Решение ЖК"), "«ЖК»"),
        (entry("Save", "Сохранить "), "space at the edge differs"),
        (entry("\nSave", "Сохранить"), "space at the edge differs"),
        (entry("{n} day", "", msgid_plural="{n} days", msgstr_plural={0: "{n} день"}), "1 plural forms, not 3"),
        (
            entry("{n} day", "", msgid_plural="{n} days", msgstr_plural={0: "{n} день", 1: "{n} дня", 2: ""}),
            "untranslated",
        ),
    ],
)
def test_each_fault_of_an_entry_is_found(made, fault):
    assert any(fault in found for found in faults_of(made))


@pytest.mark.parametrize(
    "made",
    [
        entry("Until %(day)s", "До %(day)s"),
        entry("100%% of %(n)s", "100%% от %(n)s"),
        entry("5 % of {n}", "5 % от {n}"),
        entry("Save ", "Сохранить "),
        entry("{n} day", "", msgid_plural="{n} days", msgstr_plural={0: "{n} день", 1: "{n} дня", 2: "{n} дней"}),
    ],
)
def test_a_good_entry_has_no_fault(made):
    assert faults_of(made) == []


def test_kyrgyz_has_one_form():
    one = entry("{n} day", "", msgid_plural="{n} days", msgstr_plural={0: "{n} күн"})
    assert faults_of(one, "ky") == []


def test_a_catalogue_holds_exactly_the_texts_of_the_code():
    po = polib.POFile()
    po.extend([entry("Old", "Старое"), entry("Gone", "Ушло", obsolete=True)])
    assert list(messages.faults({Key("New"): ["kalka/x.py"]}, "ru", po)) == [
        "ru: left over: 'Gone'",
        "ru: no longer in the code: 'Old'",
        "ru: missing: 'New' (kalka/x.py)",
    ]


def test_an_empty_text_in_the_code_is_found():
    assert list(messages.faults({Key(" "): ["kalka/x.py"]}, "ru", polib.POFile())) == [
        "en: an empty text in kalka/x.py"
    ]


def test_an_update_keeps_what_was_translated_and_drops_the_rest():
    po = polib.POFile()
    po.extend([entry("Save", "Сохранить"), entry("Old", "Старое")])
    messages.update(po, "ru", {Key("Save"): ["b.py", "a.py"], COUNTED: ["a.py"]})
    assert [(e.msgid, messages.said(e)) for e in po] == [("Save", ["Сохранить"]), (COUNTED.msgid, ["", "", ""])]


def test_a_catalogue_written_twice_is_the_same_file(tmp_path):
    written = []
    for _ in range(2):
        po = messages.catalogue(tmp_path, "ru")
        messages.update(po, "ru", {COUNTED: ["a.py"], Key("Save"): ["a.py"]})
        messages.save(po)
        written.append((tmp_path / "locale/ru/LC_MESSAGES/django.po").read_text())
    assert written[0] == written[1] and "Date" not in written[0]


def test_translations_are_filled_in_and_complaints_are_made(tmp_path):
    file = tmp_path / "x.tsv"
    file.write_text(
        "Save\tСактоо\tСохранить\n"
        "{count} day left|||{count} days left\t{count} күн\t{count} день|||{count} дня|||{count} дней\n"
        "date :: Day\tКүнү\tДень\n"
        "Two\\nlines\tЭки\\nсап\tДве\\nстроки\n"
        "Unknown\tа\tб\nbroken\n"
        "Save\tСактап кой\tЗаписать\n"
    )
    po = polib.POFile()
    messages.update(po, "ru", {Key("Save"): [], COUNTED: [], Key("Day", "date"): [], Key("Two\nlines"): []})
    complaints = list(messages.fill(po, 2, messages.read_tsv(file)))
    assert {e.msgid: messages.said(e) for e in po} == {
        "Save": ["Сохранить"],
        "{count} day left": ["{count} день", "{count} дня", "{count} дней"],
        "Day": ["День"],
        "Two\nlines": ["Две\nстроки"],
    }
    assert complaints == [
        "not in the code: 'Unknown'",
        "not three columns: 'broken'",
        "already said otherwise: 'Save': Сохранить | Записать",
    ]


def test_only_what_changed_is_compiled(tmp_path):
    po = messages.catalogue(tmp_path, "ky")
    messages.update(po, "ky", {Key("Save"): []})
    messages.save(po)
    locale = tmp_path / "locale"
    assert [len(compile_all(locale)) for _ in range(2)] == [1, 0]
    os.utime(po.fpath, (4_000_000_000, 4_000_000_000))
    assert [f.name for f in compile_all(locale)] == ["django.mo"]


def not_literal(source: Source) -> list[str]:
    """Texts put together while running: no catalogue can hold them."""
    marks = {name for name in messages.KEYWORDS if not name.startswith(("n", "p"))}
    return [
        source.at(call)
        for call in source.calls(*marks)
        if call.args and not isinstance(call.args[0], ast.Constant) and last_name(call.func) in marks
    ]


def test_every_marked_text_is_written_out():
    check_none(fault for source in product() for fault in not_literal(source))


@pytest.mark.parametrize("text", ["_(f'until {day}')", "_('until ' + day)", "gettext_lazy(text)"])
def test_a_text_put_together_is_found(text):
    assert len(not_literal(invented(text))) == 1


def test_nothing_shortens_the_committee_to_the_letters_of_the_parliament():
    files = (f for f in sorted((ROOT / "kalka").rglob("*")) if f.suffix in {".html", ".txt", ".yaml", ".typ"})
    check_none(str(f.relative_to(ROOT)) for f in files if messages.AMBIGUOUS.search(f.read_text()))
