from datetime import UTC, datetime, timedelta

import pytest

from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.library import facts, selectors, services
from kalka.library.models import (
    Conference,
    Handing,
    HandingTakenBack,
    Material,
    Story,
    StoryShown,
    Version,
    VersionFile,
)
from kalka.library.rules import NewHanding, NewVersion
from kalka.library.tests.factories import AIMAK, FILM, NOW, PLAIN, TODAY, material, story, world
from kalka.ui.between import Between

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TABLES = (Conference, Handing, HandingTakenBack, Material, Story, StoryShown, Version, VersionFile)
ALL = Extract(before=datetime(2027, 1, 1, tzinfo=UTC), until=TODAY + timedelta(days=1), salt=b"s")


@pytest.fixture
def at():
    return world()


def refused(do):
    """Nothing was written but the refusal."""
    before = [table.objects.count() for table in TABLES]
    with pytest.raises(DomainError) as refusal:
        do()
    assert [table.objects.count() for table in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refusal.value.code
    return refusal.value.code


def handed(by, row, **said):
    told = {"to": "self_government", "name": "Учкун айыл өкмөтү", "place": AIMAK, "copies": 20, "on": TODAY} | said
    version = row.versions.latest("number")
    return services.hand_over(by, id=new_id(), version_id=version.pk, told=NewHanding(**told), now=NOW)


def test_a_material_is_found_by_whom_it_is_for(at):
    row = material(at.coordinator)
    material(at.coordinator, audience="everybody", kind="handbook", name="Колдонмо")
    assert {one.name for one in selectors.materials(at.worker, audience="members")} == {"Колдонмо", row.name}
    assert [one.name for one in selectors.materials(at.worker, kind="handbook")] == ["Колдонмо"]
    assert (len(selectors.materials(at.worker, language="ky")), selectors.materials(at.worker, language="ru")) == (
        2,
        (),
    )
    with pytest.raises(AccessDenied):
        selectors.materials(at.auditor)


def test_a_list_of_what_was_handed_out_in_days_has_its_copies_and_nothing_else(at):
    row, other = material(at.secretary), material(at.secretary, name="Башка")
    for on, copies in ((TODAY, 5), (TODAY - timedelta(days=1), 7), (TODAY - timedelta(days=40), 100)):
        handed(at.secretary, row, on=on, copies=copies)
    handed(at.secretary, other, on=TODAY - timedelta(days=40))
    week = Between(TODAY - timedelta(days=7), TODAY)
    assert [(one.name, one.copies) for one in selectors.materials(at.worker, handed=week)] == [(row.name, 12)]
    there = selectors.materials(at.worker, handed=week, offices=[at.committee.pk])
    assert [(one.name, one.copies) for one in there] == [(row.name, 12)]
    for nothing in ({"handed": Between(TODAY + timedelta(days=1))}, {"handed": week, "offices": [999_999]}):
        assert selectors.materials(at.worker, **nothing) == ()
    assert {one.copies for one in selectors.materials(at.worker)} == {None}


def test_a_handing_that_was_taken_back_stays_written_and_counts_nowhere(at):
    row, id = material(at.secretary), new_id()
    wrong, right = handed(at.secretary, row, copies=500), handed(at.secretary, row)
    before = Extract(before=NOW + timedelta(minutes=30), until=ALL.until, salt=b"s")

    def back(by, *, material_id=row.pk, why="twice", id=id):
        said = {"material_id": material_id, "handing_id": wrong.pk, "why": why, "now": NOW + timedelta(hours=1)}
        return services.take_back_handing(by, id=id, **said)

    assert refused(lambda: back(at.secretary, why="because")) == "library.not_an_answer"
    for by, material_id in ((at.coordinator, row.pk), (at.secretary, material(at.secretary, name="Башка").pk)):
        assert refused(lambda by=by, one=material_id: back(by, material_id=one)) == "library.unknown"
    with pytest.raises(AccessDenied):
        back(at.worker)
    assert back(at.secretary).pk == back(at.secretary).pk == id
    assert refused(lambda: back(at.colleague, id=new_id())) == "library.taken_back_already"

    page = selectors.material_page(at.secretary, row.pk)
    assert {(one.id, one.copies, one.why) for one in page.handings} == {(wrong.pk, 500, "twice"), (right.pk, 20, "")}
    assert page.copies == {"self_government": 20}
    assert [one.copies for one in selectors.materials(at.worker, handed=Between(TODAY, TODAY))] == [20]
    assert [one.copies for one in facts.handings(ALL)] == [20]
    assert sorted(one.copies for one in facts.handings(before)) == [20, 500]  # as it stood before


def test_sent_twice_it_is_one_and_somebody_elses_id_is_taken(at):
    id, told = new_id(), {"kind": "video", "audience": "members", "name": "Кыска репортаж", "first": FILM, "now": NOW}
    for _twice in range(2):
        services.publish(at.secretary, id=id, **told)
    assert (Material.objects.count(), Version.objects.count()) == (1, 1)
    assert refused(lambda: services.publish(at.coordinator, id=id, **told)) == "core.id_taken"


def test_a_newer_version_stands_beside_the_older_one(at):
    row = material(at.secretary)
    for language in ("ky", "ru"):
        services.add_version(
            at.secretary,
            id=new_id(),
            material_id=row.pk,
            told=NewVersion(language, TODAY, content=b"plain words"),
            now=NOW,
        )
    page = selectors.material_page(at.worker, row.pk)
    assert [(one.language, one.number, one.newest, one.media) for one in page.versions] == [
        ("ky", 2, True, "text"),
        ("ky", 1, False, ""),
        ("ru", 1, True, "text"),
    ]
    assert selectors.file_of(at.worker, page.versions[0].id).content == b"plain words"


@pytest.mark.parametrize(
    "first", [NewVersion("ky", TODAY), NewVersion("ky", TODAY, address="https://a.kg", content=b"words")]
)
def test_an_address_or_a_file_and_not_both(at, first):
    assert refused(lambda: material(at.secretary, first=first)) == "library.address_or_file"


def test_who_has_received_what(at):
    row = material(at.secretary)
    handed(at.secretary, row)
    handed(at.secretary, row, to="media", name="Райондук гезит", copies=2)
    page = selectors.material_page(at.secretary, row.pk)
    assert page.copies == {"self_government": 20, "media": 2}
    assert {(one.name, one.copies) for one in page.handings} == {("Учкун айыл өкмөтү", 20), ("Райондук гезит", 2)}
    assert selectors.material_page(at.worker, row.pk).handings == (), "whoever hands nothing out is told the sums"
    assert selectors.material_page(at.far, row.pk).copies == {}
    assert refused(lambda: handed(at.secretary, row, name="Айгүл 0555 12 34 56")) == "library.person_in_name"
    assert refused(lambda: handed(at.worker, row)) == "core.not_permitted"


def test_a_conference_with_what_was_shown_there(at):
    held = services.hold_conference(
        at.coordinator, id=new_id(), name="Жыйынтыктоочу конференция", on=TODAY, place=AIMAK, now=NOW
    )
    shown = material(at.coordinator, kind="presentation", name="Алынган сабактар", conference_id=held.pk)
    page = selectors.conference_page(at.worker, held.pk)
    assert ([one.id for one in page.materials], page.name) == ([shown.pk], "Жыйынтыктоочу конференция")
    (fact,) = facts.conferences(ALL)
    assert (fact.place, fact.presentations) == (AIMAK, 1)


def test_a_story_is_read_by_a_second_person_before_others_see_it(at):
    row = story(at.secretary)
    assert PLAIN.encode() not in bytes(Story.objects.get().told.blob)
    with pytest.raises(AccessDenied):
        selectors.story_page(at.worker, row.pk, now=NOW)
    for nobody in (at.far, at.member):
        with pytest.raises(AccessDenied):
            selectors.story_page(nobody, row.pk, now=NOW)
    assert selectors.stories(at.member, now=NOW) == ((), ())
    assert selectors.story_page(at.colleague, row.pk, now=NOW).text == PLAIN
    assert selectors.story_page(at.coordinator, row.pk, now=NOW).may_review
    services.review_story(at.coordinator, story_id=row.pk, show=True, why="", now=NOW)
    assert selectors.story_page(at.worker, row.pk, now=NOW).text == PLAIN
    assert [one.title for one in selectors.stories(at.worker, now=NOW)[1]] == ["Аталар менен"]
    with pytest.raises(Stale):
        services.review_story(at.coordinator, story_id=row.pk, show=False, why="Эмес", now=NOW)
    assert [one.kind for one in facts.stories(ALL)] == ["practice"]


def test_nobody_reviews_their_own_and_a_reason_is_given_with_what_comes_back(at):
    own = story(at.secretary)
    assert refused(lambda: services.review_story(at.secretary, story_id=own.pk, show=True, why="", now=NOW))
    assert (
        refused(lambda: services.review_story(at.coordinator, story_id=own.pk, show=False, why=" ", now=NOW))
        == "library.line_unfit"
    )
    services.review_story(at.coordinator, story_id=own.pk, show=False, why="Айылдын атын алып салыңыз", now=NOW)
    page = selectors.story_page(at.secretary, own.pk, now=NOW)
    assert (page.line.state, page.why) == ("returned", "Айылдын атын алып салыңыз")
    assert not StoryShown.objects.exists()


def test_numbers_are_taken_out_and_names_are_looked_at(at):
    assert refused(lambda: story(at.secretary, "Чалгыла 0555 12 34 56", names_seen=True)) == "library.tells_of_somebody"
    assert refused(lambda: story(at.secretary, "Айгүлгө жардам бердик")) == "library.names_found"
    row = story(at.secretary, "Айгүлгө жардам бердик", names_seen=True)
    (find,) = selectors.story_page(at.coordinator, row.pk, now=NOW).finds
    assert (find.what, find.start, find.end) == ("name", 0, 7)


def test_facts_tell_who_received_how_much(at):
    handed(at.secretary, material(at.secretary, kind="handbook"), to="members", copies=274)
    (fact,) = facts.handings(ALL)
    assert (fact.to, fact.copies, fact.kind, fact.language) == ("members", 274, "handbook", "ky")
    (made,) = facts.materials(ALL)
    assert (made.kind, made.first, made.at_conference, made.organisation) == ("handbook", True, False, at.committee.pk)
