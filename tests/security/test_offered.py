"""A whole journey written by somebody who attacks every field: each form ten times, with more than it asks for."""

import csv
import io
import re
import zipfile
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from django.core import mail
from django.test import Client, TestCase
from django.urls import resolve, reverse

from config.policy import POLICY
from kalka.accounts.models import User
from kalka.cases.models import GlassRequest
from kalka.oversight.models import Alarm
from kalka.people.models import Pair, SearchAsk, SearchMade
from kalka.vault import keys
from tests.security import flow, helped, insiders, installed, offered, rest, sheltering
from tests.security.installed import POSTED
from tests.security.offered import CORPUS, OTHERS, TAG, Attacks, Page, Stubborn
from tests.security.written import rows

pytestmark = pytest.mark.seldom


CLAIMED = offered.CLAIMED["subject_id"]


RUNNING = {"/JS", "/JavaScript", "/Launch", "/URI", "/AA", "/OpenAction", "/GoToR", "/SubmitForm", "/EmbeddedFiles"}
# One's own door and devices: what is typed there is never shown again, and makes no record of anybody.
OWN = {name for name in POSTED if name.startswith("accounts:")} | {"desk:post"}
# Sent again they do the same again, on purpose: what came before is ended by it, or is another of its kind.
NEWER = {
    "desk:post_new": "two posts alike are two posts; a vacant one may do nothing",
    "desk:recovery_ask": "a newer request ends the older one",
    "desk:outside_name": "a newer name ends the former one",
    "desk:strongroom": "newer words end the former ones",
    "desk:checkpoint": "the record has grown by the first",
    "support:sheet": "each press draws other codes",
    "notices:invite": "each press draws another code",
    "cases:who_i_am": "what somebody says of themselves anew takes the place of it",
}
ELSEWHERE = {
    "closure:close": "kalka/closure/tests",  # needs every duty of the file done
    "closure:reopen": "kalka/closure/tests",
    "duties:waive": "the walk of the canaries",
    "duties:hand_over": "the walk of the canaries",
    "desk:appoint": "the walk of the canaries",
    **dict.fromkeys((name for name in POSTED if name.startswith("committees:")), "kalka/committees/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("prevention:")), "kalka/prevention/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("library:")), "kalka/library/tests"),
    "families:note": "kalka/families/tests",
    "families:seat": "kalka/families/tests",
    "families:step": "kalka/families/tests",
    **dict.fromkeys((name for name in POSTED if name.startswith("sittings:")), "kalka/sittings/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("monitoring:")), "kalka/monitoring/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("proceedings:")), "kalka/proceedings/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("programmes:")), "kalka/programmes/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("complaints:")), "kalka/complaints/tests"),
    "followup:said": "kalka/followup/tests",
    **dict.fromkeys(("risk:happened", "risk:practice"), "kalka/risk/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("training:")), "kalka/training/tests"),
    **dict.fromkeys((name for name in POSTED if name.startswith("results:")), "kalka/results/tests"),
    "orders:no_order": "kalka/orders/tests",
    "intake:receipt": "kalka/intake/tests",
    "portal:receipt": "kalka/portal/tests",  # keeps nothing but how often was asked
    "portal:receipt_in": "kalka/portal/tests",
    "portal:refused": "kalka/portal/tests",  # keeps nothing but a line of the log
}


def newest() -> dict[str, Any]:
    """Of what people inside did: the parts of its addresses."""
    return {
        "opening": GlassRequest.objects.latest("recorded_at").pk,
        "alarm": Alarm.objects.first().pk,
        "search_id": SearchMade.objects.filter(why="emergency").first().pk,
        "ask_id": SearchAsk.objects.first().pk,
        "pair_id": Pair.objects.first().pk,
    }


class Kept:
    """Not on the class of the tests: Django would copy it for each of them."""

    walk: Stubborn
    parts: dict[str, Any]


