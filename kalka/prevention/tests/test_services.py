import io
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from kalka.access import selectors as access
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.intake.models import Report
from kalka.prevention import child, practice, selectors, services
from kalka.prevention.models import Event, EventNote, EventPartner, EventReach, EventTopic, EventWithdrawn, Photo, Roll
from kalka.prevention.rules import NewEvent, Partner
from kalka.prevention.tests.factories import NOW, TODAY, VILLAGE, event, hall, jpeg, photo, world
from kalka.vault.classes import Klass

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TOLD = NewEvent(
    kind="lawyers",
    on=TODAY,
    place=VILLAGE,
    people=1000,
    people_bound="over",
    reach={("f", "35-59"): 12, ("m", "35-59"): 0},
    topics={"violence": 3, "documents": 5},
    partners=(Partner("Айыл өкмөтү"), Partner("UN Women", "international")),
    told="Аялдар алимент жөнүндө көп сурашты",
)
TABLES = (Event, EventNote, EventPartner, EventReach, EventTopic, EventWithdrawn, Roll, Photo)


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
    return refusal.value.code, refusal.value.facts.get("field")


def test_an_event_is_kept_whole_and_once(at):
    id = new_id()
    for _twice in range(2):
        made = services.record_event(at.secretary, id=id, told=TOLD, now=NOW)
    assert (made.pk, Event.objects.count(), EventNote.objects.count()) == (id, 1, 1)
    page = selectors.event_page(at.secretary, id)
    assert [(one.codes, one.count) for one in page.reach] == [(("f", "35-59"), 12)]
    assert [(one.codes, one.count) for one in page.topics] == [(("documents",), 5), (("violence",), 3)]
    assert page.partners == (("UN Women", "international"), ("Айыл өкмөтү", "local"))
    assert (page.line.people, page.line.people_bound, page.line.own, page.may_change) == (1000, "over", True, True)
    assert selectors.told(at.secretary, made, now=NOW) == TOLD.told


def test_other_words_or_somebody_else_under_the_same_id_are_refused(at):
    made = event(at.secretary)
    told = NewEvent(kind="meeting", on=TODAY, place=VILLAGE, people=40)
    for by, said in ((at.secretary, replace(told, people=41)), (at.worker, told)):
        code = refused(lambda by=by, said=said: services.record_event(by, id=made.pk, told=said, now=NOW))
        assert code == ("core.id_taken", None)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "party"}, ("prevention.not_an_answer", "kind")),
        ({"place": "nowhere"}, ("prevention.not_an_answer", "place")),
        ({"people": 5, "reach": {("f", "18-34"): 6}}, ("prevention.parts_exceed", "people")),
        ({"people": None, "people_bound": "over"}, ("prevention.bound_of_nothing", "people")),
        ({"topics": {"violence": 1}}, ("prevention.not_an_answer", "topics")),
        ({"grades": (9,)}, ("prevention.not_an_answer", "grades")),
        ({"partners": (Partner("Айгүл 0555 12 34 56"),)}, ("prevention.no_numbers_of_people", "partners")),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(at, said, why):
    assert refused(lambda: event(at.secretary, **said)) == why


def test_a_bound_may_be_less_than_what_was_counted_of_it(at):
    assert event(at.secretary, people=20, people_bound="over", reach={("f", "18-34"): 30}).people == 20


def test_whoever_keeps_no_events_writes_none(at):
    assert refused(lambda: event(at.coordinator)) == ("core.not_permitted", None)


def test_what_was_taken_back_does_not_count_and_is_taken_back_once(at):
    made = event(at.secretary)
    with pytest.raises(AccessDenied):
        services.withdraw_event(at.worker, event_id=made.pk, why="twice", now=NOW)
    services.withdraw_event(at.secretary, event_id=made.pk, why="twice", now=NOW)
    assert selectors.listed(at.secretary, selectors.Asked()).count == 0
    with pytest.raises(Stale):
        services.withdraw_event(at.secretary, event_id=made.pk, why="twice", now=NOW)
    assert refused(lambda: photo(at.secretary, made)) == ("prevention.withdrawn_already", None)


