from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from kalka.accounts import drafts
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.intake import selectors, views
from kalka.intake.models import Correction, Report, ReporterOpened, ReporterRead, Triage
from kalka.intake.tests.factories import AIMAK, FAR, HOUR, NOW, TODAY, TOLD, VILLAGE, post, received, village
from kalka.ui.forms import SWITCH

pytestmark = pytest.mark.django_db

TYPED = {
    "danger": "no",
    "needs": ["interpreter", "escort"],
    "language": "өзбекче",
    "what": "Кечинде үйүнөн кыйкырык угулду.",
    "when": "yesterday",
    "by_whom": "neighbour",
    "reporter_name": "Салтанат Эсенова",
    "reporter_phone": "0700 11 22 33",
    "children": "yes",
    "children_count": "2",
    "place": VILLAGE,
    "where": "Дүкөндүн жаны",
    "phone": "",
    "safe": "",
    "told_on_day": "23",
    "told_on_month": "11",
    "told_on_year": "2026",
    "way": "visit",
}


def ask(view: Any, actor: Actor, *args: Any, told: dict[str, Any] | None = None, query: str = "") -> HttpResponse:
    factory = RequestFactory()
    request = factory.get(f"/{query}") if told is None else factory.post(f"/{query}", told)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        return view(request, *args)


def text(answer: HttpResponse) -> str:
    """As a reader sees it: one space is one space."""
    return " ".join(unescape(answer.content.decode()).split())


def typed(**said: Any) -> dict[str, Any]:
    return {**TYPED, "key": str(new_id()), **said}


def test_the_form_asks_for_danger_first_and_then_what_is_needed_to_talk() -> None:
    page = text(ask(views.new, village().secretary))
    order = [page.index(f'name="{name}"') for name in ("danger", "needs", "what", "when", "by_whom", "children")]
    assert order == sorted(order)
    assert page.index('href="tel:102"') < page.index('name="needs"')
    assert f'data-draft="{reverse("intake:draft")}"' in page
    assert 'value="committee" selected' in page


def test_a_report_is_saved_and_shown() -> None:
    here = village()
    told = typed()
    answer = ask(views.new, here.secretary, told=told)
    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("intake:report", args=[report.pk]))
    assert str(report.pk) == told["key"]
    assert (report.place, report.way, report.by_whom, report.firsthand) == (AIMAK, "visit", "neighbour", "unknown")
    page = text(ask(views.report, here.secretary, report.pk))
    for shown in (TYPED["what"], "22 November 2026", "өзбекче", "An interpreter", "Дүкөндүн жаны", "Yes, 2"):
        assert shown in page
    for hidden in ("Салтанат", "700112233", "neighbour", "Neighbour"):
        assert hidden not in page


def test_sent_twice_it_is_one_report() -> None:
    here = village()
    told = typed()
    answers = {ask(views.new, here.secretary, told=told)["Location"] for _ in range(2)}
    assert len(answers) == 1 and Report.objects.count() == 1


def test_the_fewest_answers_make_a_report() -> None:
    here = village()
    few = {"key": str(new_id()), "danger": "screams_now", "way": "walk_in"}
    few |= {f"told_on_{part}": TYPED[f"told_on_{part}"] for part in ("day", "month", "year")}
    assert ask(views.new, here.secretary, told=few).status_code == 302
    report = Report.objects.get()
    assert (report.by_whom, report.children, report.firsthand, report.danger) == (
        "other",
        "unknown",
        "yes",
        "screams_now",
    )


