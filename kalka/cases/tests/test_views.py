from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kalka.cases import selectors, views
from kalka.cases.models import (
    Case,
    Consent,
    ConsentWithdrawn,
    Incident,
    Member,
    MemberLeft,
    Participant,
    Word,
)
from kalka.cases.rules import Part
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.people.models import PersonChange

pytestmark = pytest.mark.django_db
YESTERDAY = {"on_day": "22", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    return world


def ask(view, actor, *args, told=None, query="") -> HttpResponse:
    factory = RequestFactory()
    request = factory.get(f"/{query}") if told is None else factory.post("/", {"key": str(new_id())} | told)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        return view(request, *args)


def text(answer):
    return " ".join(unescape(answer.content.decode()).split())


def to_the_case(answer, case):
    return (answer.status_code, answer.headers.get("Location")) == (302, reverse("desk:case", args=[case.ref]))


# Opening and the list


def test_a_case_is_opened_from_a_report_with_whatever_is_known(world):
    report = make.reported(world.inspector, children="no", children_count=None)
    page = text(ask(views.open_report, world.inspector, report.pk))
    assert "Open a case" in page and 'name="hours"' in page
    told = {"sex": "f", "given": "Айгүл", "phone": "0555 12 12 34", "hours": ["morning"], "never": ["sms"]}
    answer = ask(views.open_report, world.inspector, report.pk, told=told)
    case = Case.objects.get(report=report)
    assert to_the_case(answer, case)
    (shown,) = selectors.identity(world.inspector, case.ref, now=NOW)
    assert (shown.person.name, shown.person.contact.phone, shown.person.contact.safe.never) == (
        "Айгүл",
        "+996555121234",
        ("sms",),
    )


def test_how_she_may_be_reached_is_taken_from_what_she_told_herself(world):
    told = {"phone": "+996555121234", "safe": "Кошунасы болуп"}
    for by_whom, shown in (("self", True), ("neighbour", False)):
        report = make.reported(world.inspector, by_whom=by_whom, **told)
        page = text(ask(views.open_report, world.inspector, report.pk))
        assert ("0555 12 12 34" in page and "Кошунасы болуп" in page) is shown


def test_a_case_may_be_opened_without_a_word_about_her(world):
    report = make.reported(world.inspector, children="no", children_count=None)
    ask(views.open_report, world.inspector, report.pk, told={})
    assert not Participant.objects.filter(case__report=report).exists()


def test_opening_a_report_twice_says_so_and_loses_nothing(world):
    answer = ask(views.open_report, world.inspector, world.case.report_id, told={"given": "Айгүл"})
    assert answer.status_code == 409
    assert "This report already has a case." in text(answer) and 'value="Айгүл"' in text(answer)


def test_a_report_that_is_not_seen_cannot_be_opened(world):
    with pytest.raises(AccessDenied):
        ask(views.open_report, world.stranger, world.case.report_id)


def test_the_list_shows_codes_and_no_name(world):
    page = text(ask(views.listing, world.inspector))
    assert show_ref(world.case.ref) in page and "1 case" in page and "22 November" not in page
    assert "Токтосунова" not in page
    assert "No case here" in text(ask(views.listing, world.inspector, query="?state=closed"))


def test_the_page_of_the_list_asks_as_little_for_many_cases(world):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(views.listing, world.inspector)
        return len(queries)

    asked()
    few = asked()
    for _ in range(3):
        make.opened(world)
    assert asked() == few


@pytest.mark.parametrize("query", ["?state=nonsense&after=x", "?after=99999999999999999999", "?after=-1", "?after=٣"])
def test_a_mistyped_address_shows_the_list_from_its_beginning(world, query):
    assert show_ref(world.case.ref) in text(ask(views.listing, world.inspector, query=query))


# People


def test_a_person_takes_a_part(world):
    told = {"part": "alleged", "relation": "spouse", "family": "Токтосунов", "sex": "m"}
    assert to_the_case(ask(views.person, world.inspector, world.case.ref, told=told), world.case)
    kept = Participant.objects.get(part=Part.ALLEGED)
    assert (kept.case_id, kept.relation) == (world.case.pk, "spouse")


def test_a_second_protected_person_is_refused_at_the_field(world):
    answer = ask(views.person, world.inspector, world.case.ref, told={"part": "protected", "given": "Нуржан"})
    assert answer.status_code == 200
    assert "A case protects one person" in text(answer) and 'value="Нуржан"' in text(answer)


def test_somebody_in_the_case_takes_another_part(world):
    guardian = make.add(world.inspector, world.case, make.MAN, Part.GUARDIAN)
    told = {"part": "alleged", "who": str(guardian.person_id)}
    assert to_the_case(ask(views.person, world.inspector, world.case.ref, told=told), world.case)
    assert set(Participant.objects.filter(person=guardian.person_id).values_list("part", flat=True)) == {
        "guardian",
        "alleged",
    }


def test_what_is_known_is_corrected_and_what_is_not_asked_stays(world):
    her = make.protected_of(world.case)
    page = text(ask(views.correct, world.inspector, world.case.ref, her))
    assert 'value="Гүлнара"' in page
    told = {"corrects": "0", "given": "Гүлнара", "family": "Асанова", "sex": "f", "birth_year": "1990"}
    assert to_the_case(ask(views.correct, world.inspector, world.case.ref, her, told=told), world.case)
    assert PersonChange.objects.get().person_id == her
    (shown,) = selectors.identity(world.inspector, world.case.ref, now=NOW)
    assert (shown.person.name, shown.person.birth_year) == ("Асанова Гүлнара", 1990)


def test_nobody_of_another_case_is_corrected_here(world):
    with pytest.raises(AccessDenied):
        ask(views.correct, world.inspector, world.case.ref, make.protected_of(make.opened(world)))


def test_who_they_are_is_shown_on_asking(world):
    page = text(ask(views.identity, world.inspector, world.case.ref, told={}))
    assert "Токтосунова Гүлнара" in page and make.WOMAN.contact.phone in page and "Only a woman" in page
    assert AuditEntry.objects.order_by("id").last().command == "cases.identity"


# What happened


def test_an_incident_is_saved(world):
    told = YESTERDAY | {"forms_": ["physical"], "what": "Урду.", "physical": "yes", "unnamed_children": "1"}
    assert to_the_case(ask(views.incident, world.inspector, world.case.ref, told=told), world.case)
    kept = Incident.objects.get(case=world.case, forms="physical")
    assert (kept.on.isoformat(), kept.precision, kept.gbvims, kept.certain) == (
        "2026-11-22",
        "day",
        "physical_assault",
        False,
    )
    assert Participant.objects.filter(case=world.case, part=Part.CHILD).count() == 1


def test_the_year_alone_will_do(world):
    told = {"on_year": "2024", "what": "Коркутту."}
    assert to_the_case(ask(views.incident, world.inspector, world.case.ref, told=told), world.case)
    kept = Incident.objects.get(precision="year")
    assert kept.on.isoformat() == "2024-01-01"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on_year": "2027"}, "cannot be in the future"),
        ({"on_day": "31"}, "no such day"),
        ({"on_year": "2024", "forms_": ["stalking"]}, "does not list this form of violence"),
        ({"what": "", "forms_": []}, "Say what happened"),
        ({"unnamed_children": "900"}, "Write a number from 0 to 30"),
    ],
)
def test_a_bad_incident_is_explained_and_nothing_is_lost(world, change, words):
    before = Incident.objects.count()
    told = YESTERDAY | {"what": "Урду.", "where": "Короодо"} | change
    answer = ask(views.incident, world.inspector, world.case.ref, told=told)
    assert answer.status_code == 200 and words in text(answer) and "Короодо" in text(answer)
    assert Incident.objects.count() == before


