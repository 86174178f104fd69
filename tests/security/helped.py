"""Help in and around a file: who helps, who is asked, what was agreed, an advocate, a psychologist. Through the pages'
own forms as in the journey."""

import json
import re
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kalka.core import clock
from kalka.core.refs import new_id
from kalka.guide.models import Provider, Service
from kalka.legalaid.models import Appointment, ConsultationDay, Group, LegalRequest, Waiting
from kalka.referrals.models import Decision, Need, Referral, Seat
from kalka.support.models import Action, AidGiven, Goal, ServiceGiven, Without
from tests.security.flow import UUID, Walk, found

NARYN, RAION = "41704000000000", "41704245000000"
NOTHING = {name: "" for name in ("about_en", "name_en", "coming_ky", "coming_ru", "coming_en")}


def everything(walk: Walk, ref: str) -> None:
    guide(walk)
    asked(walk, ref)
    together(walk, ref)
    planned(walk, ref)
    given(walk, ref)
    closing(walk, ref)
    advocate(walk, ref)
    psychologist(walk, ref)


def day(name: str, days: int = 0) -> dict[str, str]:
    on = clock.day_of(clock.now() + timedelta(days=days))
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def document() -> SimpleUploadedFile:
    """A line that works with no installation, as the standard says it."""
    words = [("need", "psychological"), ("need", "legal"), ("serves", "women")]
    one = {
        "id": str(new_id()),
        "status": "active",
        "name": "Ыкчам линия",
        "description": "Сүйлөшөт",
        "organization": {"id": str(new_id()), "name": "Ыкчам линия"},
        "attributes": [{"label": label, "value": value} for label, value in words],
        "languages": [{"code": "ky"}],
        "service_areas": [{"extent": NARYN}],
        "phones": [{"number": "5200"}],
    }
    return SimpleUploadedFile("help.json", json.dumps({"services": [one]}).encode(), "application/json")


def guide(walk: Walk) -> None:
    """The directory is public: no canary belongs into it."""
    walk.be("ministrlik").does("/guide/take/", file=document())
    centre = walk.members["kriziz"].actor.organisation_id
    named = {f"{of}_{lang}": "Таяныч" for of in ("name", "about") for lang in ("ky", "ru", "en")}
    walk.does("/guide/organisation/", **named, organisation=str(centre))
    own = Provider.objects.get(organisation=centre)
    hidden = {"kind": "withheld", "place": RAION, "provider": str(own.pk)}
    walk.be("kriziz").does("/guide/place/", **hidden, address_ky=None, address_ru=None, accessible=None)
    told = {f"{name}_{lang}": "Сүйлөшүү" for name in ("name", "about") for lang in ("ky", "ru")} | NOTHING
    told |= {"area": NARYN, "phones": "5200", "hours": "1-5 09:00-18:00"}
    lists = {"needs": ["psychological", "shelter"], "serves": ["women", "children"], "languages": ["ky"]}
    walk.does("/guide/new/", **told, **lists, always=None, provider=str(own.pk), cost="free", room="free")
    made = Service.objects.get(provider=own)
    walk.does(f"/guide/{made.pk}/", **{**told, **lists, "phones": "117"}, always=None)
    walk.send("/guide/", {"entry": str(made.pk)})


def need(ref: str, code: str) -> str:
    return f"/cases/{ref}/needs/{Need.objects.get(case_ref=ref, code=code).pk}/"


