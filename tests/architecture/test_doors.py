"""One door for writes, one for reads, and nothing that acts behind their back."""

import ast
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.tree import ROOT, Source, check_none, invented, last_name, product

# Packages whose services and selectors are not about a person's file, each with the reason.
FREE = {
    "core": "below the actor: it defines what an actor is",
    "vault": "opens only with a Passage, which access makes from an actor",
    "access": "is the question itself: primitives that commands call, and the predicate",
    "accounts": "sign-in happens before there is an actor; its commands take one",
    "places": "public reference data",
    "directory": "public reference data about organisations and posts; its commands take an actor",
    "lawbook": "the law, dated; public",
    "instruments": "immutable editions; public",
    "sheets": "turns rows into files and back, knows no rows of its own",
    "files": "sealed frames; the owner's module asks who is there",
    "jobs": "carries ids to a service that asks again",
    "ui": "words and looks",
    "papers": "turns given values into paper",
}
# Packages whose reads are for anybody, signed in or not; their commands are asked like all others.
READ_BY_ANYBODY = {"guide": "the public directory of help: the portal shows it to whoever asks, without a sign-in"}
# Primitives: what a command causes in the name of the law. They refuse to write outside a command.
PRIMITIVES = {
    "committees.services.worked": "work of a committee that was written down shows that it is awake",
    "duties.services.assign": "the law assigns, not the person who happened to write",
    "duties.services.end_with_case": "closing the file ends what was still asked of it",
    "duties.services.end_for": "the step itself ends the duty",
    "duties.services.let_go": "what was decided was taken back by a step of its own",
    "risk.services.require_beyond": "whoever heard a threat at a programme sees nothing of the case",
    "families.services.ask_her": "a sitting decided it; whoever keeps it need not know the family",
    "duties.services.raise_up": "nobody answered in time: part of the job that asks again",
    "history.services.event": "as append, for a command that writes it together with rows of its own",
    "history.services.append_all": "as append, of many files at once",
    "history.services.append": "the log of codes, written by the step that made it true",
    "notices.services.alert": "a step tells a post",
    "notices.services.alert_all": "as alert, of many at once",
    "notices.services.tell": "a step tells a person by the safe route",
    "referrals.services.decide_referral": "a committee decided it, with her consent, and opens nothing of the file",
    "support.services.decide_action": "a committee decided it, with her consent, and opens nothing of the file",
    "support.services.decide_help": "a committee decided it, with her consent, and opens nothing of the file",
    "support.services.end_help": "whoever answers for what a committee decided says how it went",
    "risk.services.require_reassessment": "the step that saw it happen asks for a new assessment",
}
ONE_STEP_MORE = {"save", "delete", "clean", "clean_fields", "full_clean", "validate_constraints"}
NOT_INSTALLED = {f"django.contrib.{name}" for name in ("admin", "auth", "sessions", "messages", "contenttypes")}
ASKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "timezone": {"now", "localdate", "localtime"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime", "ctime"},
}
MAKES_PASSAGES = {"access", "accounts"}


def doors(source: Source, kind: str) -> list[ast.FunctionDef]:
    """The public functions of a module's services or selectors."""
    if source.kind != kind or source.package in FREE or any(p.startswith("_") for p in source.parts):
        return []
    return [n for n in source.tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def dotted(source: Source, function: ast.FunctionDef) -> str:
    return f"{source.package}.{source.kind}.{function.name}"


def silent(source: Source) -> list[str]:
    """Doors that do not ask who is there."""
    return [
        dotted(source, function)
        for kind in ("services", "selectors")
        if kind == "services" or source.package not in READ_BY_ANYBODY
        for function in doors(source, kind)
        if [a.arg for a in (*function.args.posonlyargs, *function.args.args)][:1] != ["actor"]
        and dotted(source, function) not in PRIMITIVES
    ]


def bare(source: Source) -> list[str]:
    """Services that are not commands: neither permitted, nor atomic, nor recorded."""
    return [
        dotted(source, function)
        for function in doors(source, "services")
        if not any(isinstance(d, ast.Call) and last_name(d.func) == "command" for d in function.decorator_list)
        and dotted(source, function) not in PRIMITIVES
    ]


def behind_the_back(source: Source) -> list[str]:
    """Signals, and forms that write models by themselves."""
    found = []
    for node in ast.walk(source.tree):
        names = [alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)]
        if isinstance(node, ast.Import | ast.ImportFrom):
            words = {getattr(node, "module", None) or "", *names}
            if words & {"django.db.models.signals", "django.core.signals", "django.dispatch", "signals", "Signal"}:
                found.append(source.at(node))
        if isinstance(node, ast.ClassDef) and any(last_name(b).endswith("ModelForm") for b in node.bases):
            found.append(source.at(node))
        if isinstance(node, ast.Call) and last_name(node.func) in {"modelform_factory", "modelformset_factory"}:
            found.append(source.at(node))
    return found


