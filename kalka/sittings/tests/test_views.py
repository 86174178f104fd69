import io

import docx
import pytest
from django.test import RequestFactory
from pypdf import PdfReader

from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.sittings import services, views
from kalka.sittings.models import Carried, CaseDecision, Conflict, Item, Passed, Sitting, SittingEnd
from kalka.sittings.tests import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return made.world()


def ask(view, actor, *args, told=None, now=NOW, **query):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/", query)
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, "ky"
    return view(request, *args)


def keyed(**told):
    return {"key": str(new_id()), **told}


def day(name, at):
    return {f"{name}_day": str(at.day), f"{name}_month": str(at.month), f"{name}_year": str(at.year)}


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def held(world):
    """One decision about the family and one of the committee's own work, in a sitting that is over."""
    made.came(world)
    case = made.put(world.secretary, world.sitting, ref=world.family.case_ref)
    own = made.put(world.secretary, world.sitting, topic="other", words="Айыл күнү")
    made.decided(world, case, "money", som=5000)
    made.decided(world, own, "meeting")
    services.end_sitting(world.secretary, id=new_id(), sitting_id=world.sitting, how="held", now=made.LATER)
    return case


def test_a_sitting_is_called_from_its_page(world):
    told = keyed(kind="planning", venue="school", at_time="14:00", **day("at", TODAY + 7 * made.DAY))

    answer = ask(views.new, world.secretary, told=told)

    row = Sitting.objects.exclude(pk=world.sitting).get()
    assert (answer.status_code, answer.url) == (302, f"/sittings/{row.pk}/")
    assert (row.kind, row.venue) == ("planning", "school")
    assert f"/sittings/{row.pk}/" in text(ask(views.listing, world.third))


def test_what_is_due_is_one_choice_and_her_word_is_asked_for(world):
    ref = world.family.case_ref
    shown = text(ask(views.put, world.secretary, world.sitting))
    assert show_ref(ref) in shown and 'name="agreed"' in shown

    refused = ask(views.put, world.secretary, world.sitting, told=keyed(what=ref))
    assert refused.status_code == 200 and not Item.objects.exists()
    assert ask(views.put, world.secretary, world.sitting, told=keyed(what=ref, agreed="on")).status_code == 302
    assert (
        ask(views.put, world.secretary, world.sitting, told=keyed(what="other", words="Айыл күнү")).status_code == 302
    )

    assert list(Item.objects.order_by("number").values_list("topic", "case_ref")) == [("first", ref), ("other", "")]


def test_who_came_is_ticked_by_name_and_members_see_no_names(world):
    shown = text(ask(views.roll, world.secretary, world.sitting))
    assert "Токтогул Осмонов" in shown

    told = keyed(came=[str(world.holdings[one.post_id]) for one in (world.secretary, world.third)])
    assert ask(views.roll, world.secretary, world.sitting, told=told).status_code == 302

    page = text(ask(views.sitting, world.third, world.sitting, now=made.LATER))
    assert "<b>2</b> / 4" in page and "Осмонов" not in page


def test_a_decision_is_written_and_what_nobody_decided_is_passed_over(world):
    made.came(world)
    case = made.put(world.secretary, world.sitting, ref=world.family.case_ref)
    own = made.put(world.secretary, world.sitting, topic="other")
    form = text(ask(views.decide, world.secretary, case.pk))
    assert 'name="words"' not in form and "Осмонов" in form

    told = keyed(measure="money", som="5 000", responsible=str(world.holdings[world.member.post_id]))
    assert ask(views.decide, world.secretary, case.pk, told=told | day("by", TODAY)).status_code == 302
    assert ask(views.decide, world.secretary, own.pk, told=keyed(then="pass")).status_code == 302

    row = CaseDecision.objects.get()
    assert (row.measure, row.som, row.by, Passed.objects.get().item) == ("money", 5000, TODAY, own)
    page = text(ask(views.sitting, world.secretary, world.sitting))
    assert "5 000" in page and f"/sittings/decisions/{row.pk}/" in page