def asked(walk: Walk, ref: str) -> None:
    """Needs, her own choice, a referral that is declined and goes another way, one by telephone that is taken back."""
    wanted, urgent = ["psychological", "legal", "postrape"], ["psychological"]
    walk.be("sotsial").does(f"/cases/{ref}/needs/", needs=wanted, urgent=urgent, refused=["money"], ago="h72")
    walk.does(f"{need(ref, 'money')}choice/", wish="not_now")
    own = Service.objects.exclude(provider__organisation=None).get()
    line = Service.objects.get(provider__organisation=None)
    walk.does(f"{need(ref, 'psychological')}ask/{own.pk}/")
    sent = Referral.objects.get(organisation__isnull=False)
    reply = f"/help/received/{sent.pk}/"
    walk.be("kriziz").get("/help/received/")
    walk.does(f"{reply}acknowledged/")
    walk.get(reply)
    walk.does(f"{reply}declined/", why="full")
    walk.be("sotsial").get(f"/cases/{ref}/referrals/{sent.pk}/")
    walk.does(f"{need(ref, 'psychological')}ask/{line.pk}/", instead_of=str(sent.pk))
    walk.does(f"{need(ref, 'legal')}ask/{line.pk}/")
    by_telephone = Referral.objects.get(code="legal")
    walk.does(f"/cases/{ref}/referrals/{by_telephone.pk}/withdrawn/", why="she_asked")
    walk.get(need(ref, "psychological"))
    track = found(walk.does(f"/cases/{ref}/tracks/new/", kind="sexual_violence", ago="h72"))
    walk.does(f"/cases/{ref}/tracks/{track}/1/")
    walk.get(f"/cases/{ref}/tracks/{track}/")
    walk.be("koordinator").get("/help/")


def together(walk: Walk, ref: str) -> None:
    """A conference, its minutes, and what one post was to do."""
    centre = str(walk.members["psiholog"].actor.post_id)
    at = {**day("at", 1), "at_time": "10:00"}
    held = found(walk.be("sotsial").does(f"/cases/{ref}/conferences/new/", posts=[centre], **at))
    seat = Seat.objects.get(conference=held, seated=centre)
    walk.be("psiholog").get(f"/help/seats/{seat.pk}/")
    decided = ("what{}", "owner{}", "by{}_day", "by{}_month", "by{}_year")
    others = {name.format(number): "" for name in decided for number in range(1, 5)}
    minutes = f"/cases/{ref}/conferences/{held}/minutes/"
    walk.be("sotsial").does(minutes, came=[centre], owner0=centre, **day("by0", 3), **others)
    walk.get(f"/cases/{ref}/conferences/{held}/")
    walk.be("psiholog").does(f"/help/decisions/{Decision.objects.get(conference=held).pk}/")
    walk.get(f"/help/seats/{seat.pk}/")


def planned(walk: Walk, ref: str) -> None:
    """A goal with what was done for it; the safety plan, and on paper."""
    page = f"/cases/{ref}/help/"
    walk.be("sotsial").does(f"{page}goal/")
    goal = Goal.objects.get()
    walk.does(f"{page}goal/{goal.pk}/action/", owner=str(walk.members["sotsial"].actor.post_id), **day("by", 5))
    walk.does(f"{page}action/{Action.objects.get().pk}/", how="done")
    walk.does(f"{page}goal/{goal.pk}/end/")
    walk.does(f"{page}safety/")
    walk.get(f"{page}safety/print/")
    walk.get(page)


def given(walk: Walk, ref: str) -> None:
    """Help that was given, one entry by mistake; money with its paper; a document; how she is, and how she stands."""
    page = f"/cases/{ref}/help/"
    walk.be("sotsial").does(f"{page}service/", minutes="30")
    walk.does(f"{page}service/{ServiceGiven.objects.get().pk}/void/")
    walk.does(f"{page}aid/", som="500")
    aid = f"{page}aid/{AidGiven.objects.get().pk}/receipt/"
    walk.does(aid)
    walk.get(next(iter(re.findall(rf"{aid}{UUID}/", walk.get(page)))))
    walk.does(f"{page}document/")
    walk.does(f"{page}contact/", reached="spoke", **day("next_on", 9))
    walk.does(f"{page}outcome/", safe="2")


