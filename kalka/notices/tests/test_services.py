from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.notices import delivery, selectors, services, texts
from kalka.notices.adapters import FileAdapter
from kalka.notices.messenger import MESSENGER
from kalka.notices.models import Notice
from kalka.notices.tests.factories import CLERK, Kept, a_post, alert, tell
from kalka.people import services as people
from kalka.people.rules import NewPerson, Window
from kalka.people.tests.factories import NOW, WORKER, added, new_file, reachable, wall_off

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MORNINGS = (Window((0, 1, 2, 3, 4), "09:00", "12:00"),)
EVENING = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)  # 20:00 in Bishkek


def outcome(notice) -> tuple[str, str]:
    row = Notice.objects.get(pk=notice.pk)
    return row.state, row.why


def somebody(**contact):
    file = new_file(WORKER)
    return file, added(NewPerson(age=30, contact=reachable(**contact)), file)


def test_a_person_is_told_by_the_safe_way_in_her_language():
    file, person = somebody()
    notice = tell(WORKER, person.pk, file)
    out = Kept()
    assert delivery.deliver(out, NOW) == 1
    (message,) = out.messages
    assert (message.words, message.language) == ("Здравствуйте! Позвоните нам, когда будет удобно.", "ru")
    assert (message.route.person_id, message.route.number) == (person.pk, "+996700123456")
    assert outcome(notice) == ("sent", "")
    assert delivery.deliver(out, NOW + timedelta(hours=1)) == 0
    assert len(out.messages) == 1


def test_at_an_unsafe_hour_it_waits_for_the_next_safe_one():
    file, person = somebody(when=MORNINGS)
    notice, out = tell(WORKER, person.pk, file, now=EVENING), Kept()
    delivery.deliver(out, EVENING)
    assert outcome(notice) == ("waiting", "not_now") and out.messages == []
    assert delivery.deliver(out, EVENING + timedelta(hours=12)) == 0
    assert delivery.deliver(out, EVENING + timedelta(hours=13)) == 1
    assert outcome(notice) == ("sent", "")


def test_what_was_safe_when_it_was_asked_for_and_is_no_longer_is_dropped():
    file, person = somebody()
    notice = tell(WORKER, person.pk, file)
    told = NewPerson(age=30, contact=reachable(never=("sms",)))
    people.correct_person(WORKER, id=new_id(), person_id=person.pk, told=told, corrects=0, now=NOW)
    delivery.deliver(out := Kept(), NOW)
    assert (outcome(notice), out.messages) == (("dropped", "not_allowed"), [])


def test_what_finds_no_safe_hour_in_three_days_is_dropped():
    sundays = (Window((6,), "09:00", "10:00"),)
    file, person = somebody(when=sundays)
    monday = NOW - timedelta(days=2)
    notice = tell(WORKER, person.pk, file, now=monday)
    delivery.deliver(out := Kept(), NOW)
    assert (outcome(notice), out.messages) == (("dropped", "too_late"), [])


@pytest.mark.parametrize(
    ("contact", "why"),
    [({"when": ()}, "not_allowed"), ({"phone": ""}, "no_number"), ({"never": ("sms",)}, "not_allowed")],
)
def test_without_a_safe_way_nothing_leaves(contact, why):
    file, person = somebody(**contact)
    notice, out = tell(WORKER, person.pk, file), Kept()
    delivery.deliver(out, NOW)
    assert (outcome(notice), out.messages) == (("dropped", why), [])


def test_a_childs_guardian_who_is_said_to_have_done_it_is_told_nothing():
    file = new_file(WORKER)
    father = added(NewPerson(age=33, contact=reachable(phone="0700000002")), file)
    child = added(NewPerson(age=8), file)
    people.relate(WORKER, id=new_id(), person_id=father.pk, other_id=child.pk, kind="parent", now=NOW)
    people.take_part(WORKER, id=new_id(), person_id=father.pk, part="alleged", now=NOW)
    notice, out = tell(WORKER, child.pk, file), Kept()
    delivery.deliver(out, NOW)
    assert (outcome(notice), out.messages) == (("dropped", "nobody"), [])