def asks_the_clock(source: Source) -> list[str]:
    if source.name == "kalka/core/clock.py":
        return []
    return [source.at(node) for node in ast.walk(source.tree) if _asks(node)]


def _asks(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ASKS.get(last_name(node.value), ())
    if isinstance(node, ast.ImportFrom):
        asked = ASKS.get((node.module or "").rpartition(".")[2], set())
        return node.module in {"time", "django.utils.timezone"} and any(a.name in asked for a in node.names)
    if isinstance(node, ast.keyword):
        return node.arg in {"auto_now", "auto_now_add"}
    return False


def makes_passages(source: Source) -> list[str]:
    return [] if source.package in MAKES_PASSAGES else [source.at(call) for call in source.calls("Passage")]


@pytest.mark.parametrize("check", [silent, bare, behind_the_back, asks_the_clock, makes_passages])
def test_the_tree_keeps_its_doors(check):
    check_none([fault for source in product() for fault in check(source)])


def unguarded(sources: Iterable[Source]) -> list[str]:
    """Excused primitives that are gone, or that would write outside a command."""
    found, packages = {}, set()
    for source in sources:
        packages |= {source.package} if source.kind == "services" else set()
        for function in doors(source, "services"):
            guards = (n for n in ast.walk(function) if isinstance(n, ast.Call) and "inside" in last_name(n.func))
            found[dotted(source, function)] = any(guards)
    return [name for name in PRIMITIVES if name.split(".")[0] in packages and not found.get(name)]


def test_every_primitive_that_is_excused_refuses_to_write_outside_a_command():
    check_none(unguarded(product()))


def test_an_unguarded_primitive_is_found():
    text = "def alert(post_id):\n    Notice.objects.create()\n\ndef tell(person_id):\n    _inside_a_command()\n"
    assert unguarded([invented(text, "kalka/notices/services.py")]) == [
        "notices.services.alert",
        "notices.services.alert_all",
    ]


def test_no_model_does_more_than_it_says():
    check_none(
        [
            f"{model._meta.label}.{name}"
            for model in apps.get_models(include_auto_created=True)
            for ancestor in model.__mro__
            if ancestor.__module__.startswith("kalka.")
            for name in ONE_STEP_MORE & vars(ancestor).keys()
        ]
    )


def test_no_app_that_opens_a_second_door():
    assert NOT_INSTALLED & set(settings.INSTALLED_APPS) == set()


def test_sql_is_given_the_time():
    asking = ("now()", "current_timestamp", "current_date", "clock_timestamp", "'now'")
    files = [*ROOT.glob("kalka/**/*.sql")]
    check_none([str(f) for f in files if any(word in f.read_text().lower() for word in asking)])


@pytest.mark.parametrize(
    ("check", "text", "name"),
    [
        (silent, "def list_cases(now, actor): ...", "kalka/cases/selectors.py"),
        (silent, "def list_cases(*, actor): ...", "kalka/cases/selectors/lists.py"),
        (silent, "@command('x')\ndef open_case(*, actor): ...", "kalka/cases/services.py"),
        (silent, "@command('x')\ndef take(*, data): ...", "kalka/guide/services.py"),
        (bare, "def open_case(actor): ...", "kalka/cases/services.py"),
        (bare, "@cache\ndef open_case(actor): ...", "kalka/cases/services/open.py"),
        (bare, "def append_more(actor): ...", "kalka/history/services.py"),
        (behind_the_back, "from django.db.models.signals import post_save", "kalka/cases/models.py"),
        (behind_the_back, "from django.dispatch import receiver", "kalka/cases/models.py"),
        (behind_the_back, "class CaseForm(forms.ModelForm): ...", "kalka/cases/forms.py"),
        (asks_the_clock, "at = datetime.now(UTC)", "kalka/cases/services.py"),
        (asks_the_clock, "day = datetime.date.today()", "kalka/cases/services.py"),
        (asks_the_clock, "at = Field(default=timezone.now)", "kalka/cases/models.py"),
        (asks_the_clock, "at = Field(auto_now_add=True)", "kalka/cases/models.py"),
        (asks_the_clock, "from time import time", "kalka/cases/services.py"),
        (asks_the_clock, "time.time()", "config/settings/base.py"),
        (makes_passages, "keys.Passage(ids, klasses)", "kalka/cases/services.py"),
    ],
)
def test_each_breach_is_found(check, text, name):
    assert len(check(invented(text, name))) == 1


@pytest.mark.parametrize("text", ["clock.now()", "time.perf_counter()", "time.monotonic()", "request.now"])
def test_what_is_no_clock_is_left_alone(text):
    assert asks_the_clock(invented(text)) == []