def test_a_word_is_written_down(world):
    told = YESTERDAY | {"kind": "reconciliation", "told": "Элдешти."}
    page = text(ask(views.word, world.inspector, world.case.ref))
    assert "It changes nothing" in page
    assert to_the_case(ask(views.word, world.inspector, world.case.ref, told=told), world.case)
    assert Word.objects.get().kind == "reconciliation"


# Consent and team


def test_a_consent_is_given_and_taken_back(world):
    told = {
        "given_by": str(make.protected_of(world.case)),
        "organisation_id": str(world.centre.pk),
        "purpose": "shelter",
        "scope": "file",
        "until_day": "1",
        "until_month": "3",
        "until_year": "2027",
    }
    assert to_the_case(ask(views.consent, world.inspector, world.case.ref, told=told), world.case)
    consent = Consent.objects.get()
    assert text(ask(views.withdraw_consent, world.inspector, world.case.ref, consent.pk))
    answer = ask(views.withdraw_consent, world.inspector, world.case.ref, consent.pk, told={})
    assert to_the_case(answer, world.case) and ConsentWithdrawn.objects.get().consent_id == consent.pk


def test_a_post_joins_and_leaves_the_team(world):
    told = {"post_id": str(world.psychologist.post_id), "scope": "file"}
    assert to_the_case(ask(views.team, world.inspector, world.case.ref, told=told), world.case)
    member = Member.objects.get(holder=world.psychologist.post_id)
    answer = ask(views.leave_team, world.inspector, world.case.ref, member.pk, told={})
    assert to_the_case(answer, world.case) and MemberLeft.objects.get().member_id == member.pk


def test_whoever_leaves_the_team_goes_back_to_the_list(world):
    make.join(world.inspector, world.case, world.worker)
    own = Member.objects.get(holder=world.inspector.post_id)
    answer = ask(views.leave_team, world.inspector, world.case.ref, own.pk, told={})
    assert answer["Location"] == reverse("cases:list")


PAGES = [views.person, views.identity, views.incident, views.consent, views.team, views.note, views.demand]


@pytest.mark.parametrize("view", [*PAGES, views.word, views.attach])
def test_what_is_not_seen_and_what_does_not_exist_are_the_same(world, view):
    for actor, ref in ((world.stranger, world.case.ref), (world.inspector, "0000000000")):
        with pytest.raises(AccessDenied) as refusal:
            ask(view, actor, ref)
        assert refusal.value.code == "cases.unknown"


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_speaks_every_language(world, view, language):
    actor = world.inspector
    request = RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, language
    with translation.override(language):
        assert view(request, world.case.ref).status_code == 200


def test_the_day_of_the_case_is_written_as_people_write_it(world):
    assert "23 November 2026" in text(ask(views.listing, world.inspector)), TODAY