def test_the_messenger_sees_a_file_only_while_a_message_waits():
    file, person = somebody()
    assert not access.sees(MESSENGER, file, now=NOW)
    tell(WORKER, person.pk, file)
    assert access.sees(MESSENGER, file, now=NOW)
    assert not access.sees(MESSENGER, file, now=NOW + timedelta(hours=73))
    delivery.deliver(Kept(), NOW)
    assert not access.sees(MESSENGER, file, now=NOW)


def test_a_gateway_that_fails_is_tried_again_and_its_words_are_kept_nowhere():
    file, person = somebody()
    notice, out = tell(WORKER, person.pk, file), Kept(fails=2)
    at = NOW
    for _ in range(2):
        delivery.deliver(out, at)
        assert outcome(notice) == ("waiting", "gateway")
        at += timedelta(minutes=10)
    delivery.deliver(out, at)
    assert outcome(notice) == ("sent", "") and len(out.messages) == 1
    assert Notice.objects.get(pk=notice.pk).tries == 3


def test_what_nobody_takes_is_given_up():
    file, person = somebody()
    notice, out, at = tell(WORKER, person.pk, file), Kept(fails=99), NOW
    for _ in range(8):
        delivery.deliver(out, at)
        at += timedelta(hours=1, minutes=1)
    assert outcome(notice) == ("dropped", "undeliverable")


def test_a_message_lost_with_its_worker_is_taken_up_after_the_lease():
    file, person = somebody()
    tell(WORKER, person.pk, file)
    services.take_notices(MESSENGER, now=NOW)
    assert delivery.deliver(out := Kept(), NOW + timedelta(minutes=4)) == 0
    assert delivery.deliver(out, NOW + timedelta(minutes=6)) == 1
    assert len(out.messages) == 1


def test_a_text_that_is_not_approved_stays_here(monkeypatch):
    file, person = somebody()
    notice = tell(WORKER, person.pk, file)
    kind = texts.kinds()["please_call"]
    unapproved = replace(kind, text=replace(kind.text, approved=False))
    monkeypatch.setattr(texts, "kinds", lambda: {"please_call": unapproved})
    delivery.deliver(out := Kept(), NOW)
    assert (outcome(notice), out.messages) == (("dropped", "text_not_approved"), [])


def test_nothing_is_written_down_where_nothing_is_to_do():
    before = AuditEntry.objects.count()
    assert delivery.deliver(Kept(), NOW) == 0
    assert AuditEntry.objects.count() == before


def test_a_post_reads_what_it_was_told_inside_and_outside_hears_nothing():
    post, file = a_post(), new_file(WORKER)
    notice = alert(WORKER, post, "order_expires_soon", file)
    actor = replace(CLERK, post_id=post)
    with translation.override("en"):
        (shown,) = selectors.for_post(actor, now=NOW)
    assert (shown.id, shown.words, shown.at) == (notice.pk, "An order runs out soon.", NOW)
    delivery.deliver(out := Kept(), NOW)
    assert out.words == ["Тизмеңизде жаңы иш бар. Системага кирип караңыз."]
    assert (out.messages[0].post_id, out.messages[0].route) == (post, None)
    assert len(selectors.for_post(actor, now=NOW)) == 1
    assert selectors.for_post(replace(actor, post_id=post + 1), now=NOW) == []
    assert selectors.for_post(replace(actor, post_id=None), now=NOW) == []
    assert selectors.for_post(actor, now=NOW + timedelta(days=31)) == []