def test_a_roll_is_sealed_for_the_organisation_and_leads_nowhere(at):
    made = event(at.secretary, kind="class", grades=(9,))
    kept = services.keep_roll(at.secretary, id=new_id(), event_id=made.pk, names="Бермет\n\n  Айбек  уулу ", now=NOW)
    assert (kept.count, selectors.roll(at.colleague, made, now=NOW)) == (2, ("Бермет", "Айбек уулу"))
    assert "Бермет".encode() not in bytes(kept.names.blob)
    with pytest.raises(AccessDenied):
        services.keep_roll(at.worker, id=new_id(), event_id=made.pk, names="Бермет", now=NOW)
    tied = {field.name for field in Report._meta.get_fields() if field.related_model in (Event, Roll)}
    assert not tied | {f.name for f in Roll._meta.get_fields() if f.related_model is Report}


def test_a_roll_is_destroyed_when_the_paper_needs_it_no_more(at):
    made = event(at.secretary)
    services.keep_roll(at.secretary, id=new_id(), event_id=made.pk, names="Бермет", now=NOW)
    services.destroy_roll(at.colleague, event_id=made.pk, now=NOW)
    assert (selectors.roll(at.secretary, made, now=NOW), bytes(Roll.objects.get().names.blob)) == ((), b"")
    again = refused(lambda: services.destroy_roll(at.secretary, event_id=made.pk, now=NOW))
    assert again == ("prevention.nobody_on_roll", "destroy")


@pytest.mark.parametrize("kind", ["households", "group"])
def test_of_homes_and_of_groups_only_numbers_are_kept(at, kind):
    only = "prevention.numbers_only"
    assert refused(lambda: event(at.secretary, kind=kind, told="Үчүнчү үйдө кыйкырык")) == (only, "told")
    made = event(at.secretary, kind=kind, times=60)
    names = {"id": new_id(), "event_id": made.pk, "names": "Бермет", "now": NOW}
    assert refused(lambda: services.keep_roll(at.secretary, **names)) == (only, "names")
    assert refused(lambda: photo(at.secretary, made)) == (only, "file")


def shown(by, row):
    return Image.open(io.BytesIO(selectors.picture(by, row.pk, now=NOW)))


def test_faces_are_unreadable_and_nothing_is_told_beside_the_picture_before_it_is_kept(at):
    made, whole = event(at.secretary), hall(2)
    assert len(child.faces(whole)) == 2
    exif = Image.Exif()
    exif[0x010E], exif[0x0132] = "Учкун мектеби", "2026:11:23 08:00:00"
    row = services.offer_photo(
        at.secretary, id=new_id(), event_id=made.pk, minors="no", content=jpeg(whole, exif=exif), now=NOW
    )
    kept = shown(at.secretary, row)
    assert (row.found, row.state, child.faces(kept), dict(kept.getexif())) == (2, "waiting", [], {})
    for left, top, right, _bottom in child.faces(whole):
        spot = (right - left) * (1 + 2 * child.WIDER) / child.SPOTS
        eye = (left + right) // 2 + 4, int(top - (right - left) * child.WIDER + spot) + 8
        tones = kept.crop((*eye, eye[0] + int(spot) - 16, eye[1] + int(spot) - 16)).convert("L").getextrema()
        assert tones[1] - tones[0] < 12, "one spot where an eye was"
    with pytest.raises(AccessDenied):
        selectors.picture(at.colleague, row.pk, now=NOW)
    services.answer_photo(at.secretary, photo_id=row.pk, keep=True, swears=False, now=NOW)
    assert shown(at.colleague, row).size == whole.size


def test_where_nobody_was_found_her_word_is_needed_or_a_mark_of_hers(at):
    made = event(at.secretary)
    first, second = photo(at.secretary, made), photo(at.secretary, made)

    def no_word():
        services.answer_photo(at.secretary, photo_id=first.pk, keep=True, swears=False, now=NOW)

    assert refused(no_word) == ("prevention.word_needed", "swears")
    kept = services.answer_photo(at.secretary, photo_id=first.pk, keep=True, swears=True, now=NOW)
    assert (kept.state, kept.swore) == ("kept", True)
    services.mark_faces(at.secretary, photo_id=second.pk, marks=["0-0"], now=NOW)
    assert services.answer_photo(at.secretary, photo_id=second.pk, keep=True, swears=False, now=NOW).state == "kept"
    with pytest.raises(Stale):
        services.mark_faces(at.secretary, photo_id=second.pk, marks=["0-0"], now=NOW)


