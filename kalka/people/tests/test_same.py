"""Two people of two files who may be one: found by keyed digests, told to whoever may know, said by both sides."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.duties.models import Duty
from kalka.duties.tests.factories import NOW, THERE, acting, give_file, in_a_command, organisation, post, subject, wall
from kalka.people import facts, pairing, pairs, services
from kalka.people.models import Joining, Pair, PairWord, Person
from kalka.people.rules import Contact, Name, NewPerson, same
from kalka.people.rules.same import Says, Side, asks_next, joined

both = [pytest.mark.django_db, pytest.mark.both]
said = st.dictionaries(st.sampled_from(Side), st.sampled_from(Says))
SHE = NewPerson(
    names=(Name("Төлөгөнова", "Айсулуу"),),
    birth_date=date(1994, 5, 17),
    pin="21705199400123",
    contact=Contact(phone="0700 123 456"),
)
LATER = NOW + timedelta(hours=1)


@given(said)
def test_two_are_one_only_while_both_sides_say_so(words):
    assert joined(words) == (words.get(Side.FIRST) is words.get(Side.SECOND) is Says.SAME)


@given(said)
def test_the_newer_file_is_asked_only_after_the_older_one_has_answered(words):
    if Side.FIRST not in words and Says.OTHER not in words.values():
        assert asks_next(words) == {Side.FIRST}
    if Says.OTHER in words.values() or joined(words):
        assert asks_next(words) == frozenset()


@given(said)
def test_nobody_is_asked_again_who_has_said_that_it_is_one_person(words):
    assert not {side for side in asks_next(words) if words.get(side) is Says.SAME}


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40), st.randoms())
def test_who_counts_as_one_does_not_depend_on_the_order_of_joining(couples, chance):
    shuffled = chance.sample(couples, len(couples))
    found = same.roots(couples)
    assert found == same.roots(shuffled)
    assert all(found[one] == found[other] for one, other in couples)
    assert all(found[root] == root for root in found.values())


def test_a_root_of_nobody_joined_is_none():
    assert same.roots([]) == {}
    assert {same.roots(order)[3] for order in permutations([(1, 2), (2, 3), (4, 5)])} == {1}


@pytest.mark.parametrize("name", ["Айсулуу", "Айсулу", "Aisuluu", "айсулуу"])
def test_a_given_name_sounds_alike_in_every_hand(name):
    assert same.sound(name) == same.sound("Айсулуу") != same.sound("Бактыгүл")


class TestPairs:
    pytestmark = both

    @pytest.fixture
    def here(self):
        return post(organisation())

    @pytest.fixture
    def there(self):
        return post(organisation(place=THERE, name="Ak-Jar centre"))

    def file(self, of, told=SHE, *, part="protected") -> UUID:
        """A file of a post with one person in it, newer than the ones before; returns the person."""
        now = NOW + timedelta(seconds=Person.objects.count())
        made, who = subject(), self.actor(of)
        give_file(made, of)
        return in_a_command(lambda: self.written(who, made, told, part, now))

    def written(self, who, file, told, part, now) -> UUID:
        """As a case writes somebody down: with the part, in one command."""
        person = services.add_person(who, id=new_id(), subject_id=file, told=told, now=now)
        services.take_part(who, id=new_id(), person_id=person.pk, part=part, now=now)
        return person.pk

    def actor(self, of, *more):
        return acting(of, P.CASE_WORK, P.CASE_READ, *more)

    def say(self, of, pair, says, **told):
        given = {"id": new_id(), "reason": "Документи менен текшерилди", "now": LATER} | told
        return services.say_of_pair(self.actor(of), pair_id=pair.pk, says=says, **given)

    def asked(self, of) -> list[str]:
        today = duties.today(self.actor(of), now=LATER)
        return [one.kind for one in (*today.late, *today.today, *today.week)]

    @pytest.mark.parametrize(
        ("told", "how"),
        [
            (NewPerson(pin="2170519 9400123"), "pin"),
            (NewPerson(names=(Name("Tologonova", "Aisuluu"),), birth_date=date(1994, 5, 17)), "born"),
            (NewPerson(names=(Name("Асанова", "Айсулу"),), contact=Contact(phone="+996700123456")), "phone"),
        ],
    )
    def test_found_at_writing_by_what_they_have_in_common(self, here, there, told, how):
        first, second = self.file(here), self.file(there, told)
        pair = Pair.objects.get()
        assert (pair.first_id, pair.second_id, pair.how) == (first, second, how)
        assert (self.asked(here), self.asked(there)) == (["people.possible_duplicate"], [])

    @pytest.mark.parametrize(
        "told",
        [
            NewPerson(names=(Name("Төлөгөнова", "Жаңыл"),), contact=Contact(phone="0700123456")),  # a family's phone
            NewPerson(names=(Name("Төлөгөнова", "Айсулуу"),)),  # a name alone
            NewPerson(names=(Name("Төлөгөнова", "Айсулуу"),), birth_year=1994),
            NewPerson(pin="жок"),
        ],
    )
    def test_less_than_that_makes_no_pair(self, here, there, told):
        self.file(here)
        self.file(there, told)
        assert not Pair.objects.exists()

    def test_one_file_never_makes_a_pair_and_nobody_a_pair_twice(self, here, there):
        first = self.file(here)
        file = Person.objects.get(pk=first).subject_id
        services.add_person(self.actor(here), id=new_id(), subject_id=file, told=SHE, now=NOW)
        assert not Pair.objects.exists()
        self.file(there)
        services.find_pairs(SYSTEM, now=LATER)
        found = set(map(frozenset, Pair.objects.values_list("first_id", "second_id")))
        assert len(found) == Pair.objects.count() > 0

    def test_whoever_is_said_to_have_done_it_is_no_pair_with_somebody_who_is_protected(self, here, there):
        self.file(here)
        self.file(there, part="alleged")
        assert services.find_pairs(SYSTEM, now=LATER) == ()
        assert not Pair.objects.exists()
        self.file(here, part="alleged")
        assert Pair.objects.count() == 1, "both are said to have done it"

    def test_the_job_finds_what_was_written_before(self, here, there, monkeypatch):
        monkeypatch.setattr(pairing, "look_for", lambda *_given, **_named: None)
        people = [self.file(here), self.file(there)]
        assert not Pair.objects.exists()
        (pair,) = services.find_pairs(SYSTEM, now=LATER)
        assert {pair.first_id, pair.second_id} == set(people)
        assert services.find_pairs(SYSTEM, now=LATER) == ()

    def test_the_newer_file_learns_nothing_until_the_older_one_has_answered(self, here, there):
        """Writing a number into a file of one's own does not tell whether somebody helps the woman it belongs to."""
        self.file(here)
        self.file(there)
        pair = Pair.objects.get()
        newer = self.actor(there)
        assert pairs.list_pairs(newer, now=LATER) == []
        for do in (lambda: pairs.pair_page(newer, pair.pk, now=LATER), lambda: self.say(there, pair, Says.SAME)):
            with pytest.raises(AccessDenied):
                do()
        self.say(here, pair, Says.OTHER)
        assert pairs.list_pairs(newer, now=LATER) == []
        assert self.asked(there) == []
        assert not Joining.objects.exists()

    def test_joined_when_both_say_so_and_taken_back_by_one(self, here, there):
        first, second = self.file(here), self.file(there)
        pair = Pair.objects.get()
        self.say(here, pair, Says.SAME)
        assert (self.asked(here), self.asked(there)) == ([], ["people.possible_duplicate"])
        assert facts.roots([first, second]) == {first: first, second: second}
        self.say(there, pair, Says.SAME)
        assert self.asked(there) == []
        roots = facts.roots([first, second])
        assert roots[first] == roots[second]
        assert facts.pseudonym(roots[first], b"salt") == facts.pseudonym(roots[second], b"salt")
        assert [one.what for one in pairs.timeline(self.actor(here), pair.first_file, now=LATER)] == ["people.joined"]
        self.say(here, pair, Says.OTHER)
        assert facts.roots([first, second]) == {first: first, second: second}
        assert list(Joining.objects.order_by("number").values_list("joined", "author_id")) == [
            (True, self.actor(there).user_id),
            (False, self.actor(here).user_id),
        ]
        assert PairWord.objects.count() == 3, "nothing that was said is lost"

    def test_each_side_reads_what_the_other_said_and_never_why_nor_whose_it_is(self, here, there):
        self.file(here)
        self.file(there, replace(SHE, names=(Name("Башка", "Аты"),)))
        pair = Pair.objects.get()
        self.say(here, pair, Says.ASK, reason="Сыры бар")
        page = pairs.pair_page(self.actor(there), pair.pk, now=LATER)
        assert (page.other, page.office, page.told, page.waits) == (Says.ASK, "", (), True)
        assert [one.name for one in page.people] == ["Башка Аты"]
        assert "Сыры" not in repr(page)
        entry = AuditEntry.objects.filter(kind="read", command="people.pair").latest("id")
        assert entry.subject_id == pair.second_file
        own = pairs.pair_page(self.actor(here), pair.pk, now=LATER)
        assert [(one.says, one.reason) for one in own.told] == [(Says.ASK, "Сыры бар")]

    def test_the_office_is_named_only_where_the_person_agreed(self, here, there):
        self.file(here)
        self.file(there)
        pair = Pair.objects.get()
        self.say(here, pair, Says.ASK, named=True)
        assert pairs.pair_page(self.actor(there), pair.pk, now=LATER).office

    def test_when_the_older_side_cannot_say_the_newer_one_is_asked_and_then_the_older_again(self, here, there):
        self.file(here)
        self.file(there)
        pair = Pair.objects.get()
        self.say(here, pair, Says.ASK)
        self.say(there, pair, Says.SAME)
        assert self.asked(here) == ["people.possible_duplicate"]
        self.say(here, pair, Says.SAME)
        assert Joining.objects.get().joined

    def test_whoever_sees_both_files_speaks_for_both(self, here):
        first, second = self.file(here), self.file(here)
        pair = Pair.objects.get()
        self.say(here, pair, Says.SAME)
        assert Joining.objects.get().joined
        assert PairWord.objects.count() == 2
        assert self.asked(here) == []
        assert len(set(facts.roots([first, second]).values())) == 1

    def test_a_reason_is_asked_for_and_the_same_is_not_said_twice(self, here, there):
        self.file(here)
        self.file(there)
        pair, id = Pair.objects.get(), new_id()
        with pytest.raises(DomainError, match="people.pair_reason_missing"):
            self.say(here, pair, Says.SAME, reason="  ")
        assert not PairWord.objects.exists()
        for _ in range(2):
            self.say(here, pair, Says.SAME, id=id)
        with pytest.raises(DomainError, match="people.pair_said_already"):
            self.say(here, pair, Says.SAME, reason="дагы")
        assert PairWord.objects.count() == 1

    @pytest.mark.parametrize("side", ["first_file", "second_file"])
    def test_who_is_shut_out_of_one_file_learns_nothing(self, here, there, side):
        self.file(here)
        self.file(there)
        pair = Pair.objects.get()
        wall(getattr(pair, side), self.actor(here).user_id)
        services.find_pairs(SYSTEM, now=LATER)
        who = self.actor(here)
        assert self.asked(here) == []
        assert pairs.list_pairs(who, now=LATER) == []
        assert pairs.timeline(who, pair.first_file, now=LATER) == []
        with pytest.raises(AccessDenied):
            pairs.pair_page(who, pair.pk, now=LATER)
        with pytest.raises(AccessDenied):
            self.say(here, pair, Says.SAME)

    def test_nobody_is_asked_whom_a_wall_already_shuts_out_of_the_other_file(self, here, there):
        first = self.file(here)
        wall(Person.objects.get(pk=first).subject_id, self.actor(there).user_id)
        self.file(there)
        self.say(here, Pair.objects.get(), Says.SAME)
        assert self.asked(there) == []
        assert Duty.objects.filter(kind=pairing.DUTY, assignee=there).count() == 0
