from dataclasses import replace

import pytest
from django.test import RequestFactory

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW
from kalka.complaints import documents, selectors, services, views
from kalka.complaints.models import Addressee, Paper, PaperAnswer
from kalka.complaints.rules import NewOutcome, NewPaper
from kalka.complaints.tests.factories import DAY, HOUR, MINUTE, WORDS, called, replied, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.refs import new_id
from kalka.duties import passing
from kalka.duties.models import Duty
from kalka.duties.rules import How
from kalka.notices.models import Notice
from kalka.papers.tests.factories import everything, text

pytestmark = [pytest.mark.django_db, pytest.mark.both]
WATCHED = (Paper, Addressee, PaperAnswer, Duty, Notice)
TODAY = NOW.date()


@pytest.fixture
def at():
    made = world()
    made.prosecutor = cases.post("prosecutor", place=cases.RAION)
    return made


def filed(at, *, now=NOW, id=None, by=None, **told):
    given = {"kind": "inaction", "ground": "call", "on": TODAY, "told": WORDS, **told}
    by = by or at.worker
    return services.file_paper(by, id=id or new_id(), case_ref=at.case.ref, told=NewPaper(**given), now=now)


def answered(actor, paper, part, *, now=NOW + DAY, id=None, **told):
    row = Addressee.objects.get(paper=paper, part=part)
    new = NewOutcome(**{"how": "granted", "on": now.date(), **told})
    id = id or new_id()
    return services.answer_paper(actor, id=id, case_ref=paper.case_ref, addressee_id=row.pk, told=new, now=now)


def refusal(do):
    before = [model.objects.count() for model in WATCHED]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in WATCHED] == before
    return refused.value


def clocks(at, kind="paper.answer"):
    standing = Duty.objects.standing().filter(subject_id=at.case.subject_id, kind=kind)
    return {one.assignee_id: one.due_at for one in standing}


def test_a_complaint_goes_to_the_superior_with_a_clock_and_to_the_prosecutor_who_sets_the_own_one(at):
    paper = filed(at, against=at.inspector.post_id)
    assert clocks(at) == {at.officer.post_id: NOW + 72 * HOUR, at.prosecutor.post_id: None}
    told = Notice.objects.filter(kind="paper_came").values_list("to_post_id", flat=True)
    assert set(told) == {at.officer.post_id, at.prosecutor.post_id}
    assert WORDS.encode() not in bytes(Paper.objects.get().told.blob)
    page = selectors.paper_page(at.officer, at.case.ref, paper.pk, now=NOW)
    assert (page.told, page.whole, page.against != "") == (WORDS, True, True)
    assert page.own == Addressee.objects.get(paper=paper, part="superior").pk


def test_a_prosecutor_sees_codes_and_times_and_no_word_of_the_file(at):
    call = called(at.worker, at.case, told=WORDS)
    replied(at.inspector, call, now=NOW + HOUR, at=NOW + MINUTE)
    paper = filed(at, now=NOW + HOUR)
    page = selectors.paper_page(at.prosecutor, at.case.ref, paper.pk, now=NOW + HOUR)
    assert (page.told, page.whole, WORDS in repr(page)) == ("", False, False)
    assert [(one.at, one.what, one.answered_at) for one in page.calls] == [(NOW, "contact", NOW + HOUR)]
    assert not access.sees(at.prosecutor, at.case.subject_id, now=NOW + HOUR)
    assert access.sees(at.prosecutor, at.case.subject_id, now=NOW + HOUR, scope=Scope.ORDERS)
    answer = answered(at.prosecutor, paper, "prosecutor", how="refused", told=WORDS)
    keys = access.unlock(at.worker, [at.case.subject_id], what="test", now=NOW + DAY)
    assert keys.get(answer, "told") == WORDS
    with pytest.raises(AccessDenied):
        documents.paper(at.prosecutor, at.case.ref, paper.pk, lang="ky", now=NOW + DAY)