def test_a_place_she_marks_is_unreadable_for_good(at):
    made = event(at.secretary)
    noise = Image.effect_noise((300, 400), 90).convert("RGB")
    row = services.offer_photo(at.secretary, id=new_id(), event_id=made.pk, minors="no", content=jpeg(noise), now=NOW)
    before = shown(at.secretary, row).crop((55, 72, 95, 112)).convert("L").getextrema()
    row = services.mark_faces(at.secretary, photo_id=row.pk, marks=["1-1", "1-1"], now=NOW)
    after = shown(at.secretary, row).crop((55, 72, 95, 112)).convert("L").getextrema()
    assert (row.marked, before[1] - before[0] > 150, after[1] - after[0] < 60) == (1, True, True)
    assert refused(lambda: services.mark_faces(at.secretary, photo_id=row.pk, marks=["8-0"], now=NOW)) == (
        "prevention.not_an_answer",
        "marks",
    )


def test_what_is_thrown_away_is_gone(at):
    made = event(at.secretary)
    row = photo(at.secretary, made, people=1)
    services.answer_photo(at.secretary, photo_id=row.pk, keep=False, swears=False, now=NOW)
    assert bytes(Photo.objects.get().picture.blob) == b""
    with pytest.raises(AccessDenied):
        selectors.picture(at.secretary, row.pk, now=NOW)


def test_a_photo_nobody_said_a_word_of_is_swept_away_after_its_days_and_no_other(at):
    made, days = event(at.secretary), timedelta(days=practice.photo_waits_days())
    waiting, kept = photo(at.secretary, made), photo(at.secretary, made)
    services.answer_photo(at.secretary, photo_id=kept.pk, keep=True, swears=True, now=NOW)
    with pytest.raises(AccessDenied):
        services.sweep_photos(at.secretary, now=NOW + 2 * days)
    assert services.sweep_photos(SYSTEM, now=NOW + days) == 0
    later = NOW + days + timedelta(minutes=1)
    assert (services.sweep_photos(SYSTEM, now=later), services.sweep_photos(SYSTEM, now=later)) == (1, 0)
    found = {row.pk: (row.state, bool(row.picture.blob), row.said_at) for row in Photo.objects.all()}
    assert found == {waiting.pk: ("gone", False, later), kept.pk: ("kept", True, NOW)}
    with pytest.raises(AccessDenied):
        selectors.picture(at.secretary, waiting.pk, now=later)


@pytest.mark.parametrize("days", ["0", "two", "null"])
def test_how_long_a_photo_waits_is_a_number_of_days(days):
    with pytest.raises(DomainError):
        practice.parse(f"standing: internal\nphoto_waits_days: {days}\n")


@pytest.mark.parametrize(("minors", "content", "why"), [
    ("yes", jpeg(hall(0)), ("prevention.minors", "minors")),
    ("no", b"%PDF-1.4 words", ("prevention.no_picture", "file")),
    ("no", b"\xff\xd8\xff no picture at all", ("files.not_shown", None)),
])  # fmt: skip
def test_no_photo_of_children_and_nothing_that_is_no_photo(at, minors, content, why):
    made = event(at.secretary)
    given = {"id": new_id(), "event_id": made.pk, "minors": minors, "content": content, "now": NOW}
    assert refused(lambda: services.offer_photo(at.secretary, **given)) == why


def test_the_picture_opens_with_the_key_of_the_event_alone(at):
    made = event(at.secretary)
    row = photo(at.secretary, made)
    keys = access.unlock(at.secretary, [made.file], what="test", now=NOW, klasses=(Klass.EVIDENCE,))
    assert b64decode(keys.get(Photo.objects.get(pk=row.pk), "picture")).startswith(b"\xff\xd8")
