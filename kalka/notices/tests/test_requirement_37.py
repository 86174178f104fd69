"""Whatever was agreed about how somebody may be reached: a message leaves safely, or not at all."""

import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalka.core import datafile
from kalka.core.clock import BISHKEK
from kalka.core.refs import new_id
from kalka.notices import delivery, rules, texts
from kalka.notices.adapters import FileAdapter, Message
from kalka.notices.models import Notice
from kalka.notices.tests.factories import Kept, tell
from kalka.people import services as people
from kalka.people.rules import NEVER, Contact, NewPerson, Safe, Window
from kalka.people.tests.factories import ALWAYS, NOW, WORKER, added, new_file

pytestmark = [pytest.mark.django_db, pytest.mark.both]

WEEK = 7 * 24 * 60
HOURS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
WINDOWS = st.builds(
    Window, st.frozensets(st.integers(0, 6), min_size=1).map(sorted).map(tuple), HOURS, HOURS | st.just("24:00")
).filter(lambda one: one.start != one.end)
PHONES = ("", "0700 11 11 11", "+996 555 222 222", "0700111111")
PLANS = st.builds(
    Contact,
    phone=st.sampled_from(PHONES),
    language=st.sampled_from(["ky", "ru", "en", "uz", ""]),
    safe=st.builds(
        Safe,
        when=st.lists(WINDOWS, max_size=3).map(tuple),
        never=st.frozensets(st.sampled_from(sorted(NEVER)), max_size=2).map(sorted).map(tuple),
    ),
)
KINDS = st.sampled_from([one.code for one in texts.kinds().values() if one.to == texts.PERSON])
PARTS = st.sampled_from(["protected", "child", "guardian", "alleged", "other", ""])


@st.composite
def files(draw):
    """Some people, of whom one is to be told; what one of them says anew in between; when it is tried."""
    people_ = draw(st.lists(st.tuples(PLANS, st.integers(3, 70), PARTS), min_size=1, max_size=4))
    again = draw(st.none() | st.tuples(st.integers(0, len(people_) - 1), PLANS, st.integers(0, 80)))
    asked = draw(st.integers(0, WEEK)) * timedelta(minutes=1) + NOW
    tried = sorted(draw(st.lists(st.integers(0, 80 * 60), min_size=1, max_size=8)))
    return people_, again, asked, [asked + timedelta(minutes=one) for one in tried]


def safe_minutes(windows: tuple[Window, ...]) -> set[int]:
    """Of the week, counted one by one: not as the product does it."""

    def minute(said: str) -> int:
        hours, minutes = said.split(":")
        return int(hours) * 60 + int(minutes)

    found = set()
    for window in windows:
        begin, end = minute(window.start), minute(window.end)
        length = end - begin if end > begin else end + 24 * 60 - begin
        for day in window.days:
            found |= {(day * 24 * 60 + begin + one) % WEEK for one in range(length)}
    return found


def minute_of(now: datetime) -> int:
    here = now.astimezone(BISHKEK)
    return here.weekday() * 24 * 60 + here.hour * 60 + here.minute


def digits(phone: str) -> str:
    return "".join(one for one in phone if one.isdigit())[-9:]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=files(), kind=KINDS)
def test_requirement_37_no_message_leaves_but_by_a_safe_way_at_a_safe_hour_in_neutral_words(db, told, kind):
    cast, again, asked, times = told
    Notice.objects.all().delete()
    file, plans, parts = new_file(WORKER), {}, {}
    for contact, age, part in cast:
        person = added(NewPerson(age=age, contact=contact), file)
        plans[person.pk], parts[person.pk] = contact, part
        if part:
            people.take_part(WORKER, id=new_id(), person_id=person.pk, part=part, now=NOW)
    ids = list(plans)
    for guardian in ids[1:]:  # of the first, should it be a child
        people.relate(WORKER, id=new_id(), person_id=guardian, other_id=ids[0], kind="parent", now=NOW)
    tell(WORKER, ids[0], file, kind, now=asked)
    sent: list[tuple[datetime, Message, dict]] = []
    for number, now in enumerate(times):
        if again is not None and number == 1:
            who, contact, _hours = again
            corrected = NewPerson(age=cast[who][1], contact=contact)
            people.correct_person(WORKER, id=new_id(), person_id=ids[who], told=corrected, corrects=0, now=now)
            plans[ids[who]] = contact
        delivery.deliver(out := Kept(), now)
        sent += [(now, message, dict(plans)) for message in out.messages]
    assert len(sent) <= 1
    for now, message, agreed in sent:
        judge(now, message, agreed, parts, asked, child=cast[0][1] < 14)


def judge(now, message, agreed, parts, asked, *, child):
    route = message.route
    plan = agreed[route.person_id]
    assert parts[route.person_id] != "alleged"
    assert route.person_id == next(iter(agreed)) or child
    assert digits(route.number) == digits(plan.phone) != ""
    assert digits(route.number) not in {digits(agreed[one].phone) for one, part in parts.items() if part == "alleged"}
    assert route.channel not in plan.safe.never
    assert minute_of(now) in safe_minutes(plan.safe.when)
    assert now < asked + rules.KEPT_WAITING
    assert rules.is_plain(message.words) and not rules.telling_words(message.words, texts.sensitive())


def test_requirement_37_the_sender_is_neutral():
    """What a gateway is handed is words, a language and a way: no sender, no title, no name of ours or of an office."""
    assert Message.__slots__ == ("words", "language", "post_id", "route")
    with TemporaryDirectory() as folder:
        FileAdapter(Path(folder)).send(Message("Hello! Call us when it suits you.", "en"))
        (written,) = Path(folder).iterdir()
        assert written.read_text() == "Hello! Call us when it suits you.\n"
        assert not rules.telling_words(written.stem, texts.sensitive())


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_requirement_37_a_word_of_the_list_is_found_in_whichever_language_and_shape_it_comes(language):
    """In the middle of a sentence, in capitals, taken apart into letters and marks, with any ending."""
    for stem in datafile.read(texts.SENSITIVE)["stems"][language]:
        word = stem.rstrip("*") + ("лар" if stem.endswith("*") else "")
        for written in (word, word.upper(), word.capitalize(), unicodedata.normalize("NFD", word)):
            assert rules.telling_words(f"Саламатсызбы, {written}!", texts.sensitive()), written


@pytest.mark.parametrize("his", ["0700 123 456", "+996700123456", "00996 700 12 34 56"])
def test_requirement_37_a_telephone_that_is_also_his_is_never_a_safe_one(db, his):
    """Whatever she said of it: it may ring in his hand, and he may have been written down after she was asked."""
    file = new_file(WORKER)
    she = added(NewPerson(age=30, contact=Contact(phone="0700123456", safe=Safe(ALWAYS))), file)
    he = added(NewPerson(age=35, contact=Contact(phone=his)), file)
    people.take_part(WORKER, id=new_id(), person_id=he.pk, part="alleged", now=NOW)
    notice = tell(WORKER, she.pk, file)
    delivery.deliver(out := Kept(), NOW)
    row = Notice.objects.get(pk=notice.pk)
    assert (out.messages, row.state, row.why) == ([], "dropped", "not_allowed")