def test_whoever_a_complaint_is_about_finds_no_trace_of_it(at):
    paper = filed(at, against=at.inspector.post_id)
    with pytest.raises(AccessDenied):
        selectors.paper_page(at.inspector, at.case.ref, paper.pk, now=NOW)
    assert selectors.timeline(at.inspector, at.case.subject_id, now=NOW + DAY) == []
    assert selectors.open_work(at.inspector, at.case.subject_id, now=NOW) == ()
    assert at.inspector.post_id not in clocks(at)
    above = filed(at, against=at.officer.post_id, now=NOW + MINUTE)
    asked = Addressee.objects.filter(paper=above).values_list("part", "asked_id")
    assert list(asked) == [("prosecutor", at.prosecutor.post_id)], "nobody leads above: never to the one it is about"


def test_a_complaint_about_nobody_in_particular_is_open_to_those_asked_and_not_to_the_inspector_of_the_case(at):
    paper = filed(at)
    with pytest.raises(AccessDenied):
        selectors.paper_page(at.inspector, at.case.ref, paper.pk, now=NOW)
    answered(at.officer, paper, "superior")
    kinds = ["complaints.paper_inaction", "complaints.answer_granted"]
    shown = [
        [one.what for one in selectors.timeline(actor, at.case.subject_id, now=NOW + DAY)]
        for actor in (at.inspector, at.officer, at.worker)
    ]
    assert shown == [[], kinds, kinds]
    leader = replace(at.inspector, leads=True)
    assert selectors.paper_page(leader, at.case.ref, paper.pk, now=NOW).told == WORDS, "leads where it was asked"


def test_whoever_has_the_duty_to_answer_opens_the_complaint(at):
    paper = filed(at)
    asked = Duty.objects.get(kind="paper.answer", assignee=at.officer.post_id)
    cases.in_a_command(lambda: passing.move(SYSTEM, asked, at.inspector.post_id, How.MOVED, now=NOW))
    assert selectors.paper_page(at.inspector, at.case.ref, paper.pk, now=NOW).told == WORDS


def test_an_extension_is_asked_of_the_police_before_the_order_ends(at):
    paper = filed(at, kind="extension", ground="", order=at.order)
    assert clocks(at) == dict.fromkeys((at.inspector.post_id, at.officer.post_id), NOW + 24 * HOUR)
    assert (paper.order_id, paper.ground, paper.against_id) == (at.order, "", None)
    late = filed(at, kind="extension", ground="", order=at.order, now=NOW + 30 * DAY, on=TODAY)
    end = Duty.objects.filter(kind="paper.answer", about__in=_abouts(late)).latest("due_at").due_at
    assert end < NOW + 30 * DAY + 24 * HOUR, "sooner than the end of the order"


def _abouts(paper):
    return [f"{paper.case_ref}/{one.pk}" for one in Addressee.objects.filter(paper=paper)]


def test_the_answer_ends_the_clock_and_she_is_to_be_told(at):
    paper = filed(at)
    row = answered(at.officer, paper, "superior", how="part", told=WORDS)
    assert answered(at.officer, paper, "superior", id=row.pk, how="part", told=WORDS) == row
    assert clocks(at) == {at.prosecutor.post_id: None}
    assert clocks(at, "paper.tell") == {at.worker.post_id: NOW + 2 * DAY}
    assert Notice.objects.get(kind="paper_answered").to_post_id == at.worker.post_id
    codes = [one.code for one in selectors.open_work(at.worker, at.case.subject_id, now=NOW)]
    assert codes == ["complaints.paper_open"]
    again = refusal(lambda: answered(at.officer, paper, "superior"))
    assert (type(again), again.code) == (Stale, "complaints.answered")
    answered(at.prosecutor, paper, "prosecutor")
    assert selectors.open_work(at.worker, at.case.subject_id, now=NOW) == ()


