import pytest
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.papers.tests.factories import text
from kalka.proceedings import views
from kalka.proceedings.models import (
    Custody,
    Proceeding,
    ProceedingEnd,
    ProceedingStep,
    Release,
    ReleasePlan,
    WeaponCheck,
)
from kalka.proceedings.tests.factories import HOUR, NOW, ended, evaded, held, opened, planned, world

pytestmark = pytest.mark.django_db


def day(name: str, clock: str = "", on: str = "23-11-2026") -> dict[str, str]:
    dd, mm, yyyy = on.split("-")
    told = {f"{name}_day": dd, f"{name}_month": mm, f"{name}_year": yyyy}
    return told | ({f"{name}_time": clock} if clock else {})


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None, query=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/", query or {})
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def keyed(**told):
    return {"key": str(new_id()), **told}


def saved(view, actor, *args, told, table):
    before = table.objects.count()
    assert ask(view, actor, *args).status_code == 200
    answer = ask(view, actor, *args, told=told)
    return (answer.status_code, table.objects.count() - before) == (302, 1), answer


def test_from_the_report_to_the_judgement(at):
    told = keyed(
        person=str(at.man),
        ground="evasion_of_programme",
        sessions_set="8",
        sessions_missed="5",
        register="journal",
        number="1-234",
        told="Беш жолу келген жок",
        **day("warned_on"),
        **day("on"),
    )
    good, _answer = saved(views.new, at.inspector, at.case.ref, told=told, table=Proceeding)
    row = Proceeding.objects.get()
    assert good and (row.sessions_missed, row.article) == (5, "")
    step = keyed(stage="court", told="", **day("on"))
    assert saved(views.step, at.inspector, at.case.ref, row.pk, told=step, table=ProceedingStep)[0]
    end = keyed(
        seen="0", how="guilty", sentence="arrest", amount="14", told="", **day("on"), **day("arrested_at", "08:00")
    )
    assert saved(views.end, at.inspector, at.case.ref, row.pk, told=end, table=ProceedingEnd)[0]
    page = ask(views.proceeding, at.inspector, at.case.ref, row.pk).content.decode()
    assert "1-234" in page and "Беш жолу келген жок" in page and "5/8" in page
    whole = ask(views.case, at.worker, at.case.ref).content.decode()
    assert "1-234" not in whole and str(row.pk) in whole
    assert Custody.objects.get().end == ProceedingEnd.objects.get()


def test_what_a_ground_does_not_ask_for_is_not_kept_and_what_it_asks_has_its_message_beside(at):
    told = keyed(person=str(at.man), ground="offence", sessions_set="8", article="", told="", **day("on"))
    assert saved(views.new, at.inspector, at.case.ref, told=told, table=Proceeding)[0]
    assert Proceeding.objects.get().sessions_set is None
    bad = keyed(person=str(at.man), ground="refusal_of_bans", told="Үйгө кирди", **day("on"))
    page = ask(views.new, at.inspector, at.case.ref, told=bad).content.decode()
    assert "field--bad" in page and "Үйгө кирди" in page
    assert Proceeding.objects.count() == 1


def test_somebody_is_held_and_free_again(at):
    told = keyed(person=str(at.man), kind="detention", keeper="police", **day("begun_at", "07:00"))
    assert saved(views.hold, at.inspector, at.case.ref, told=told, table=Custody)[0]
    row = Custody.objects.get()
    empty = ask(views.release, at.inspector, row.pk, told=keyed(seen="0", what="planned"))
    assert empty.status_code == 200 and "field--bad" in empty.content.decode()
    plan = keyed(seen="0", what="planned", **day("until", "09:30", "25-11-2026"))
    assert saved(views.release, at.inspector, row.pk, told=plan, table=ReleasePlan)[0]
    free = keyed(seen="1", what="free", how="decided", **day("at", "08:00"))
    assert saved(views.release, at.inspector, row.pk, told=free, table=Release)[0]
    assert Release.objects.get().unforeseen


def test_the_penitentiary_goes_back_to_its_own_work(at):
    row = held(at, kind="sentence", keeper="penitentiary")
    page = ask(views.release, at.warden, row.pk).content.decode()
    assert "Токтосунов Эркин" in page and "Токтосунова" not in page
    plan = keyed(seen="0", what="planned", **day("until", "09:30", "25-12-2026"))
    good, answer = saved(views.release, at.warden, row.pk, told=plan, table=ReleasePlan)
    assert good and answer["Location"] == "/"
    stale = ask(
        views.release, at.warden, row.pk, told=keyed(seen="0", what="planned", **day("until", "9", "1-12-2026"))
    )
    assert stale.status_code == 409


def test_weapons(at):
    told = keyed(person=str(at.man), what="taken", told="Мылтык", **day("on"))
    assert saved(views.weapon, at.inspector, at.case.ref, told=told, table=WeaponCheck)[0]
    assert "Мылтык" not in ask(views.case, at.inspector, at.case.ref).content.decode()


def test_the_prosecutor_sees_what_was_refused_and_why_without_a_name(at):
    opened(at)
    ended(at, evaded(at), how="refused", reason="withdrawn", sentence="", amount=None)
    page = ask(views.listing, at.prosecutor).content.decode()
    assert page.count("<tr>") == 3
    only = ask(views.listing, at.prosecutor, query={"ended": "refused"}).content.decode()
    assert only.count("<tr>") == 2
    assert "Арыз кайтарып алынды же жарашып кетишти" in only and "/cases/" not in only
    assert ask(views.listing, at.stranger).content.decode().count("<tr>") == 0
    with pytest.raises(AccessDenied):
        ask(views.case, at.prosecutor, at.case.ref)


def test_a_late_release_is_seen_on_the_page(at):
    row = held(at, until=NOW + HOUR)
    request = RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = at.worker, NOW + 2 * HOUR, "ky"
    page = views.case(request, at.case.ref).content.decode()
    assert "бошотулганы жазыла элек" in page and f"/custody/{row.pk}/" not in page, "the social worker only reads it"


def test_a_paper_is_given_without_a_name_in_its_name(at):
    row = evaded(at)
    answer = ask(views.paper, at.inspector, at.case.ref, row.pk, "ky")
    assert answer["Content-Disposition"] == 'attachment; filename="report-ky.pdf"'
    assert "Токтосунов Эркин" in text(answer.content)
    for args in ((row.pk, "en"), (opened(at).pk, "ky")):
        with pytest.raises(AccessDenied):
            ask(views.paper, at.inspector, at.case.ref, *args)


def test_a_page_of_another_case_is_not_found(at):
    row = held(at)
    planned(at, row, NOW + HOUR)
    for do in (
        lambda: ask(views.case, at.stranger, at.case.ref),
        lambda: ask(views.new, at.stranger, at.case.ref),
        lambda: ask(views.release, at.stranger, row.pk),
        lambda: ask(views.proceeding, at.inspector, at.case.ref, new_id()),
    ):
        with pytest.raises(AccessDenied):
            do()
