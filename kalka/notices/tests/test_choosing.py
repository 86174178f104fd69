"""What somebody chose, and the one word that ends it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.access import selectors as access
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, new_ref, show_ref
from kalka.notices import choosing, delivery, hearing, rules
from kalka.notices.adapters import Incoming
from kalka.notices.messenger import MESSENGER
from kalka.notices.models import Chosen, Invitation, Notice, Stopped
from kalka.notices.tests.factories import Kept, tell
from kalka.people.rules import NewPerson
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, new_file, reachable

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NUMBER = "+996700123456"


def somebody(**contact):
    file = new_file(WORKER)
    return file, added(NewPerson(age=30, contact=reachable(**contact)), file)


def choose(person, way, address="", *, by=WORKER, now=NOW, id=None):
    return choosing.choose_way(by, id=id or new_id(), person_id=person.pk, way=way, address=address, now=now)


def sent(notice, now=NOW):
    """By which ways and to which addresses it went, and what became of it."""
    delivery.deliver(out := Kept(), now)
    row = Notice.objects.get(pk=notice.pk)
    return [(one.route.channel, one.route.number) for one in out.messages], row.state, row.why


def test_whoever_was_not_asked_is_told_nothing_and_whoever_chose_sms_is_told_by_it():
    file, person = somebody()
    assert sent(tell(WORKER, person.pk, file, asked=False)) == ([], "dropped", "not_allowed")
    choose(person, "sms")
    assert sent(tell(WORKER, person.pk, file, asked=False)) == ([("sms", NUMBER)], "sent", "")


def test_a_message_is_asked_for_by_whoever_works_on_the_case_and_only_where_she_chose_a_way():
    file, person = somebody()
    told = {"person_id": person.pk, "kind": "we_will_call", "now": NOW}
    for before in (lambda: None, lambda: choose(person, "none")):
        before()
        with pytest.raises(DomainError) as refused:
            choosing.write_to(WORKER, id=new_id(), **told)
        assert (refused.value.code, Notice.objects.count()) == ("notices.not_chosen", 0)
    choose(person, "sms", now=NOW + timedelta(minutes=1))
    id = new_id()
    notice = choosing.write_to(WORKER, id=id, **told)
    assert sent(notice) == ([("sms", NUMBER)], "sent", "")
    assert choosing.write_to(WORKER, id=id, **told).pk == notice.pk
    assert sent(notice) == ([], "sent", ""), "sent twice is told once"
    for actor, other in ((STRANGER, {}), (WORKER, {"kind": "please_call"})):
        with pytest.raises(AccessDenied):
            choosing.write_to(actor, id=id, **told | other)
    with pytest.raises(DomainError, match="unknown_kind"):
        choosing.write_to(WORKER, id=new_id(), **told | {"kind": "order_breached"})
    assert Notice.objects.count() == 1


def test_whoever_chose_mail_is_told_by_mail_and_by_nothing_else():
    file, person = somebody()
    made = choose(person, "mail", " her@example.org ")
    assert b"her@example" not in bytes(Chosen.objects.get().address.blob)
    assert sent(tell(WORKER, person.pk, file)) == ([("mail", "her@example.org")], "sent", "")
    assert made.person_id == person.pk


def test_whoever_chose_nothing_at_all_is_never_told():
    file, person = somebody()
    choose(person, "none")
    assert sent(tell(WORKER, person.pk, file)) == ([], "dropped", "not_allowed")


def test_the_rules_of_the_person_hold_for_every_way():
    file, person = somebody(never=("messenger",))
    code = choosing.invite(WORKER, id=new_id(), person_id=person.pk, now=NOW)
    assert hearing.hear(Incoming("messenger", "5551", code), NOW)
    assert sent(tell(WORKER, person.pk, file)) == ([], "dropped", "not_allowed")
    other_file, other = somebody(when=())
    choose(other, "mail", "her@example.org")
    assert sent(tell(WORKER, other.pk, other_file)) == ([], "dropped", "not_allowed")


@pytest.mark.parametrize(
    ("way", "address", "field"),
    [("pigeon", "", "way"), ("messenger", "5551", "way"), ("mail", "her", "address"), ("sms", NUMBER, "address")],
)
def test_an_address_that_is_none_is_refused(way, address, field):
    _file, person = somebody()
    with pytest.raises(DomainError) as refused:
        choose(person, way, address)
    assert (refused.value.facts["field"], Chosen.objects.count()) == (field, 0)


def test_sent_twice_is_chosen_once_and_a_stranger_chooses_nothing():
    _file, person = somebody()
    id = new_id()
    assert choose(person, "none", id=id) == choose(person, "none", id=id)
    with pytest.raises(AccessDenied):
        choose(person, "sms", by=STRANGER)
    assert Chosen.objects.count() == 1


# Telegram


def test_the_bot_learns_who_she_is_from_her_own_phone_alone():
    file, person = somebody()
    code = choosing.invite(WORKER, id=new_id(), person_id=person.pk, now=NOW)
    assert Invitation.objects.get().code != code
    assert hearing.hear(Incoming("messenger", "5551", f"/start {show_ref(code)}"), NOW)
    assert not hearing.hear(Incoming("messenger", "666", code), NOW), "a code is used once"
    assert sent(tell(WORKER, person.pk, file)) == ([("messenger", "5551")], "sent", "")


def test_a_code_that_has_run_out_or_never_was_lets_nobody_in():
    _file, person = somebody()
    code = choosing.invite(WORKER, id=new_id(), person_id=person.pk, now=NOW)
    for said, now in ((code, NOW + timedelta(days=8)), (new_ref(), NOW), ("Салам", NOW), ("", NOW)):
        assert not hearing.hear(Incoming("messenger", "5551", said), now)
    assert not hearing.hear(Incoming("sms", NUMBER, code), NOW), "a code is for the bot"
    assert Chosen.objects.count() == 0


def test_the_messenger_sees_the_file_only_while_the_code_holds():
    file, person = somebody()
    code = choosing.invite(WORKER, id=new_id(), person_id=person.pk, now=NOW)
    assert access.sees(MESSENGER, file, now=NOW)
    assert not access.sees(MESSENGER, file, now=NOW + timedelta(days=8))
    hearing.hear(Incoming("messenger", "5551", code), NOW)
    assert not access.sees(MESSENGER, file, now=NOW)


# The word


@pytest.mark.parametrize("said", ["СТОП", "stop", " Stop! ", "«стоп»"])
def test_one_word_ends_it_by_this_way(said):
    file, person = somebody()
    assert hearing.hear(Incoming("sms", "996700123456", said), NOW)
    assert sent(tell(WORKER, person.pk, file)) == ([], "dropped", "stopped")


@given(st.text(max_size=30).filter(lambda text: "".join(c for c in text.casefold() if c.isalpha()) not in rules.STOP))
def test_no_other_word_ends_it(said):
    assert not rules.is_stop(said) or any(c in "stopстоп" for c in said.casefold())


def test_it_ends_one_way_and_not_the_others():
    file, person = somebody()
    hearing.hear(Incoming("sms", NUMBER, "стоп"), NOW)
    choose(person, "mail", "her@example.org")
    assert sent(tell(WORKER, person.pk, file)) == ([("mail", "her@example.org")], "sent", "")
    hearing.hear(Incoming("mail", "Her@Example.org", "STOP"), NOW)
    assert sent(tell(WORKER, person.pk, file), NOW) == ([], "dropped", "stopped")


def test_it_ends_it_for_everybody_who_reads_at_that_number_and_tells_nobody_who():
    first_file, first = somebody()
    second_file, second = somebody(phone="0 700 12 34 56")
    for _ in range(2):
        hearing.hear(Incoming("sms", NUMBER, "стоп"), NOW)
    assert Stopped.objects.count() == 1
    assert b"700123456" not in bytes(Stopped.objects.get().mac)
    assert sent(tell(WORKER, first.pk, first_file))[2] == sent(tell(WORKER, second.pk, second_file))[2] == "stopped"
    entry = AuditEntry.objects.filter(command="notices.stop").first()
    assert (entry.subject_id, entry.object_id) == (None, "")


def test_whoever_chooses_the_way_again_is_told_by_it_again():
    file, person = somebody()
    hearing.hear(Incoming("sms", NUMBER, "стоп"), NOW)
    choose(person, "sms")
    assert sent(tell(WORKER, person.pk, file)) == ([("sms", NUMBER)], "sent", "")
    assert Stopped.objects.get().lifted_at == NOW


class Away:
    def send(self, message):
        raise OSError

    def incoming(self):
        raise OSError


def test_a_way_that_does_not_answer_is_asked_again_next_time():
    class Says(Away):
        def incoming(self):
            return [Incoming("sms", NUMBER, "стоп"), Incoming("sms", NUMBER, "рахмат")]

    assert hearing.listen([Away(), Says()], NOW) == 1
