from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.models import Grant
from kalka.access.rules import Scope
from kalka.cases import facts, selectors, services
from kalka.cases.models import Case, StageChange
from kalka.cases.rules import NewNote, Part, Stage
from kalka.cases.selectors import State
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.errors import AccessDenied
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import LETTERS, new_id
from kalka.people.facts import pseudonym
from kalka.vault.rows import written

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    return world


def queries(do):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        do()
    return len(caught)


# The list in one statement


READER = Actor(
    7, frozenset({Permission.CASE_READ}), (post_holder(1), organisation_holder(2), post_holder(3)), post_id=1
)


def bare_case(random: Random, number: int) -> Case:
    shared = {"subject_id": new_id(), "content": number, "now": NOW}
    case = Case(
        **written(READER, id=new_id(), **shared),
        ref="".join(random.choices(LETTERS, k=10)),
        place=make.AIMAK,
        opened_on=TODAY,
    )
    case.save(force_insert=True)
    stages = random.choice([[Stage.OPEN], [Stage.OPEN, Stage.FOLLOW_UP], [Stage.OPEN, Stage.CLOSED]])
    for position, stage in enumerate(stages, start=1):
        row = written(READER, id=new_id(), **shared | {"subject_id": case.subject_id})
        StageChange.objects.create(**row, case=case, number=position, stage=stage, why="")
    return case


def scatter(random: Random, count: int) -> None:
    """Cases with grants to the reader and to others, running, over and to come, in every scope; some behind a wall."""
    holders = [*READER.holders, post_holder(9), organisation_holder(9)]
    moments = [NOW - 2 * DAY, NOW - DAY, NOW, NOW + DAY]
    for number in range(count):
        case = bare_case(random, number)
        for _ in range(random.randrange(5)):
            since = random.choice(moments)
            Grant.objects.create(
                subject_id=case.subject_id,
                holder=random.choice(holders),
                scope=random.choice([Scope.FILE, Scope.FILE, Scope.DUTIES, Scope.ORDERS]),
                why=str(random.random())[:20],
                since=since,
                until=random.choice([None, None, since + DAY, since + 9 * DAY]),
            )
        if random.random() < 0.2:
            make.wall(case.subject_id, random.choice([READER.user_id, 8]))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("state", list(State))