def closing(walk: Walk, ref: str) -> None:
    """Her own word; why there is none, which a second person decides; codes, and what two people think."""
    page = f"/cases/{ref}/help/"
    walk.be("sotsial").does(f"{page}word/", alone=None)
    walk.does(f"{page}without/", reason="moved")
    second = f"{page}without/{Without.objects.get().pk}/"
    walk.be(deciding(walk, second)).does(second, agreed="no")
    sheet = walk.be("sotsial").send("/opinions/sheet/", {}, status=200)
    codes = re.findall(r'<span class="code">([^<]+)</span>', sheet)
    answers = dict.fromkeys(("heard", "safe", "useful", "again"), "yes")
    for path, code in zip(("/say/", "/say/ru/"), codes, strict=False):
        walk.send(path, walk.fill("/say/ru/", code=code, **answers), status=200)
    walk.get("/opinions/")


def deciding(walk: Walk, path: str) -> str:
    """Whoever was asked to look at it."""
    return next(one for one in walk.members if path in walk.be(one).client.get("/").content.decode())


def agreed(walk: Walk, ref: str, login: str, purpose: str) -> None:
    """She lets an office see the file."""
    office = str(walk.members[login].actor.organisation_id)
    consent = {"organisation_id": office, "purpose": purpose, "scope": "file", **day("until", 60)}
    walk.be("sotsial").does(f"/cases/{ref}/consent/", **consent)


def advocate(walk: Walk, ref: str) -> None:
    """Asked for and taken back; asked for, appointed, taken, ended; a day in a village."""
    agreed(walk, ref, "advokat", "legal")
    page = f"/cases/{ref}/legal/"
    walk.does(f"{page}new/")
    first = LegalRequest.objects.get()
    walk.does(f"{page}{first.pk}/withdraw/")
    walk.does(f"{page}new/")
    request = LegalRequest.objects.exclude(pk=first.pk).get()
    walk.does(f"{page}{request.pk}/appoint/", advocate=str(walk.members["advokat"].actor.post_id))
    taken = {"accepted": "yes", **day("until", 30)}
    walk.be("advokat").does(f"{page}appointment/{Appointment.objects.get().pk}/", **taken)
    walk.get(f"{page}{request.pk}/")
    walk.does(f"{page}{request.pk}/result/")
    walk.get(page)
    walk.does("/legal/days/new/", **day("on"))
    figures = {f"topic_{name}": "0" for name in ("family", "children", "property", "benefits", "documents", "other")}
    walk.does(f"/legal/days/{ConsultationDay.objects.get().pk}/", **figures, topic_violence="3")


def psychologist(walk: Walk, ref: str) -> None:
    """On the list and off it; a session; a group that met."""
    page = f"/cases/{ref}/counselling/"
    walk.be("sotsial").does(f"{page}wait/", psychologist=str(walk.members["psiholog"].actor.post_id))
    walk.be("psiholog").does(f"{page}wait/{Waiting.objects.get().pk}/", how="elsewhere")
    walk.does(f"{page}session/", came="yes", minutes="50")
    walk.does("/counselling/groups/new/", seats="8", **day("since"))
    group = Group.objects.get()
    walk.does(f"{page}group/", group=str(group.pk))
    walk.does(f"/counselling/groups/{group.pk}/", minutes="60")


def parts(ref: str) -> dict[str, Any]:
    """Of the addresses, by their names: what the walk left."""
    psychological = Need.objects.get(case_ref=ref, code="psychological")
    sent = Referral.objects.get(organisation__isnull=False)
    return {
        "guide:change service_id": Service.objects.exclude(provider__organisation=None).get().pk,
        "need": psychological.pk,
        "referrals:refer service": Service.objects.get(provider__organisation=None).pk,
        "referral": sent.pk,
        "referrals:reply step": "accepted",
        "referrals:step step": "withdrawn",
        "goal": Goal.objects.get().pk,
        "action": Action.objects.get().pk,
        "support:void service": ServiceGiven.objects.get().pk,
        "aid": AidGiven.objects.get().pk,
        "without": Without.objects.get().pk,
        "request_id": Appointment.objects.get().request_id,
        "appointment": Appointment.objects.get().pk,
        "group": Group.objects.get().pk,
    }