@pytest.mark.parametrize(
    ("said", "anchor", "words"),
    [
        ({"danger": ""}, "id_danger_0", "Say whether somebody is in danger now, or that you are not sure"),
        ({"danger": "perhaps"}, "id_danger_0", "Choose one of these"),
        ({"what": ""}, "id_what", "Write in a few words what was told."),
        ({"what": "a" * 20_001}, "id_what", "Shorten this by 1 character: it holds 20000"),
        ({"what": "a\x00b"}, "id_what", "invisible character"),
        ({"told_on_year": "2027"}, "id_told_on_day", "The day cannot be in the future"),
        ({"told_on_year": "1929"}, "id_told_on_day", "The year is before 1930. Check it."),
        ({"told_on_day": "31", "told_on_month": "2"}, "id_told_on_day", "There is no such day in that month"),
        ({"when": "other", "happened_year": "1911"}, "id_happened_day", "The year is before 1930"),
        ({"children_count": "0"}, "id_children_count", "Write a number from 1 to 30"),
        ({"reporter_phone": "12"}, "id_reporter_phone", "Check the number"),
        ({"place": "99999999999999"}, "id_place", "Choose a place from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    said: dict[str, str], anchor: str, words: str
) -> None:
    here = village()
    told = typed(**said)
    answer = ask(views.new, here.secretary, told=told)
    page = text(answer)
    assert answer.status_code == 200
    assert f'href="#{anchor}"' in page and words in page
    assert TYPED["where"] in page and told["key"] in page
    assert not Report.objects.exists()


def test_with_the_switch_of_language_it_is_shown_and_not_judged() -> None:
    page = text(ask(views.new, village().secretary, told=typed(danger="", **{SWITCH: "ru"})))
    assert TYPED["what"] in page and "data-errors" not in page
    assert not Report.objects.exists()


def test_anothers_number_answers_like_nothing() -> None:
    here = village()
    told = typed()
    ask(views.new, here.secretary, told=told)
    with pytest.raises(AccessDenied):
        ask(views.new, here.worker, told=told)
    assert Report.objects.count() == 1


def test_a_draft_is_kept_offered_to_its_writer_alone_and_shown_again() -> None:
    here = village()
    told = typed(what="Жарым сөз", danger="")
    answer = ask(views.draft, here.secretary, told=told)
    assert (answer.status_code, text(answer)) == (200, "Saved, 08:40")
    offered = text(ask(views.new, here.secretary))
    assert f"?draft={told['key']}" in offered and "Жарым сөз" not in offered
    again = text(ask(views.new, here.secretary, query=f"?draft={told['key']}"))
    assert "Жарым сөз" in again and told["key"] in again and "data-errors" not in again
    for query in ("", f"?draft={told['key']}"):
        page = text(ask(views.new, here.worker, query=query))
        assert "Жарым сөз" not in page and f'value="{told["key"]}"' not in page
    with pytest.raises(AccessDenied):
        ask(views.draft, here.worker, told=told)


def test_a_draft_is_gone_on_sending_and_when_thrown_away() -> None:
    here = village()
    told = typed()
    ask(views.draft, here.secretary, told=told)
    ask(views.new, here.secretary, told=told)
    assert drafts.latest_draft(here.secretary, kind=views.DRAFT, now=NOW) is None
    other = typed()
    ask(views.draft, here.secretary, told=other)
    answer = ask(views.draft, here.secretary, told={"key": other["key"], "discard": "yes"})
    assert answer["Location"] == reverse("intake:new")
    assert drafts.latest_draft(here.secretary, kind=views.DRAFT, now=NOW) is None


@pytest.mark.parametrize("key", ["", "no-number", "1" * 500])
def test_a_draft_without_a_number_is_refused(key: str) -> None:
    assert ask(views.draft, village().secretary, told={"key": key, "what": "а"}).status_code == 400


def test_a_late_report_shows_both_days() -> None:
    here = village()
    report = received(here.secretary, told_on=TODAY - timedelta(days=4))
    page = text(ask(views.report, here.secretary, report.pk))
    assert "Told on 19 November 2026, written down today, 08:40." in page


def test_the_list_has_its_states_and_its_pages() -> None:
    here = village()
    for _ in range(51):
        report = received(here.secretary)
    page = text(ask(views.listing, here.secretary))
    assert page.count("<tr>") == 51
    assert "state=mine&after=" in page
    page = text(ask(views.listing, here.worker, query="?state=to_triage"))
    assert str(report.pk) in page
    assert "No reports here" in text(ask(views.listing, here.foreign, query="?state=nonsense&after=nonsense"))
    assert TOLD.what not in page


def test_a_correction_is_written_on_its_own_page() -> None:
    here = village()
    report = received(here.secretary)
    answer = ask(views.correct, here.secretary, report.pk, told={"key": str(new_id()), "text": "Үч бала"})
    assert answer["Location"] == reverse("intake:report", args=[report.pk])
    assert "Үч бала" in text(ask(views.report, here.worker, report.pk))
    empty = ask(views.correct, here.secretary, report.pk, told={"key": str(new_id()), "text": "  "})
    assert empty.status_code == 200 and "data-errors" in text(empty)
    assert Correction.objects.count() == 1


def test_whoever_looks_at_it_opens_a_case_or_says_what_else() -> None:
    here = village()
    report = received(here.secretary)
    page = text(ask(views.triage, here.worker, report.pk))
    assert TOLD.what in page
    told = {"key": str(new_id()), "outcome": "no_case", "reason": "Чатак эмес экен"}
    answer = ask(views.triage, here.worker, report.pk, told=told)
    assert answer["Location"] == f"{reverse('intake:list')}?state=to_triage"
    assert Triage.objects.get().outcome == "no_case"
    page = text(ask(views.triage, here.worker, report.pk))
    assert "has been said already" in page and 'name="outcome"' not in page


def test_passing_on_names_a_post_that_exists() -> None:
    here = village()
    report = received(here.secretary)
    told = {"key": str(new_id()), "outcome": "passed_on", "reason": "Ал жакта", "to_role": "crisis_worker"}
    refused = ask(views.triage, here.worker, report.pk, told=told)
    assert "There is no such post for this territory" in text(refused)
    assert not Triage.objects.exists()
    told["to_role"] = "police_inspector"
    assert ask(views.triage, here.worker, report.pk, told=told).status_code == 302
    assert Triage.objects.get().to_post == here.inspector.post_id


def test_who_reported_is_shown_in_the_answer_to_a_reason_and_never_again() -> None:
    here = village()
    report = received(here.secretary)
    asked = text(ask(views.reporter, here.worker, report.pk))
    assert TOLD.reporter_name not in asked
    told = {"key": str(new_id()), "reason": "Сот күбөнү чакырганы жатат"}
    assert TOLD.reporter_name in text(ask(views.reporter, here.worker, report.pk, told=told))
    again = text(ask(views.reporter, here.worker, report.pk, told=told))
    assert TOLD.reporter_name not in again and "It was shown once already." in again
    short = text(ask(views.reporter, here.worker, report.pk, told={"key": str(new_id()), "reason": "керек"}))
    assert "at least 20 letters" in short and TOLD.reporter_name not in short
    assert (ReporterOpened.objects.count(), ReporterRead.objects.count()) == (1, 1)


def test_a_report_one_may_not_see_is_not_there() -> None:
    here = village()
    report = received(here.secretary)
    for view in (views.report, views.correct, views.triage, views.reporter):
        with pytest.raises(AccessDenied):
            ask(view, here.foreign, report.pk)
    assert not AuditEntry.objects.filter(kind="read", actor_id=here.foreign.user_id, count__gt=0).exists()


def test_the_page_asks_as_often_with_one_correction_as_with_twenty() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kalka.intake import services

    here = village()
    report = received(here.secretary)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            ask(views.report, here.worker, report.pk)
        return len(seen)

    def correct(times: int) -> None:
        for _ in range(times):
            services.correct_report(here.secretary, id=new_id(), report_id=report.pk, text="а", now=NOW + HOUR)

    correct(1)
    one = asked()
    correct(19)
    assert asked() == one


def test_the_page_of_a_far_post_offers_its_own_places() -> None:
    here = village()
    page = text(ask(views.new, here.foreign))
    assert FAR in page and AIMAK not in page
    assert selectors.places_near(here.foreign)[0][0] in page
    assert 'value="walk_in" selected' in text(ask(views.new, post("social_worker", place=FAR)))