def test_what_is_not_whole_is_refused_at_its_field_and_nothing_is_sent(at):
    assert refusal(lambda: filed(at, ground="")).facts == {"field": "ground"}
    assert refusal(lambda: filed(at, kind="extension")).code == "complaints.which_order"
    assert refusal(lambda: filed(at, kind="appeal", order=new_id())).code == "complaints.which_order"
    assert refusal(lambda: filed(at, against=at.worker.post_id)).facts == {"field": "against"}
    assert refusal(lambda: filed(at, told=" ")).code == "complaints.nothing_told"
    assert refusal(lambda: filed(at, on=TODAY + DAY)).code == "complaints.day_to_come"
    paper = filed(at)
    assert refusal(lambda: answered(at.officer, paper, "superior", how="refused")).code == "complaints.reason_missing"
    before = refusal(lambda: answered(at.officer, paper, "superior", on=TODAY - DAY))
    assert before.code == "complaints.before_the_paper"
    assert refusal(lambda: answered(at.officer, paper, "prosecutor")).code == "complaints.not_asked"
    assert isinstance(refusal(lambda: filed(at, by=at.stranger)), AccessDenied)
    assert isinstance(refusal(lambda: answered(at.worker, paper, "superior")), AccessDenied)


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("kind", ["inaction", "extension", "appeal"])
def test_the_paper_carries_her_words_and_nobodys_name(at, kind, lang):
    more = {} if kind == "inaction" else {"ground": "", "order": at.order}
    paper = filed(at, kind=kind, told=f"{WORDS} ңөү ҢӨҮ", **more)
    pdf = documents.paper(at.worker, at.case.ref, paper.pk, lang=lang, now=NOW)
    shown = text(pdf)
    assert f"{WORDS} ңөү ҢӨҮ" in shown
    assert {"ky": "Каралама", "ru": "Черновик"}[lang] in shown
    for name in (cases.WOMAN.names[0].family, cases.WOMAN.names[0].given):
        assert name.encode() not in everything(pdf)


# Pages


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW + HOUR, "ky"
    return view(request, *args)


def filled(**more):
    return {"key": str(new_id()), "told": WORDS, "on_day": "23", "on_month": "11", "on_year": "2026", **more}


def test_a_paper_is_written_printed_and_answered_on_its_pages(at):
    assert ask(views.paper_new, at.worker, at.case.ref).status_code == 200
    bad = ask(views.paper_new, at.worker, at.case.ref, told=filled(kind="inaction"))
    assert (bad.status_code, Paper.objects.count(), WORDS in bad.content.decode()) == (200, 0, True)
    told = filled(kind="inaction", ground="visit", against=str(at.inspector.post_id))
    for _ in range(2):
        sent = ask(views.paper_new, at.worker, at.case.ref, told=told)
    paper = Paper.objects.get()
    assert sent.url == f"/cases/{at.case.ref}/paper/{paper.pk}/"
    pdf = ask(views.printed, at.worker, at.case.ref, paper.pk, "ky")
    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="paper-ky.pdf"',
    )
    asked = Addressee.objects.get(paper=paper, part="superior")
    shown = ask(views.paper, at.officer, at.case.ref, asked.pk).content.decode()
    assert WORDS in shown and f'action="/cases/{at.case.ref}/paper/{asked.pk}/"' in shown
    answer = filled(how="refused", told="")
    refused = ask(views.paper, at.officer, at.case.ref, asked.pk, told=answer)
    assert (refused.status_code, PaperAnswer.objects.count()) == (200, 0)
    for _ in range(2):
        assert ask(views.paper, at.officer, at.case.ref, asked.pk, told=answer | {"told": WORDS}).status_code == 302
    assert PaperAnswer.objects.count() == 1
    overseen = ask(views.paper, at.prosecutor, at.case.ref, paper.pk).content.decode()
    assert WORDS not in overseen
    with pytest.raises(AccessDenied):
        ask(views.paper, at.inspector, at.case.ref, paper.pk)