class Offered(TestCase):
    walk: Stubborn
    parts: dict[str, Any]

    @classmethod
    def setUpTestData(cls) -> None:
        keys.forget()
        keys.ensure_keks()
        walk = Stubborn(flow.begin().members, marker=Attacks(), rows=rows)
        report = flow.reports(walk)
        ref = flow.people(walk, report)
        flow.happened(walk, ref)
        flow.protection(walk, ref)
        flow.lines(walk)
        Kept.parts = installed.parts(ref)
        insiders.everything(walk, ref)
        helped.everything(walk, ref)
        sheltering.everything(walk, ref)
        Kept.parts |= helped.parts(ref) | sheltering.parts()
        rest.everything(walk, ref)
        Kept.walk = walk
        Kept.parts |= newest()

    def setUp(self) -> None:
        keys.forget()
        self.walk, self.parts = Kept.walk, Kept.parts
        self.walk.clients.clear()

    def test_requirement_64_each_form_sent_ten_times_is_one(self) -> None:
        again = {resolve(one.partition(":")[0]).view_name for one in self.walk.changed}
        assert again - NEWER.keys() == set()
        assert {name for name in POSTED if name not in self.walk.sent_to} - OWN == ELSEWHERE.keys()

    def test_requirement_43_nothing_that_is_given_back_in_a_form_becomes_a_part_of_it(self) -> None:
        """All of the corpus in every field that takes words, of every form of the journey at once."""
        assert self.walk.ran == []
        assert self.walk.given_back > 30

    def test_requirement_18_what_a_form_does_not_ask_for_changes_nothing(self) -> None:
        """Whose it is, of which file, and when it was written down are never taken from a form."""
        wrong = []
        for model in apps.get_models():
            names = {one.name for one in model._meta.concrete_fields}
            for name in names & {"author_id", "post_id", "actor_id", "user_id"}:
                if model._default_manager.filter(**{name: OTHERS}).exists():
                    wrong.append(f"{model._meta.label}.{name}")
            if "subject_id" in names and model._default_manager.filter(subject_id=CLAIMED).exists():
                wrong.append(f"{model._meta.label}.subject_id")
            for name in names & {"recorded_at", "opened_on"}:
                if model._default_manager.filter(**{f"{name}__year__lt": 2000}).exists():
                    wrong.append(f"{model._meta.label}.{name}")
        assert wrong == []

    def test_requirement_43_nothing_written_becomes_a_part_of_a_page(self) -> None:
        wrong, looked, met = [], 0, 0
        for name, wanted in installed.ADDRESSES:
            rule = POLICY[name]
            if "GET" not in rule.methods or name.startswith("api:") or not set(wanted) <= self.parts.keys():
                continue
            path = reverse(name, kwargs={part: self.parts[part] for part in wanted})
            for login in installed.readers(rule, "GET", self.walk):
                answer = self.walk.be(login).client.get(path)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    text, looked = answer.content.decode(), looked + 1
                    met += TAG in text
                    wrong += [f"{name} as {login}: {found}" for found in Page(text).ours]
        assert wrong == []
        assert looked > 100 and met > 15  # pages on which what was written stands

    def test_requirement_43_nothing_written_becomes_a_formula_in_a_file(self) -> None:
        tried = 0
        for path in ("/cases.csv", "/orders.csv", "/reports.csv", "/figures/all.csv"):
            for login in self.walk.members:
                answer = self.walk.be(login).client.get(path)
                if answer.status_code != 200 or not answer["Content-Type"].startswith("text/csv"):
                    continue
                tried += 1
                text = b"".join(answer.streaming_content).decode("utf-8-sig")
                cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
                assert [cell for cell in cells if re.match(r"\s*[=+@＝]|\s*-\D", cell) and TAG in cell] == []
        assert tried > 0

    def test_requirement_43_nothing_written_runs_or_leads_anywhere_in_a_paper(self) -> None:
        page, printed = self.path("orders:order"), 0
        self.walk.be("inspektor")
        for where in re.findall(rf"{page}paper/[\w-]+/[\w-]+/", self.walk.get(page)):
            with pikepdf.open(io.BytesIO(b"".join(self.walk.client.get(where)))) as pdf:
                held = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
                assert [set(one.keys()) & RUNNING for one in held if set(one.keys()) & RUNNING] == []
                assert (len(pdf.attachments), "/AcroForm" in pdf.Root) == (0, False)
                printed += 1
        assert printed >= 4  # two papers in two languages

    def test_requirement_43_nothing_written_becomes_a_formula_or_a_link_in_lines_for_others(self) -> None:
        """What was asked for with a purpose full of formulas, agreed to, and taken."""
        decide = self.path("statistics:export_approve")
        self.walk.be("ministrlik").client.post(decide, self.walk.fill(decide, decision="yes"))
        self.walk.be("analitik")
        taken = {name: self.walk.client.get(self.path(f"statistics:export_{name}")) for name in ("csv", "xlsx")}
        assert {name: answer.status_code for name, answer in taken.items()} == {"csv": 200, "xlsx": 200}
        told = {name: b"".join(answer) for name, answer in taken.items()}
        cells = [cell for line in csv.reader(io.StringIO(told["csv"].decode("utf-8-sig"))) for cell in line]
        assert [cell for cell in cells if re.match(r"\s*[=+@＝]|\s*-\D", cell)] == []
        with zipfile.ZipFile(io.BytesIO(told["xlsx"])) as parts:
            whole = {name: parts.read(name) for name in parts.namelist()}
        assert [name for name in whole if re.search(r"external|vba|embed|hyperlink", name, re.IGNORECASE)] == []
        assert [name for name, part in whole.items() if re.search(rb"<f[ >]|<hyperlink|TargetMode", part)] == []

    def path(self, name: str) -> str:
        wanted = dict(installed.ADDRESSES)[name]
        return reverse(name, kwargs={part: self.parts[part] for part in wanted})

    def test_requirement_43_and_47_no_message_holds_a_word_of_it(self) -> None:
        assert [one for one in mail.outbox if TAG in f"{one.subject}{one.body}"] == []
        assert [path for path in self.walk.seen if TAG in path] == []


def test_there_are_five_hundred_ways_to_try() -> None:
    assert len(set(CORPUS)) > 500
    assert [
        one for one in offered.SHAPES if not Page(f'<p title="{one}">{one}</p><textarea>{one}</textarea>').ours
    ] == []


def test_requirement_23_there_is_no_superuser_and_no_second_door(settings) -> None:
    assert not {name for name in settings.INSTALLED_APPS if name.startswith("django.contrib.")} - {
        "django.contrib.staticfiles"
    }
    assert not {"is_superuser", "is_staff"} & {one.name for one in User._meta.get_fields()}
    assert {Client().get(path).status_code for path in ("/admin/", "/admin/login/", "/superuser/")} <= {302, 404}
    assert [name for name, _ in installed.ADDRESSES if "admin" in name.split(":")[0]] == []