def test_the_statement_returns_what_the_predicate_allows_page_by_page(seed, state):
    scatter(Random(seed), 40)
    wanted = (
        {Stage.CLOSED} if state is State.CLOSED else set(Stage) - ({Stage.CLOSED} if state is State.OPEN else set())
    )
    allowed = access.visible(READER, Case.objects.staged(), now=NOW)
    expected = {case.ref: case.stage for case in allowed if case.stage in wanted}

    found, after, pages = [], 0, 0
    while True:
        page = selectors.list_cases(READER, now=NOW, state=state, after=after, size=7)
        found += page.lines
        pages += 1
        assert page.total == (None if after else len(expected))
        if not page.following:
            break
        after = page.following

    assert {line.ref: line.stage for line in found} == expected
    assert len(found) == len(expected), "a case stands once"
    assert pages == max(1, -(-len(expected) // 7))


def test_a_line_is_codes_and_days(world):
    (line,) = selectors.list_cases(world.inspector, now=NOW).lines
    assert line == selectors.CaseLine(world.case.ref, "violence", make.AIMAK, TODAY, "open", world.case.subject_id)


def test_the_list_costs_the_same_for_many_cases_and_opens_nothing(world):
    make.opened(world)
    few = queries(lambda: selectors.list_cases(world.inspector, now=NOW, size=1))
    entries = AuditEntry.objects.count()
    for _ in range(5):
        make.opened(world)
    assert queries(lambda: selectors.list_cases(world.inspector, now=NOW, size=1)) == few == 1
    assert AuditEntry.objects.filter(kind="read").count() == 0 and entries


def test_counting_stops_at_a_thousand(world, monkeypatch):
    monkeypatch.setattr("kalka.cases.selectors.listing.MOST_COUNTED", 2)
    for _ in range(4):
        make.opened(world)
    assert selectors.list_cases(world.inspector, now=NOW, size=2).total == 3


def test_who_sees_only_the_duties_does_not_find_the_case_in_the_list(world):
    assert selectors.list_cases(world.coordinator, now=NOW).lines == ()
    assert selectors.get_case(world.coordinator, world.case.ref, now=NOW, scope=Scope.DUTIES).pk == world.case.pk


# The page


def test_the_page_is_one_read_and_shows_no_name(world):
    before = AuditEntry.objects.count()
    page = selectors.case_page(world.inspector, world.case.ref, now=NOW)
    (entry,) = AuditEntry.objects.order_by("id")[before:]
    assert (entry.kind, entry.command, entry.subject_id, entry.count) == (
        "read",
        "cases.page",
        world.case.subject_id,
        1,
    )
    assert not page.keys.has(world.case.subject_id, "identity")
    assert not page.keys.has(world.case.subject_id, "contact")
    assert (page.protected.sex, page.protected.age_band, page.protected.speaks) == ("f", "35-44", True)
    assert "Токтосунова" not in repr(page)


def test_the_page_costs_the_same_for_a_long_case(world):
    short = queries(lambda: selectors.case_page(world.inspector, world.case.ref, now=NOW))
    for _ in range(3):
        child = make.add(world.inspector, world.case, make.CHILD, Part.CHILD)
        make.incident(world.inspector, world.case, children=(child.pk,))
        note = NewNote("team", "Сүйлөштүк.")
        services.write_note(world.inspector, id=new_id(), case_ref=world.case.ref, told=note, now=NOW)
    assert queries(lambda: selectors.case_page(world.inspector, world.case.ref, now=NOW)) == short


def test_the_timeline_has_the_newest_on_top(world):
    make.incident(world.inspector, world.case, on=TODAY - 10 * DAY)
    items = selectors.case_page(world.inspector, world.case.ref, now=NOW).timeline
    assert [item.what for item in items] == ["cases.opened", "cases.incident", "cases.incident"]
    assert items[0].at > items[1].at > items[2].at
    assert items[2].recorded_at == NOW, "written down late"


def test_identity_is_opened_on_asking_and_the_asking_is_recorded(world):
    (shown,) = selectors.identity(world.inspector, world.case.ref, now=NOW)
    assert shown.person.name == "Токтосунова Гүлнара"
    assert "Токтосунова" not in repr(shown)
    entry = AuditEntry.objects.order_by("id").last()
    assert (entry.kind, entry.command, entry.subject_id) == ("read", "cases.identity", world.case.subject_id)


@pytest.mark.parametrize("read", [selectors.case_page, selectors.identity, selectors.get_case])
def test_what_is_not_seen_answers_like_what_does_not_exist(world, read):
    make.wall(world.case.subject_id, world.inspector.user_id)
    answers = []
    for actor, ref in ((world.stranger, world.case.ref), (world.inspector, world.case.ref), (world.worker, "0" * 10)):
        with pytest.raises(AccessDenied) as refusal:
            read(actor, ref, now=NOW)
        answers.append((refusal.value.code, refusal.value.facts))
    assert answers == [("cases.unknown", {})] * 3


@pytest.mark.parametrize("change", [str.lower, lambda ref: f" {ref[:5]}-{ref[5:]} "])
def test_a_reference_is_read_as_people_write_it(world, change):
    assert selectors.get_case(world.inspector, change(world.case.ref), now=NOW).pk == world.case.pk


# The team, and who may be asked


def test_a_duty_goes_to_the_post_of_the_team_before_the_one_of_the_place(world):
    other = make.post("police_inspector", place=make.FAR)
    subject = world.case.subject_id
    assert selectors.team_post(world.inspector, subject, "police_inspector", now=NOW) == world.inspector.post_id
    assert selectors.team_post(world.inspector, subject, "child_protection", now=NOW) == world.children.post_id
    assert selectors.team_post(world.coordinator, subject, "lawyer", now=NOW) is None
    assert other.post_id


def test_nothing_is_open_in_a_case_that_names_whom_it_protects(world):
    assert selectors.open_work(world.inspector, world.case.subject_id, now=NOW) == ()
    unnamed = make.opened(world, protected=None)
    (blocker,) = selectors.open_work(world.inspector, unnamed.subject_id, now=NOW)
    assert blocker.code == "cases.nobody_protected"


def test_the_choices_of_people_are_codes_without_names(world):
    choices = selectors.part_choices(world.inspector, world.case.ref, now=NOW)
    assert len(choices) == 1 and "Гүлнара" not in str(choices[0][1])


# Facts


SALT = b"of one release"


def extract(**said: object) -> Extract:
    told = {"before": NOW + DAY, "until": TODAY + DAY, "salt": SALT} | said
    return Extract(**told)


def drawn(facts_of, asked: Extract) -> list[object]:
    return [row for batch in facts_of(asked) for row in batch.rows]


def test_the_facts_carry_days_places_and_codes_alone(world):
    first = selectors.case_page(world.inspector, world.case.ref, now=NOW).incidents[0]
    make.incident(world.inspector, world.case, amends=first.id, on=first.on, contexts=("in_laws",))
    she, he = make.protected_of(world.case), make.add(world.inspector, world.case).person_id
    of = pseudonym(world.case.subject_id, SALT)
    assert drawn(facts.opened, extract()) == [facts.CaseOpened(TODAY, make.AIMAK, "police", "violence", of)]
    assert drawn(facts.incidents, extract()) == [
        facts.IncidentFact(first.on, "day", make.AIMAK, "police", ("physical",), "", False, ("in_laws",), of)
    ]
    part = (TODAY, make.AIMAK, "police", "violence")
    assert sorted(drawn(facts.participants, extract()), key=lambda fact: fact.part) == [
        facts.PartFact(*part, "alleged", "spouse", "intimate", "m", "35-44", pseudonym(he, SALT)),
        facts.PartFact(*part, "protected", "unknown", "unknown", "f", "35-44", pseudonym(she, SALT)),
    ]
    assert drawn(facts.opened, extract(until=TODAY)) == drawn(facts.opened, extract(before=NOW)) == []


def test_facts_of_some_subjects_are_of_nobody_else(world):
    other = make.opened(world)
    asked = extract(subjects=frozenset({other.subject_id}))
    assert [row.who for row in drawn(facts.opened, asked)] == [pseudonym(other.subject_id, SALT)]
    assert drawn(facts.opened, extract(subjects=frozenset())) == []


def test_a_closed_case_is_counted_on_the_day_of_closing(world):
    make.join(world.inspector, world.case, world.worker)
    services.mark_closed(world.worker, id=new_id(), case_ref=world.case.ref, why="safe", now=NOW)
    of = pseudonym(world.case.subject_id, SALT)
    assert drawn(facts.closed, extract()) == [facts.CaseClosed(TODAY, make.AIMAK, "police", "violence", "safe", of)]


def test_facts_go_on_from_a_cursor_and_ask_as_often_for_many_as_for_few(world):
    for _ in range(3):
        make.opened(world)
    pages = list(facts.participants(extract(size=2)))
    assert [len(page.rows) for page in pages] == [2, 2]
    rest = drawn(facts.participants, extract(size=2, after=pages[0].cursor))
    assert rest == list(pages[1].rows)
    assert (
        queries(lambda: drawn(facts.participants, extract())) == 5
    )  # posts, the page, persons, changes, who is one with whom


def test_the_lists_tell_open_from_closed_through_closing_and_opening_again(world):
    def listed(state, at):
        return [line.ref for line in selectors.list_cases(world.inspector, now=at, state=state).lines]

    ref, later = world.case.ref, NOW + make.DAY
    make.join(world.inspector, world.case, world.worker)
    services.mark_closed(world.worker, id=new_id(), case_ref=ref, why="safe", now=NOW)
    assert [listed(state, NOW) for state in selectors.State] == [[], [ref], [ref]]
    new_holder = post_holder(world.inspector.post_id)
    make.in_a_command(lambda: grants.grant(world.case.subject_id, new_holder, why="given after the closing", now=NOW))
    assert [listed(state, NOW) for state in selectors.State] == [[], [ref], [ref]]
    services.reopen(world.worker, id=new_id(), case_ref=ref, now=later)
    assert [listed(state, later) for state in selectors.State] == [[ref], [], [ref]]


def test_a_grant_that_ends_takes_the_case_off_the_list(world):
    holder = post_holder(world.inspector.post_id)
    make.in_a_command(lambda: grants.end_grant(world.case.subject_id, holder, now=NOW))
    assert selectors.list_cases(world.inspector, now=NOW).lines == ()