def test_whoever_declared_a_conflict_finds_neither_the_item_nor_its_page(world):
    case = made.put(world.secretary, world.sitting, ref=world.family.case_ref)
    mine = str(world.holdings[world.third.post_id])

    assert ask(views.conflict, world.third, case.pk, told=keyed(holding=mine)).status_code == 302

    assert Conflict.objects.get().user_id == world.third.user_id
    assert show_ref(case.case_ref) not in text(ask(views.sitting, world.third, world.sitting, now=made.LATER))
    with pytest.raises(AccessDenied):
        ask(views.conflict, world.third, case.pk, now=made.LATER)
    form = text(ask(views.decide, world.secretary, case.pk))
    assert "Осмонов" in form and "Бекова" not in form


def test_the_minutes_hold_codes_measures_members_and_terms_in_both_languages(world):
    held(world)
    code = show_ref(world.family.case_ref)

    for lang, measure in (("ky", "Акчалай материалдык жардам"), ("ru", "Материальная помощь деньгами")):
        pdf = ask(views.minutes, world.secretary, world.sitting, "pdf", lang, now=made.LATER)
        printed = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
        file = ask(views.minutes, world.secretary, world.sitting, "docx", lang, now=made.LATER)
        opened = docx.Document(io.BytesIO(file.content))
        rows = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
        assert code in printed and measure in printed and "Черновик" in printed
        assert rows[1][1] == code and rows[1][2].startswith(measure) and len(rows) == 3
        for name in ("Осмонов", "Жээнбекова"):
            assert name not in printed and name not in str(rows)
        assert "minutes-" in file["Content-Disposition"]


def test_there_are_no_minutes_before_the_sitting_is_closed_nor_of_another_kind(world):
    early = ask(views.minutes, world.secretary, world.sitting, "pdf", "ky")
    assert early["Content-Type"].startswith("text/html")
    for kind, lang in (("txt", "ky"), ("pdf", "en")):
        with pytest.raises(AccessDenied):
            ask(views.minutes, world.secretary, world.sitting, kind, lang)


def test_a_sitting_is_closed_by_its_button(world):
    made.came(world)

    assert ask(views.sitting, world.secretary, world.sitting, told=keyed(how="held")).status_code == 302

    assert SittingEnd.objects.get().how == "held"
    assert "/minutes/pdf/ky/" in text(ask(views.sitting, world.secretary, world.sitting, now=made.LATER))


def test_whoever_answers_for_it_says_how_it_went_and_whose_money_it_was(world):
    held(world)
    row = CaseDecision.objects.get()
    told = keyed(how="done", budget="local", **day("on", TODAY))

    answer = ask(views.decision, world.member, row.pk, told=told, now=made.LATER)

    assert (answer.status_code, answer.url, Carried.objects.get().how) == (302, "/", "done")
    assert 'id="task"' not in text(ask(views.decision, world.member, row.pk, now=made.LATER))


def test_a_correction_stands_beside_the_minutes(world):
    held(world)
    row = CaseDecision.objects.get()
    told = keyed(change="term", **day("by", TODAY + 30 * made.DAY))

    assert ask(views.addendum, world.secretary, row.pk, told=told, now=made.LATER).status_code == 302

    page = text(ask(views.sitting, world.secretary, world.sitting, now=made.LATER))
    assert "Оңдоолор" in page or "Corrections" in page


def test_what_is_typed_wrong_is_said_at_its_field(world):
    made.came(world)
    case = made.put(world.secretary, world.sitting, ref=world.family.case_ref)

    for told in (
        {},
        {"measure": "money"},
        {"measure": "no", "responsible": "x"},
        {"measure": "talk", "responsible": "1"},
    ):
        answer = ask(views.decide, world.secretary, case.pk, told=keyed(**told))
        assert answer.status_code == 200 and not CaseDecision.objects.exists()
    answer = ask(
        views.put, world.secretary, world.sitting, told=keyed(what="code", case_ref="XXXXX-XXXXX", topic="fact")
    )
    assert answer.status_code == 200