def test_the_wall_hides_notices_too():
    post, file = a_post(), new_file(WORKER)
    notice = alert(WORKER, post, "order_breached", file)
    wall_off(WORKER, file, user_id=CLERK.user_id)
    walled = replace(CLERK, post_id=post)
    assert selectors.for_post(walled, now=NOW) == []
    with pytest.raises(AccessDenied):
        services.see_notices(walled, ids=[notice.pk], now=NOW)


def test_what_was_read_is_shown_no_more():
    post, file = a_post(), new_file(WORKER)
    notice = alert(WORKER, post, "order_breached", file)
    actor = replace(CLERK, post_id=post)
    for ids in ([new_id()], [notice.pk, new_id()]):
        with pytest.raises(AccessDenied):
            services.see_notices(actor, ids=ids, now=NOW)
    with pytest.raises(AccessDenied):
        services.see_notices(replace(actor, post_id=post + 1), ids=[notice.pk], now=NOW)
    assert Notice.objects.get().seen_at is None
    services.see_notices(actor, ids=[notice.pk], now=NOW)
    row = Notice.objects.get()
    assert (row.seen_at, row.seen_by) == (NOW, actor.user_id)
    assert selectors.for_post(actor, now=NOW) == []


def test_the_same_thing_is_told_once_until_it_is_read():
    post, (file, person) = a_post(), somebody()
    first = alert(WORKER, post, "duty_overdue", file)
    assert alert(WORKER, post, "duty_overdue", file, now=NOW + timedelta(hours=1)).pk == first.pk
    assert alert(WORKER, post, "duty_overdue", new_file(WORKER)).pk != first.pk
    assert alert(WORKER, post, "duty_alarm", file).pk != first.pk
    services.see_notices(replace(CLERK, post_id=post), ids=[first.pk], now=NOW)
    assert alert(WORKER, post, "duty_overdue", file, now=NOW + timedelta(hours=2)).pk != first.pk
    assert tell(WORKER, person.pk, file).pk == tell(WORKER, person.pk, file).pk


def test_outside_a_step_and_of_unknown_kind_nobody_is_told():
    post, (file, person) = a_post(), somebody()
    with pytest.raises(AccessDenied):
        services.alert(post, "duty_overdue", subject_id=file, now=NOW)
    with pytest.raises(AccessDenied):
        services.tell(person.pk, file, "please_call", NOW)
    with pytest.raises(DomainError):
        alert(WORKER, post, "please_call", file)
    with pytest.raises(DomainError):
        tell(WORKER, person.pk, file, "order_breached")
    assert not Notice.objects.exists()


def test_only_the_installation_itself_delivers():
    for attempt in (
        lambda: services.take_notices(CLERK, now=NOW),
        lambda: services.settle_notice(CLERK, notice_id=new_id(), state="sent", now=NOW),
        lambda: services.postpone_notice(CLERK, notice_id=new_id(), why="", until=NOW, now=NOW),
        lambda: selectors.any_due(CLERK, now=NOW),
    ):
        with pytest.raises(AccessDenied):
            attempt()


def test_a_notice_is_for_one_alone():
    post, (file, person) = a_post(), somebody()
    for to in ({}, {"to_post_id": post, "to_person_id": person.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(kind="x", subject_id=file, created_at=NOW, not_before=NOW, **to)


def test_the_file_adapter_writes_the_words_and_nothing_of_whom(tmp_path):
    file, person = somebody()
    tell(WORKER, person.pk, file)
    delivery.deliver(FileAdapter(tmp_path / "outbox"), NOW)
    (written,) = (tmp_path / "outbox").iterdir()
    assert written.read_text() == "Здравствуйте! Позвоните нам, когда будет удобно.\n"
    assert (written.stat().st_mode & 0o777, written.suffix) == (0o600, ".txt")
    assert str(person.pk.hex) not in written.name


def test_grants_of_others_are_left_alone():
    file, person = somebody()
    tell(WORKER, person.pk, file)
    delivery.deliver(Kept(), NOW)
    assert grants.holders_of(file, now=NOW + timedelta(seconds=1)) == {"post:3"}
