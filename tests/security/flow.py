"""The whole journey over HTTP, with a canary in every field that takes words: the pages' own forms, filled in.

A form that asks something new is filled in too, without a word changed here.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pyotp
from django.conf import settings
from django.test import Client

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.demo.staffing import PASSWORD, Member, staff
from kalka.duties.models import Duty
from kalka.people.models import Appearance
from kalka.statistics.tasks import release_now
from tests.security import forms
from tests.security.forms import Control
from tests.security.markers import Marker
from tests.standing import standing

SHORT = {"pin": 20, "number": 30, "login": 30}
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass
class Walk:
    """Somebody at a browser, several of them: each has a client of their own."""

    members: dict[str, Member]
    marker: Marker = field(default_factory=Marker)
    clients: dict[str, Client] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)  # every address asked or led to
    who: str = ""

    def be(self, login: str) -> "Walk":
        self.who = login
        if login not in self.clients:
            self.clients[login] = client = Client(headers={"accept-encoding": "identity"})
            actor = self.members[login].actor
            opened = open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=clock.now())
            Session.objects.filter(user_id=actor.user_id).update(post_id=actor.post_id)
            client.cookies[settings.SESSION_COOKIE] = opened.token
        return self

    @property
    def client(self) -> Client:
        return self.clients[self.who]

    def get(self, path: str, *, status: int = 200) -> str:
        answer = self.client.get(path)
        self.seen.append(path)
        assert answer.status_code == status, f"{self.who}: GET {path} answered {answer.status_code}"
        return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")

    def send(self, path: str, sent: dict[str, Any], *, status: int = 302) -> str:
        """What was posted is accepted; gives where it leads, or the page when `status` is 200."""
        answer = self.client.post(path, {name: value for name, value in sent.items() if value is not None})
        if answer.status_code != status:
            context = answer.context or {}
            wrong = dict(context["form"].errors) if "form" in context else answer.content[:300]
            raise AssertionError(f"{self.who}: POST {path} answered {answer.status_code}: {wrong}, sent {sorted(sent)}")
        where = answer.headers.get("Location", "")
        self.seen.append(where or path)
        return where or answer.content.decode()

    def fill(self, path: str, **given: Any) -> dict[str, Any]:
        form = forms.asking(self.get(path), path)
        return forms.filled(form, lambda one: self.say(path, one), given)

    def does(self, path: str, *, status: int = 302, **given: Any) -> str:
        return self.send(path, self.fill(path, **given), status=status)

    def say(self, path: str, control: Control) -> str:
        about = f"{path} {control.name}"
        if control.kind == "tel":
            return self.marker.telephone(about)
        if control.kind == "numeric":
            return "3"
        return self.marker.word(about, SHORT.get(control.name, 200))


def begin() -> Walk:
    return Walk(standing("staff", lambda: staff(clock.now())))


def sign_in(walk: Walk, login: str) -> str:
    """Over HTTP with the second factor set up on the way; gives its secret, which nobody else may ever read."""
    walk.who, walk.clients[login] = login, Client(headers={"accept-encoding": "identity"})
    where = walk.does("/sign-in/", login=login, password=PASSWORD)
    page = walk.get(where)
    secret = next(one for one in re.findall(r"\b[A-Z2-7]{32}\b", page.replace(" ", "")))
    walk.does(where, code=pyotp.TOTP(secret).now(), passkey=None, name=None)
    return secret


def reports(walk: Walk) -> str:
    """A draft, a report of it, a correction, who reported; another one passed on. Gives the report for a case."""
    walk.be("katchy")
    told = {"danger": "unsure", "needs": ["interpreter", "other"], "when": "other", "by_whom": "neighbour"}
    told |= {"children": "yes", "children_count": "2", "happened_day": "1", "happened_month": "2"}
    told |= {"happened_year": "2026", "way": "walk_in"}
    sent = walk.fill("/reports/new/", **told)
    walk.send("/reports/draft/", sent, status=200)
    walk.get(f"/reports/new/?draft={sent['key']}")
    report = found(walk.send("/reports/new/", sent))
    walk.does(f"/reports/{report}/correct/")
    walk.be("sotsial").get(f"/reports/{report}/")
    walk.does(f"/reports/{report}/reporter/", status=200)
    other = found(walk.be("katchy").does("/reports/new/", **told))
    walk.be("sotsial").does(f"/reports/{other}/triage/", outcome="no_case", to_role=None, to_place=None)
    walk.be("katchy").send("/reports/draft/", walk.fill("/reports/new/", **told), status=200)  # and left lying
    return report


def people(walk: Walk, report: str) -> str:
    """The case with everybody in it. Gives its reference."""
    year = {"birth_year": "1990", "band": "35-44", "sex": "f"}
    ref = walk.be("sotsial").does(f"/cases/open/{report}/", **year).strip("/").split("/")[-1]
    page = f"/cases/{ref}/person/"
    for part, sex in (("alleged", "m"), ("guardian", "f")):
        walk.does(page, part=part, who="", **{**year, "sex": sex}, relation="spouse")
    walk.does(page, part="child", who="", sex="f", birth_year="2019", band="7-13", relation="child")
    shown = walk.send(f"/cases/{ref}/identity/", {}, status=200)
    shown_ones = re.findall(rf"/cases/{ref}/person/({UUID})/", shown)
    she = Appearance.objects.get(person__in=shown_ones, part="guardian").person_id  # whoever stands first is chance
    walk.does(f"/cases/{ref}/person/{she}/", **year)
    return ref


def happened(walk: Walk, ref: str) -> None:
    """Incident, consent, team, notes of two circles, a demand, a word, a file; and the search for all of it."""
    walk.be("sotsial")
    day = {"on_day": "3", "on_month": "11", "on_year": "2026"}
    walk.does(f"/cases/{ref}/incident/", **day)
    ahead = {"until_day": "1", "until_month": "2", "until_year": "2027"}
    crisis = str(walk.members["psiholog"].actor.organisation_id)
    walk.does(f"/cases/{ref}/consent/", organisation_id=crisis, scope="file", **ahead)
    walk.does(f"/cases/{ref}/team/", post_id=str(walk.members["psiholog"].actor.post_id), scope="file", **ahead)
    walk.does(f"/cases/{ref}/note/")
    walk.does(f"/cases/{ref}/word/", **day)
    walk.does(f"/cases/{ref}/attach/")
    walk.be("psiholog").does(f"/cases/{ref}/note/", circle="psychologist")
    walk.does(f"/cases/{ref}/demand/", note="", **day)
    page = walk.get(f"/cases/{ref}/")
    for file in re.findall(rf"/cases/{ref}/file/{UUID}/", walk.be("sotsial").get(f"/cases/{ref}/") + page)[:1]:
        walk.get(file)
    walk.does("/search/", status=200, born="", place="")


def protection(walk: Walk, ref: str) -> None:
    """Risk with a level raised, lowered and signed for; an order with everything that can happen to it; visits."""
    walk.be("inspektor")
    assess(walk, ref, highest=True)
    assess(walk, ref, highest=False)
    for assessment in re.findall(rf"/cases/{ref}/risk/{UUID}/", walk.be("ofitser").get("/"))[:1]:
        walk.does(f"{assessment}countersign/")
    walk.be("inspektor")
    at = {"issued_at_day": "1", "issued_at_month": "11", "issued_at_year": "2026", "issued_at_time": "10:00"}
    organisation = str(walk.members["inspektor"].actor.organisation_id)
    plain = {f"{name}_{part}": "" for name in ("starts", "ends") for part in ("day", "month", "year")}
    walk.does(f"/cases/{ref}/orders/new/", authority=organisation, **at, **plain)
    walk.does(f"/cases/{ref}/visit/", kept="broken")
    later(walk, ref, organisation)


def assess(walk: Walk, ref: str, *, highest: bool) -> None:
    page = f"/cases/{ref}/risk/"
    answers = questions(walk, page)
    said = {name: "no" for name, one in answers.controls.items() if {"yes", "no", "unknown"} <= set(one.options)}
    sent = forms.filled(answers, lambda one: walk.say(page, one), said | {"suicidality": "yes"})
    where = walk.send(page, sent)
    where = walk.does(where, judged=choice(walk, where, "judged", 0))
    walk.does(where, level=choice(walk, where, "level", -1 if highest else 0))


def questions(walk: Walk, page: str) -> forms.HtmlForm:
    """The form of the questions: it comes after it was said that he is far and nobody listens."""
    return forms.asking(walk.send(page, walk.fill(page, near="no", alone="yes"), status=200), page)


def choice(walk: Walk, path: str, name: str, which: int) -> str:
    return forms.asking(walk.get(path), path).controls[name].options[which]


def later(walk: Walk, ref: str, organisation: str) -> None:
    order = re.findall(rf"/cases/{ref}/orders/({UUID})/", walk.get(f"/cases/{ref}/"))[0]
    page = f"/cases/{ref}/orders/{order}/"
    past = {"at_day": "2", "at_month": "11", "at_year": "2026", "at_time": "11:00"}
    walk.does(f"{page}serve/", **past)
    walk.does(f"{page}breach/", on_day="5", on_month="11", on_year="2026")
    on = {"on_day": "6", "on_month": "11", "on_year": "2026"}
    walk.does(f"{page}extend/", until_day="28", until_month="12", until_year="2026", authority=organisation, **on)
    for paper in re.findall(rf"{page}paper/[\w-]+/[\w-]+/", walk.get(page)):
        walk.get(paper)
    walk.does(f"{page}revoke/", at_day="7", at_month="11", at_year="2026", at_time="12:00")
    for visit in re.findall(rf"/cases/{ref}/[\w/-]*{UUID}/correct/", walk.get(f"/cases/{ref}/"))[:1]:
        walk.does(visit)


def ending(walk: Walk, ref: str) -> None:
    """Duties let go and passed on; a form that came too late; the end of the case, and its beginning again."""
    for login, step in (("inspektor", "hand-over"), ("ofitser", "let-go")):
        walk.be(login)
        duty = next(iter(Duty.objects.filter(assignee_id=walk.members[login].actor.post_id, ended_at=None)))
        walk.does(f"/duties/{duty.pk}/{step}/")
    walk.be("sotsial")
    kept = walk.fill(f"/cases/{ref}/note/")
    Session.objects.filter(user_id=walk.members["sotsial"].actor.user_id).update(ended_at=clock.now())
    walk.send(f"/cases/{ref}/note/", kept)
    walk.clients.pop("sotsial")


def found(where: str) -> str:
    return re.findall(UUID, where)[0]


def appointment(walk: Walk) -> None:
    """Somebody new, with a name."""
    post = walk.members["mucho"].actor.post_id
    walk.be("admin").does(f"/posts/{post}/", status=200, login="newcomer")


def lines(walk: Walk) -> None:
    """Lines of single persons asked for with a purpose, and refused with a reason; others wait for a decision."""
    release_now(SYSTEM, now=clock.now())
    asked = {"indicator": "reports", "period": str(clock.day_of(clock.now()).year), "place": "", "cap": "100"}
    refused = found(walk.be("analitik").does("/figures/lines/ask/", **asked))
    walk.does("/figures/lines/ask/", **asked)
    walk.be("ministrlik").does(f"/figures/lines/{refused}/decide/", decision="no")


def everything(walk: Walk) -> None:
    appointment(walk)
    report = reports(walk)
    ref = people(walk, report)
    happened(walk, ref)
    protection(walk, ref)
    ending(walk, ref)
    lines(walk)
