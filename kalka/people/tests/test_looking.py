"""What a search is made for, how many there are in a day, and what is owed for one made in an emergency."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.duties import services as duty_services
from kalka.duties.tests.factories import NOW, acting, duty, give_file, subject, team, wall
from kalka.people import limits as dated
from kalka.people import services, spending
from kalka.people.limits import limits
from kalka.people.looking import Purpose, look
from kalka.people.models import SearchAnswer, SearchAsk, SearchDay, SearchMade, SearchReason
from kalka.people.rules import Name, NewPerson
from kalka.people.rules.purpose import Refusal, Spent, Why, refusal

both = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)
EMERGENCY = Purpose(Why.EMERGENCY)
BECAUSE = Purpose(Why.REASON, reason="Туугандары издеп келди")

counts = st.integers(0, 60)
spents = st.builds(Spent, counts, counts, counts, counts, st.booleans())


@given(st.sampled_from(Why), spents)
def test_a_late_reason_stops_every_search_and_nothing_else_stops_an_emergency_but_its_own_number(why, spent):
    said = refusal(why, spent)
    if spent.owed:
        assert said is Refusal.OWED
    elif why is Why.EMERGENCY:
        assert (said is Refusal.EMERGENCIES) == (spent.emergencies >= spent.most_emergencies)
    else:
        assert (said is Refusal.BUDGET) == (spent.left == 0)


@given(st.sampled_from(Why), spents, st.integers(0, 60))
def test_more_made_never_allows_what_was_refused(why, spent, more):
    later = replace(spent, made=spent.made + more, emergencies=spent.emergencies + more)
    assert refusal(why, spent) is None or refusal(why, later) is not None


def test_the_numbers_are_data_of_the_day():
    first, last = date(2020, 1, 1), date(2036, 1, 1)
    assert limits(first) == limits(date(2026, 1, 1))
    assert limits(last).searches >= limits(last).emergencies > 0


def test_two_limits_of_one_day_or_one_that_shuts_everybody_out_are_refused(tmp_path, monkeypatch):
    line = "{{from: 2026-01-01, searches_a_day: {}, raised_by: 1, emergencies_a_day: 1, reason_within_hours: 1}}"
    for text in (f"limits: [{line.format(1)}, {line.format(2)}]", f"limits: [{line.format(-1)}]", "limits: []"):
        file = tmp_path / "searches.yaml"
        file.write_text(text)
        monkeypatch.setattr(dated, "FILE", file)
        dated._all.cache_clear()
        with pytest.raises(DomainError):
            dated.limits(date(2026, 1, 1))
    monkeypatch.undo()
    dated._all.cache_clear()


class TestLooking:
    pytestmark = both

    @pytest.fixture
    def office(self):
        return team()

    @pytest.fixture
    def who(self, office):
        return acting(office.inspector, P.SEARCH, P.CASE_WORK)

    @pytest.fixture
    def few(self, monkeypatch):
        """Three a day, two more when raised, one emergency."""
        numbers = dated.Limits(date(2020, 1, 1), 3, 2, 1, timedelta(hours=24))
        monkeypatch.setattr(dated, "_all", lambda: (numbers,))

    @pytest.fixture
    def file(self, office, who):
        """A file of the office with one person in it."""
        made = subject()
        give_file(made, office.inspector)
        told = NewPerson(names=(Name("Төлөгөнова", "Айсулуу"),))
        services.add_person(who, id=new_id(), subject_id=made, told=told, now=NOW)
        return made

    def entries(self, command: str) -> list[AuditEntry]:
        return list(AuditEntry.objects.filter(command=command).order_by("id"))

    def test_from_a_case_the_case_is_the_purpose(self, who, file):
        looked = look(who, "төлөгөнова", Purpose(Why.CASE, subject_id=file), now=NOW)
        assert [hit.subject_id for hit in looked.found] == [file]
        made = SearchMade.objects.get(pk=looked.search_id)
        assert (made.why, made.file, made.duty, made.refusal) == ("case", file, None, "")
        (entry,) = self.entries("people.search_from_case")
        assert (entry.subject_id, entry.object_id, entry.actor_id) == (file, str(made.pk), who.user_id)

    def test_from_a_duty_the_duty_is_the_purpose_until_it_ends(self, office, who, file):
        due = duty(office.inspector, "notice.social_service", subject_id=file)
        look(who, "төлөгөнова", Purpose(Why.DUTY, duty_id=due.pk), now=NOW)
        assert SearchMade.objects.get().duty == due.pk
        assert self.entries("people.search_from_duty")[0].subject_id == file
        duty_services.finish_duty(who, id=new_id(), duty_id=due.pk, now=NOW)
        with pytest.raises(DomainError, match="people.duty_ended"):
            look(who, "төлөгөнова", Purpose(Why.DUTY, duty_id=due.pk), now=NOW)

    def test_a_case_or_duty_one_may_not_know_of_is_no_purpose(self, office, who):
        foreign, theirs = subject(), duty(team().inspector)
        walled = subject()
        give_file(walled, office.inspector)
        wall(walled, who.user_id)
        for purpose in (
            Purpose(Why.CASE, subject_id=foreign),
            Purpose(Why.CASE, subject_id=walled),
            Purpose(Why.DUTY, duty_id=theirs.pk),
            Purpose(Why.DUTY, duty_id=new_id()),
        ):
            with pytest.raises(AccessDenied):
                look(who, "төлөгөнова", purpose, now=NOW)
        assert not SearchMade.objects.exists()

    def test_without_either_a_reason_is_written_which_whoever_leads_can_read(self, office, who):
        for empty in ("", "  \n"):
            with pytest.raises(DomainError, match="people.search_reason_missing"):
                look(who, "төлөгөнова", Purpose(Why.REASON, reason=empty), now=NOW)
        look(who, "төлөгөнова", BECAUSE, now=NOW)
        lead = acting(office.lead, P.SEARCH)
        (line,) = spending.searches_of_mine(lead, now=NOW)
        assert (line.post.id, line.why, line.owed, line.reason) == (
            office.inspector.pk,
            Why.REASON,
            False,
            BECAUSE.reason,
        )
        assert AuditEntry.objects.latest("id").command == "people.search_reasons"

    def test_the_words_looked_for_are_kept_nowhere(self, who, file):
        look(who, "Төлөгөнова", Purpose(Why.CASE, subject_id=file), now=NOW)
        look(who, "Төлөгөнова", BECAUSE, now=NOW)
        kept = [str(row) for model in (SearchMade, AuditEntry) for row in model.objects.values()]
        assert not any("өлөгөн" in one.lower() for one in kept)

    def test_only_whoever_leads_reads_what_the_office_searched_for_and_everybody_their_own(self, office, who):
        look(who, "төлөгөнова", BECAUSE, now=NOW)
        assert [line.reason for line in spending.searches_of_mine(who, now=NOW)] == [BECAUSE.reason]
        for other in (acting(office.colleague, P.SEARCH), acting(team().lead)):
            assert spending.searches_of_mine(other, now=NOW) == []

    def test_whoever_leads_sees_their_own_among_those_of_the_office(self, office, who):
        lead = acting(office.lead, P.SEARCH)
        look(who, "төлөгөнова", BECAUSE, now=NOW)
        look(lead, "төлөгөнова", BECAUSE, now=NOW)
        told = spending.searches_of_mine(lead, now=NOW)
        assert {line.post.id for line in told} == {office.inspector.pk, office.lead.pk}

    def test_when_the_budget_is_spent_nothing_is_looked_for_and_that_counts_as_well(self, who, few):
        for _ in range(3):
            look(who, "төлөгөнова", BECAUSE, now=NOW)
        for _ in range(2):
            with pytest.raises(DomainError) as refused:
                look(who, "төлөгөнова", BECAUSE, now=NOW)
        assert (refused.value.code, refused.value.facts["most"]) == ("people.search_budget_spent", 3)
        again = refused.value.facts["again"]
        assert again.astimezone(clock.BISHKEK).hour == 0
        assert clock.day_of(again) == clock.day_of(NOW) + DAY
        assert SearchDay.objects.get().made == 5
        assert list(SearchMade.objects.order_by("refusal").values_list("refusal", flat=True)).count("budget") == 2
        assert len(self.entries("people.search")) == 0, "there was no file to open"
        look(who, "төлөгөнова", BECAUSE, now=again)

    def test_an_emergency_is_searched_first_also_when_the_budget_is_spent(self, who, office, file, few):
        for _ in range(3):
            look(who, "төлөгөнова", BECAUSE, now=NOW)
        looked = look(who, "төлөгөнова", EMERGENCY, now=NOW)
        assert len(looked.found) == 1
        (due,) = (one for one in duties.today(who, now=NOW).later + duties.today(who, now=NOW).week)
        assert (due.kind, due.due_at, due.assignee_id) == ("people.search_reason", NOW + DAY, office.inspector.pk)
        with pytest.raises(DomainError, match="people.search_emergencies_spent"):
            look(who, "төлөгөнова", EMERGENCY, now=NOW)

    def test_after_a_day_without_the_reason_nothing_is_searched_until_it_is_written(self, who, office):
        owed = look(who, "төлөгөнова", EMERGENCY, now=NOW).search_id
        look(who, "төлөгөнова", BECAUSE, now=NOW + DAY - timedelta(seconds=1))
        for purpose in (BECAUSE, EMERGENCY):
            with pytest.raises(DomainError, match="people.search_reason_owed"):
                look(who, "төлөгөнова", purpose, now=NOW + DAY)
        given = services.give_search_reason(
            who, id=new_id(), search_id=owed, reason="Үйүнөн чыгып кеткен", now=NOW + DAY
        )
        assert SearchReason.objects.get(search_id=owed) == given
        assert duties.today(who, now=NOW + DAY).whole == 0
        look(who, "төлөгөнова", BECAUSE, now=NOW + DAY)
        with pytest.raises(DomainError, match="people.search_reason_given"):
            services.give_search_reason(who, id=new_id(), search_id=owed, reason="дагы", now=NOW + DAY)

    def test_a_late_reason_moves_up_and_whoever_leads_can_write_what_was_told(self, who, office):
        owed = look(who, "төлөгөнова", EMERGENCY, now=NOW).search_id
        lead, later = acting(office.lead, P.SEARCH), NOW + timedelta(hours=27)
        assert spending.searches_of_mine(lead, now=later)[0].owed
        (moved,) = duty_services.roll(SYSTEM, now=later)
        assert (moved.kind, moved.to_post) == ("people.search_reason", office.lead.pk)
        services.give_search_reason(lead, id=new_id(), search_id=owed, reason="Сураштым", now=later)
        assert spending.late_reason(who.user_id, now=later) is None
        assert not spending.searches_of_mine(lead, now=later)[0].owed

    def test_nobody_else_writes_the_reason(self, who, office):
        owed = look(who, "төлөгөнова", EMERGENCY, now=NOW).search_id
        with pytest.raises(AccessDenied):
            services.give_search_reason(
                acting(office.colleague), id=new_id(), search_id=owed, reason="билбейм", now=NOW
            )
        assert not SearchReason.objects.exists()

    def test_whoever_leads_gives_more_for_the_day_and_it_is_recorded(self, who, office, few):
        with pytest.raises(DomainError, match="people.searches_left"):
            services.ask_more_searches(who, id=new_id(), now=NOW)
        for _ in range(3):
            look(who, "төлөгөнова", BECAUSE, now=NOW)
        ask = services.ask_more_searches(who, id=new_id(), now=NOW)
        assert services.ask_more_searches(who, id=new_id(), now=NOW) == ask
        lead = acting(office.lead)
        assert [one.kind for one in duties.today(lead, now=NOW).today] == ["people.more_searches"]
        for nobody, code in ((who, "people.own_searches"), (acting(office.colleague), "people.not_visible")):
            with pytest.raises(DomainError, match=code):
                services.answer_more_searches(nobody, id=new_id(), ask_id=ask.pk, raised=True, now=NOW)
        services.answer_more_searches(lead, id=new_id(), ask_id=ask.pk, raised=True, now=NOW)
        assert self.entries("people.answer_more_searches")[-1].actor_id == lead.user_id
        budget = spending.budget(who, now=NOW)
        assert (budget.spent.budget, budget.spent.left, budget.answered) == (5, 2, True)
        look(who, "төлөгөнова", BECAUSE, now=NOW)
        assert spending.budget(who, now=NOW + DAY).spent.budget == 3
        with pytest.raises(DomainError, match="people.answered_already"):
            services.answer_more_searches(lead, id=new_id(), ask_id=ask.pk, raised=True, now=NOW)

    def test_a_no_gives_nothing(self, who, office, few):
        for _ in range(3):
            look(who, "төлөгөнова", BECAUSE, now=NOW)
        ask = services.ask_more_searches(who, id=new_id(), now=NOW)
        services.answer_more_searches(acting(office.lead), id=new_id(), ask_id=ask.pk, raised=False, now=NOW)
        assert spending.budget(who, now=NOW).spent.left == 0
        assert SearchAnswer.objects.get().user_id == SearchAsk.objects.get().author_id == who.user_id
